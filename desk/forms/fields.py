"""Fields that several forms of the desk share."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.forms import PlainText
from bookings.models.note import LONGEST_NOTE

YEARS = range(2000, 2101)
REASON_LENGTH = 200
FIVE_MINUTES = 300


class InstantField(forms.CharField):
    """An instant as buttons and the board send it: ISO with its zone, "2026-11-23T14:00Z", on a full five minutes.

    A button for a time near another has more words behind it, which are not read here.
    """

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        words = {"required": _("Choose a time"), "invalid": _("We do not know that time. Choose one from the list.")}
        super().__init__(max_length=40, error_messages=words | {"max_length": words["invalid"]}, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            instant = datetime.fromisoformat(str(value).split()[0]).astimezone(UTC)
        except (ValueError, OverflowError, IndexError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if instant.year not in YEARS or "T" not in str(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if instant.timestamp() % FIVE_MINUTES:
            raise ValidationError(_("Sessions begin on a full five minutes, like 14:20"), code="fives")
        return instant

    def run_validators(self, value: Any) -> None:
        """What was read is an instant already; its length as text is of no interest."""


class DayField(forms.DateField):
    """A day as a date input sends it, between the years 2000 and 2100."""

    def __init__(self, **kwargs: Any) -> None:
        words = {"invalid": _("Enter a date, like 2026-11-20"), "required": _("Enter a date, like 2026-11-20")}
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"], error_messages=words, **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day.year not in YEARS:
            raise ValidationError(_("Enter a date between the years 2000 and 2100"), code="far")
        return day


class WallTimeField(forms.TimeField):
    """A time on the wall, on full five minutes, like 14:20."""

    def __init__(self, **kwargs: Any) -> None:
        words = dict.fromkeys(("invalid", "required"), _("Enter a time, like 14:20"))
        super().__init__(input_formats=["%H:%M"], error_messages=words, **kwargs)

    def clean(self, value: Any) -> Any:
        reading = super().clean(value)
        if reading and reading.minute % 5:
            raise ValidationError(_("Enter a time on full five minutes, like 14:20"), code="fives")
        return reading


class ReasonField(PlainText):
    """Why something is done, in one line that stays with the booking."""

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "required": _("Write why, in a few words"),
            "max_length": _("Shorten the reason to 200 letters or fewer"),
        }
        super().__init__(**{"label": _("Reason"), "max_length": REASON_LENGTH, "error_messages": words} | kwargs)


class NoteField(PlainText):
    """A note, for everybody at the desk."""

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "required": _("Write the note first"),
            "max_length": _("Shorten the note to 1000 letters or fewer"),
        }
        super().__init__(max_length=LONGEST_NOTE, error_messages=words, **kwargs)
