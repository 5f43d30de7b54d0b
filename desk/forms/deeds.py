"""What the desk says when it cancels a booking, takes that back, or gives it another length."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.actions import Tell
from bookings.availability import Setup
from bookings.models import Booking, BookingEvent
from treatments.models import Length

from .booking import CardForm
from .fields import ReasonField
from .move import TellForm


class CancelForm(CardForm):
    """Who it came from, and why."""

    cause = forms.ChoiceField(
        label=_("It comes from"),
        choices=BookingEvent.Cause.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose where the cancellation comes from")),
    )
    reason = ReasonField(label=_("Reason (optional)"), required=False)


class RestoreForm(TellForm):
    """Book a cancelled session again: when the client hears of it."""


class LengthForm(TellForm):
    """Another length of the same treatment. Whoever is here already needs no message."""

    length = forms.CharField(max_length=20, error_messages={"required": _("Choose a length")})

    def __init__(self, *args: Any, setup: Setup, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lengths = [one for one in setup.lengths if one.treatment_id == booking.length.treatment_id]

    def clean_length(self) -> Length:
        number = self.cleaned_data["length"]
        found = next((one for one in self.lengths if str(one.pk) == number), None)
        if found is None:
            raise ValidationError(_("That length is not on the menu. Choose another one."), code="menu")
        return found

    def clean_tell(self) -> Tell:
        return Tell(self.cleaned_data["tell"] or Tell.NOT)
