"""Who may be written to, kept per number and per address: it holds whichever booking or record they stand in."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

LONGEST_NUMBER = 16


class SmsConsent(models.Model):
    """What the owner of a number has said about text messages. `stopped_at` wins until the phone itself sends START."""

    number = models.CharField(_("phone"), max_length=LONGEST_NUMBER, unique=True)
    given_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__regex=r"^\+[1-9][0-9]{6,14}$"),
                name="sms_consent_number_e164",
                violation_error_message=_("Enter a phone number with its country code."),
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=False) | Q(stopped_at__isnull=False),
                name="sms_consent_says_something",
                violation_error_message=_("A consent was given or taken back at an instant."),
            ),
        ]

    def __str__(self) -> str:
        return _("stopped") if self.stopped_at else _("given")


class MailOptOut(models.Model):
    """An address that wants no mails after its sessions. Kept as a mark that nobody can turn back into the address."""

    address_mark = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(address_mark__regex=r"^[0-9a-f]{64}$"),
                name="mail_opt_out_is_a_mark",
                violation_error_message=_("An address is kept as its mark only."),
            ),
        ]

    def __str__(self) -> str:
        return self.address_mark[:8]


def may_text(number: str) -> bool:
    """Whether the owner of this number (E.164) has agreed to text messages and not stopped them since."""
    agreed = SmsConsent.objects.filter(number=number, given_at__isnull=False, stopped_at__isnull=True)
    return bool(number) and agreed.exists()


def agree_to_texts(number: str, now: datetime) -> bool:
    """Note a consent given on a page. False when the phone itself has sent STOP: only the phone can undo that."""
    consent, is_new = SmsConsent.objects.get_or_create(number=number, defaults={"given_at": now})
    if consent.stopped_at:
        return False
    if not is_new and consent.given_at is None:
        SmsConsent.objects.filter(pk=consent.pk).update(given_at=now)
    return True


def stop_texts(number: str, now: datetime) -> None:
    """The phone sent STOP."""
    SmsConsent.objects.bulk_create(
        [SmsConsent(number=number, stopped_at=now)],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["stopped_at"],
    )


def start_texts(number: str, now: datetime) -> None:
    """The phone sent START: that is a consent, and it undoes a STOP."""
    SmsConsent.objects.bulk_create(
        [SmsConsent(number=number, given_at=now)],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["given_at", "stopped_at"],
    )


def wants_fewer_mails(address: str) -> bool:
    """Whether this address wants no mails after its sessions."""
    return bool(address) and MailOptOut.objects.filter(address_mark=mark(address)).exists()


def opt_out(address: str, now: datetime) -> None:
    MailOptOut.objects.bulk_create([MailOptOut(address_mark=mark(address), made_at=now)], ignore_conflicts=True)


def opt_in(address: str) -> None:
    MailOptOut.objects.filter(address_mark=mark(address)).delete()


def mark(address: str) -> str:
    """The address as it is kept: 64 hex digits, the same whatever its capitals."""
    return salted_hmac("clients.mail", address.strip().lower(), algorithm="sha256").hexdigest()
