"""Taking a therapist or a room out of the day."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.reminder_rules import wall_instant
from locations.models import Location, Room
from therapists.models import Therapist, TimeOff

from .base import DeskForm
from .fields import DayField, ReasonField, WallTimeField

KINDS = [
    (TimeOff.Kind.OTHER.value, _("something else")),
    (TimeOff.Kind.ILLNESS.value, _("illness")),
    (TimeOff.Kind.TRAINING.value, _("training")),
    (TimeOff.Kind.HOLIDAY.value, _("holiday")),
]


class BlockForm(DeskForm):
    """Who or what, on which day, from when until when, and why. `who` is "t3" for a therapist, "r5" for a room.

    Clean data: `whom` (a Therapist or a Room), `start`, `end` (instants), `reason`, `kind`.
    """

    who = forms.ChoiceField(
        label=_("Therapist or room"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a therapist or a room")),
    )
    day = DayField(label=_("Day"))
    begin = WallTimeField(label=_("From"))
    finish = WallTimeField(label=_("Until"))
    kind = forms.ChoiceField(label=_("Because of"), choices=KINDS, required=False)
    reason = ReasonField()

    def __init__(
        self, *args: Any, place: Location, people: Iterable[Therapist], rooms: Iterable[Room], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone = place.zone
        self.known = {f"t{one.pk}": one for one in people} | {f"r{one.pk}": one for one in rooms}
        self.fields["who"].choices = [(key, one.name) for key, one in self.known.items()]

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or TimeOff.Kind.OTHER

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        if {"day", "begin", "finish"} <= words.keys():
            words["start"], words["end"] = self._instant(words, "begin"), self._instant(words, "finish")
            if words["end"] <= words["start"]:
                self.add_error("finish", ValidationError(_("Enter an end that is later than the beginning")))
        words["whom"] = self.known.get(words.get("who", ""))
        return words

    def _instant(self, words: dict[str, Any], name: str) -> datetime:
        return wall_instant(words["day"], words[name], self.zone)
