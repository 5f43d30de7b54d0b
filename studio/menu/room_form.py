"""What a studio admin types of a room: its name, and what stands in it, inspected until when, out of service when."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from bookings.forms import PlainText
from bookings.reminder_rules import wall_instant
from locations.models import Location, Prop
from studio.fields import DayField
from studio.office_form import OfficeForm, wrong_choice

MOST_PROPS = 12
ONE_DAY = dt.timedelta(days=1)
PARTS = ("kind", "name", "inspected", "out_on", "last_on", "reason")


def _line(label: str, longest: int, **words: Any) -> PlainText:
    told = gettext_lazy("Shorten this to fewer letters.")
    return PlainText(label=label, max_length=longest, error_messages={"max_length": told}, **words)


class RoomForm(OfficeForm):
    """`places`: all locations. A room stays where it was made; one more row waits for one more prop.

    Out of service are whole days on the wall of the place, the last one included; without a last day, until further
    notice.
    """

    location_id = forms.TypedChoiceField(label=gettext_lazy("Place"), coerce=int)
    name = PlainText(
        label=gettext_lazy("Name of the room"),
        max_length=60,
        error_messages={
            "required": gettext_lazy("Write the name of the room."),
            "max_length": gettext_lazy("Shorten the name to 60 letters or fewer."),
        },
    )
    in_use = forms.BooleanField(label=gettext_lazy("Sessions are given in it"), required=False)
    order = forms.IntegerField(
        label=gettext_lazy("Place in the list"),
        min_value=0,
        max_value=999,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), gettext_lazy("Type a whole number from 0 to 999.")
        ),
    )

    def __init__(self, *args: Any, places: Iterable[Location], **kwargs: Any) -> None:
        self.places = {place.pk: place for place in places}
        super().__init__(*args, **kwargs)
        kept = self.content["location_id"]
        self.fields["location_id"].choices = [
            (str(pk), place.name) for pk, place in self.places.items() if kept in (None, pk)
        ]
        self.fields["location_id"].error_messages |= wrong_choice()
        for number in range(min(len(self.content["props"]) + 1, MOST_PROPS)):
            self._add_prop(number)

    def begin_with(self, content: Content) -> dict[str, Any]:
        found = {**content, "location_id": str(content["location_id"] or "")}
        for number, prop in enumerate(content["props"]):
            first, last = (day and day.isoformat() for day in self._days(prop, content["location_id"]))
            values = (prop["kind"], prop["name"], prop["inspected_until"], first, last, prop["out_reason"])
            found |= {f"p{number}_{part}": value for part, value in zip(PARTS, values, strict=True)}
        return found

    def clean(self) -> dict[str, Any]:
        for number in self.numbers:
            first, last = (self.cleaned_data.get(f"p{number}_{part}") for part in ("out_on", "last_on"))
            if last and not first:
                self.add_error(f"p{number}_out_on", _("Type since when it is out of service."))
            elif first and last and last < first:
                self.add_error(f"p{number}_last_on", _("Choose a last day that is not before the first one."))
        return self.cleaned_data

    @property
    def typed(self) -> Content:
        own = {name: self.cleaned_data[name] for name in ("location_id", "name", "in_use", "order")}
        return own | {"props": [prop for number in self.numbers if (prop := self._prop(number))]}

    @property
    def numbers(self) -> range:
        return range(sum(name.endswith("_kind") for name in self.fields))

    @property
    def props(self) -> list[tuple[str, list[tuple[forms.BoundField, str]]]]:
        """The head of each row, and its fields with the kind of their input."""
        kinds = ("select", "text", "date", "date", "date", "text")
        found = []
        for number in self.numbers:
            is_kept = number < len(self.content["props"])
            head = self.content["props"][number]["name"] if is_kept else _("One more thing")
            fields = [self[f"p{number}_{part}"] for part in PARTS]
            found.append((head, list(zip(fields, kinds, strict=True))))
        return found

    def _prop(self, number: int) -> dict[str, Any] | None:
        kind, name, inspected, first, last, reason = (self.cleaned_data[f"p{number}_{part}"] for part in PARTS)
        if not kind:
            return None
        out = {"out_from": self._instant(first), "out_until": self._instant(last and last + ONE_DAY)}
        kept = self.content["props"][number] if number < len(self.content["props"]) else None
        if kept and self._days(kept, self.content["location_id"]) == (first, last):
            out = {part: kept[part] for part in out}  # an hour that was set elsewhere stays
        said = {"kind": kind, "name": name or str(Prop.Kind(kind).label), "out_reason": reason if first else ""}
        return said | {"inspected_until": inspected and inspected.isoformat()} | out

    def _instant(self, day: dt.date | None) -> str | None:
        place = self.places[self.cleaned_data["location_id"]]
        return wall_instant(day, dt.time(), place.zone).isoformat() if day else None

    def _days(self, prop: dict[str, Any], place: int) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last whole day on which it is out of service."""
        zone = self.places[place].zone
        ends = [
            prop[part] and dt.datetime.fromisoformat(prop[part]).astimezone(zone) for part in ("out_from", "out_until")
        ]
        return ends[0] and ends[0].date(), ends[1] and (ends[1] - dt.timedelta(microseconds=1)).date()

    def _add_prop(self, number: int) -> None:
        self.fields[f"p{number}_kind"] = forms.ChoiceField(
            label=_("What it is"),
            required=False,
            choices=[("", _("nothing")), *Prop.Kind.choices],
            error_messages=wrong_choice(),
        )
        self.fields[f"p{number}_name"] = _line(_("Its name (optional)"), 60, required=False)
        self.fields[f"p{number}_inspected"] = DayField(label=_("Inspected until (optional)"), required=False)
        self.fields[f"p{number}_out_on"] = DayField(label=_("Out of service from (optional)"), required=False)
        self.fields[f"p{number}_last_on"] = DayField(label=_("Last day out of service (optional)"), required=False)
        self.fields[f"p{number}_reason"] = _line(_("Why (optional)"), 120, required=False)
