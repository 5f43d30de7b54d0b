"""What the desk says when it cancels a booking, takes that back, gives it another length, or writes something down."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.actions import Tell
from bookings.availability import Setup
from bookings.models import Booking, BookingEvent
from treatments.models import Length

from .booking import CardForm
from .fields import NoteField, ReasonField
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
    slip = forms.BooleanField(required=False)


class NewsForm(CardForm):
    """Whether the client hears of a change that waits to be told."""

    tell = forms.ChoiceField(
        choices=[(Tell.NOW.value, _("now")), (Tell.NOT.value, _("not at all"))],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose whether the client is told")),
    )

    def clean_tell(self) -> Tell:
        return Tell(self.cleaned_data["tell"])


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


class NoteForm(CardForm):
    """A note about this session, for everybody at the desk."""

    note = NoteField(label=_("Note"))


class SettleForm(NoteForm):
    """Somebody rang: what was agreed, and whether the therapist takes care of something."""

    outcome = forms.ChoiceField(
        label=_("After the call"),
        choices=[
            (Booking.Screening.CLEAR, _("The session can be given as usual")),
            (Booking.Screening.ADAPT, _("The therapist adapts the session")),
        ],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what the call has settled")),
    )


class SwapForm(TellForm):
    """The other session, as "<its number> <the version of it that was seen>". Clean data: `other` is both."""

    other = forms.CharField(
        max_length=40, error_messages={"required": _("Choose the session that takes this one's place")}
    )

    def __init__(self, *args: Any, others: Iterable[Booking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others}

    def clean_other(self) -> tuple[Booking, int]:
        number, _space, version = self.cleaned_data["other"].partition(" ")
        found = self.others.get(number)
        if found is None or not version.isdecimal():
            raise ValidationError(_("That session cannot move any more. Choose another one."), code="gone")
        return found, int(version)
