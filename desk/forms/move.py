"""Where a session moves to."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.actions import Tell
from bookings.availability import Setup
from bookings.models import Booking
from bookings.reminder_rules import wall_instant
from locations.models import Room
from therapists.models import Therapist

from .base import DeskForm
from .booking import CardForm
from .fields import DayField, InstantField, ReasonField, WallTimeField

SAME = "same"
TELL = [
    (Tell.SOON.value, _("In 3 minutes, unless you undo it")),
    (Tell.NOW.value, _("Now")),
    (Tell.NOT.value, _("Not at all")),
]


class WhereForm(DeskForm):
    """Which free times to list (GET); `listed` are those to choose from.

    Clean data: `therapist` (one who gives the treatment, or None) and `day`.
    """

    therapist = forms.CharField(label=_("With"), required=False, max_length=50)
    day = DayField(label=_("Day"), required=False)

    def __init__(self, *args: Any, setup: Setup, booking: Booking, listed: Iterable[Therapist], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="where_%s", **kwargs)
        self.people = setup.givers(booking.length.treatment)
        self.fields["therapist"].choices = [("", _("Anyone")), *((str(each.pk), each.name) for each in listed)]

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

    From the board by rooms, `therapist` is "same" and `room` the number of a room. Clean data: `start` (an instant),
    `therapist` (or None), `room` (or None), `reason`, `tell`, `version`.
    """

    start = InstantField(required=False)
    day = DayField(label=_("Day"), required=False)
    at = WallTimeField(label=_("Time"), required=False)
    therapist = forms.CharField(required=False, max_length=50, widget=forms.HiddenInput)
    room = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, setup: Setup, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.everybody = setup.givers(booking.length.treatment), setup.therapists
        self.zone, self.booking = booking.location.zone, booking

    def clean_therapist(self) -> Therapist | None:
        """A button for a time near another carries the name of its own therapist behind the instant."""
        pressed = self.data.get("start", "").split(" ")
        if len(pressed) == 3:
            return next((each for each in self.people if each.slug == pressed[2]), None)
        if self.cleaned_data["therapist"] == SAME:
            return self.booking.therapist
        return known(self.people, self.cleaned_data["therapist"], self.everybody)

    def clean_room(self) -> Room | None:
        number = self.cleaned_data["room"]
        if not number:
            return None
        rooms = Room.objects.filter(location=self.booking.location_id, in_use=True)
        found = rooms.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
        if found is None:
            raise ValidationError(_("That room is not in use any more. Look at the board again."), code="gone")
        return found

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


def known(people: tuple[Therapist, ...], number: str, everybody: tuple[Therapist, ...] = ()) -> Therapist | None:
    """The one with this number or slug, None for nobody in particular; somebody who does not give this is refused,
    by her name if she is one of `everybody`."""
    if not number:
        return None
    found = next((each for each in people if number in (str(each.pk), each.slug)), None)
    other = next((each for each in everybody if number in (str(each.pk), each.slug)), None)
    if found is None and other is not None:
        said = _("%(name)s does not give this treatment. Choose somebody from the list.")
        raise ValidationError(said, code="giver", params={"name": other.name})
    if found is None:
        raise ValidationError(_("Nobody you chose gives this treatment. Choose somebody from the list."), code="giver")
    return found
