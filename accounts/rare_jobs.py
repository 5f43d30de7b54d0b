"""What the admin pages under /admin/ let whom do: the owner's rare jobs, until a studio page does them better."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.forms import I18nTextarea, I18nTextInput

from accounts import roles
from accounts.roles import may

# Words that the studio edits are asked for once per language.
A_BOX_PER_LANGUAGE = {I18nCharField: {"widget": I18nTextInput}, I18nTextField: {"widget": I18nTextarea}}


class SetUpAdmin(admin.ModelAdmin):
    """Owner and studio admins see, add and change. Nothing is deleted: people, rooms and treatments are retired."""

    formfield_overrides = A_BOX_PER_LANGUAGE

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request, roles.STUDIO_ADMIN)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, roles.STUDIO_ADMIN)

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PartInline(admin.TabularInline):
    """Rows that live and die with the row above them: hours, lengths, props."""

    extra = 0
    formfield_overrides = A_BOX_PER_LANGUAGE

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, roles.STUDIO_ADMIN)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class KeptInline(PartInline):
    """Rows that bookings point at: never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(admin.ModelAdmin):
    """Owner, studio admins and the front desk look; what happens to a booking happens through its own pages."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request, roles.STUDIO_ADMIN, roles.FRONT_DESK)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, roles.STUDIO_ADMIN, roles.FRONT_DESK)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
