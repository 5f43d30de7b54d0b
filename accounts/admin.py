"""Who signs in, for the owner's rare jobs: who is an owner, lost second factors. All else is done at /studio/staff/."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import staff
from accounts.models import User

admin.site.site_header = admin.site.site_title = admin.site.index_title = _("Rare jobs")
admin.site.unregister([EmailAddress, Authenticator, Group])  # the three roles come with the house


class PersonCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")

    def save(self, commit: bool = True) -> User:
        """Whoever is added here works here, so that the studio finds her among its staff."""
        self.instance.is_staff = True
        return super().save(commit)


class PersonChangeForm(UserChangeForm):
    def clean_is_superuser(self) -> bool:
        """The admin saves in one transaction, so the lock holds until the last owner is known to stay."""
        if not self.cleaned_data["is_superuser"]:
            staff.lock()
            others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=self.instance.pk)
            if self.instance.is_superuser and not others.exists():
                raise ValidationError(_("Nobody else is an owner. Make somebody else one first."), code="last")
        return self.cleaned_data["is_superuser"]


@admin.register(User)
class PersonAdmin(UserAdmin):
    form = PersonChangeForm
    add_form = PersonCreationForm
    ordering = ["email"]
    list_display = ["email", "name", "is_staff", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    search_fields = ["email", "name"]
    # Roles and switching off have their own page, which keeps the last admin and writes down who did it.
    readonly_fields = ["is_active", "is_staff", "groups", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("What she may do"), {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """People are switched off, not deleted: what they did stays written."""
        return False


@admin.register(Authenticator)
class SecondFactorAdmin(admin.ModelAdmin):
    """For the day a phone is lost: the owner takes a second factor away. Nobody reads its secret."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    exclude = ["data"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return False
