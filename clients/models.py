"""Who comes."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Reverse
from django.utils.translation import gettext_lazy as _

from clients.consent import MailOptOut, SmsConsent

__all__ = ["Client", "ClientMerge", "MailOptOut", "Reach", "SmsConsent"]


class Reach(models.TextChoices):
    """Where reminders go. Nothing chosen means e-mail."""

    MAIL = "mail", _("E-mail")
    SMS = "sms", _("Text message")
    BOTH = "both", _("Both")


class ClientQuerySet(models.QuerySet):
    def with_email(self, email: str) -> "ClientQuerySet":
        """Ignoring case, by the index of `client_email_once`."""
        return self.alias(lower_email=Lower("email")).filter(lower_email=email.lower()).exclude(email="")


class Client(models.Model):
    """A person who comes. `contact` is somebody else who gets the messages: a partner, a parent."""

    name = models.CharField(_("full name"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(
        _("phone"),
        max_length=16,
        blank=True,
        validators=[RegexValidator(r"^\+[1-9]\d{6,14}\Z", _("Enter a phone number with its country code."))],
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    reach = models.CharField(_("reminders by"), max_length=4, choices=Reach, blank=True)
    contact = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="contact_for")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="client")
    pressure = models.PositiveSmallIntegerField(_("pressure"), null=True, blank=True)
    oil_free = models.BooleanField(_("no oil"), default=False)
    focus_areas = ArrayField(
        models.CharField(max_length=20), verbose_name=_("areas to focus on"), default=list, blank=True
    )
    avoid_areas = ArrayField(
        models.CharField(max_length=20), verbose_name=_("areas to avoid"), default=list, blank=True
    )
    # Something to take care of stands in the therapist's own record; the desk sees only that it is so.
    caution = models.BooleanField(_("caution"), default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(_("since"))

    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="client_email_once",
                violation_error_message=_("Another client has this e-mail address."),
            ),
            models.CheckConstraint(
                condition=Q(pressure__isnull=True) | Q(pressure__gte=1, pressure__lte=5),
                name="client_pressure_1_to_5",
                violation_error_message=_("Pressure runs from 1 to 5."),
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"),
                name="client_phone_e164",
                violation_error_message=_("Enter a phone number with its country code."),
            ),
            models.CheckConstraint(
                condition=Q(reach__in=["", "mail", "sms", "both"]),
                name="client_reach_known",
                violation_error_message=_("Choose e-mail, text message or both."),
            ),
            models.CheckConstraint(
                condition=Q(contact__isnull=True) | ~Q(contact=F("id")),
                name="client_contact_is_another",
                violation_error_message=_("Choose another person as the contact."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="client_merged_into_another",
                violation_error_message=_("A record is merged into another one."),
            ),
        ]
        indexes = [
            # What `clients.finding` asks, in exactly these words, so that no search reads every client.
            GinIndex(SearchVector("name", "email", config="simple"), name="client_by_words"),
            models.Index(fields=["phone"], name="client_by_phone", opclasses=["varchar_pattern_ops"]),
            models.Index(OpClass(Reverse("phone"), name="text_pattern_ops"), name="client_by_last_digits"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name

    @property
    def kept(self) -> "Client":
        """The record that stands for this person now."""
        return self.merged_into or self


class ClientMerge(models.Model):
    """That two records were found to be one person: who said so and when. What was moved is counted, not copied."""

    kept = models.ForeignKey(Client, models.PROTECT, related_name="merges")
    merged = models.OneToOneField(Client, models.PROTECT, related_name="merge")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    moved = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=F("merged")),
                name="merge_of_two_records",
                violation_error_message=_("A record is merged into another one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"
