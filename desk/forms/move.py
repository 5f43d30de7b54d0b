"""Where a session moves to."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.actions import Tell
from bookings.availability import Setup
from bookings.models import Booking
from bookings.reminder_rules import wall_instant
from therapists.models import Therapist

from .base import DeskForm
from .booking import CardForm
from .fields import DayField, InstantField, ReasonField, WallTimeField

TELL = [
    (Tell.SOON.value, _("In 3 minutes, unless you undo it")),
    (Tell.NOW.value, _("Now")),
    (Tell.NOT.value, _("Not at all")),
]


class WhereForm(DeskForm):
    """Which free times to list (GET). Clean data: `therapist` (one who gives the treatment, or None) and `day`."""

    therapist = forms.CharField(label=_("With"), required=False, max_length=50)
    day = DayField(label=_("Day"), required=False)

    def __init__(self, *args: Any, setup: Setup, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="where_%s", **kwargs)
        self.people = setup.givers(booking.length.treatment)
        self.fields["therapist"].choices = [("", _("Anyone")), *((str(each.pk), each.name) for each in self.people)]

    def clean_therapist(self) -> Therapist | None:
        return known(self.people, self.cleaned_data["therapist"])


class TellForm(CardForm):
    """A change that its client may hear of: why, and when she is told."""

    reason = ReasonField(required=False)
    tell = forms.ChoiceField(label=_("Tell the client"), choices=TELL, required=False)

    def clean_tell(self) -> Tell:
        return Tell(self.cleaned_data["tell"] or Tell.SOON)


class MoveForm(TellForm):
    """A button of the list (`start`), or a `day` and a time on the wall (`at`); with anyone, or one `therapist`.

    Clean data: `start` (an instant), `therapist` (or None), `reason`, `tell`, `version`.
    """

    start = InstantField(required=False)
    day = DayField(label=_("Day"), required=False)
    at = WallTimeField(label=_("Time"), required=False)
    therapist = forms.CharField(required=False, max_length=50, widget=forms.HiddenInput)

    def __init__(self, *args: Any, setup: Setup, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.zone = setup.givers(booking.length.treatment), booking.location.zone

    def clean_therapist(self) -> Therapist | None:
        """A button for a time near another carries the name of its own therapist behind the instant."""
        pressed = self.data.get("start", "").split(" ")
        if len(pressed) == 3:
            return next((each for each in self.people if each.slug == pressed[2]), None)
        return known(self.people, self.cleaned_data["therapist"])

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        if not words.get("start") and "start" not in self.errors:
            words["start"] = self._typed(words)
        return words

    def _typed(self, words: dict[str, Any]) -> datetime | None:
        if "day" in self.errors or "at" in self.errors:
            return None
        if not words.get("day") or not words.get("at"):
            self.add_error("at", ValidationError(_("Choose a time from the list, or type a day and a time")))
            return None
        return wall_instant(words["day"], words["at"], self.zone)


def known(people: tuple[Therapist, ...], number: str) -> Therapist | None:
    """The one with this number or slug, None for nobody in particular; somebody who does not give this is refused."""
    if not number:
        return None
    found = next((each for each in people if number in (str(each.pk), each.slug)), None)
    if found is None:
        raise ValidationError(_("Nobody you chose gives this treatment. Choose somebody from the list."), code="giver")
    return found
