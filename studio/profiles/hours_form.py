"""What a studio admin types of a therapist's week at one place: from when on, how often, and the hours of each day."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from locations.models import Location
from spa import texts
from studio.fields import DayField, WallTimeField
from studio.office_form import OfficeForm, wrong_choice
from therapists.week import WEEK, Plan, first_overlap, overlap_words

MOST_PARTS = 6
ONE_DAY = dt.timedelta(days=1)


class HoursForm(OfficeForm):
    """One plan of a week (see therapists.week). `number`: its place among the plans; None for a new one.

    A day has as many parts as were typed; `one_more` and `copy` change what was typed, not what is kept.
    """

    place = forms.TypedChoiceField(label=gettext_lazy("Place"), coerce=int)
    since = DayField(label=gettext_lazy("Valid from"))
    until = DayField(label=gettext_lazy("Last valid day (optional)"), required=False)
    every = forms.TypedChoiceField(
        label=gettext_lazy("Repeats"),
        coerce=int,
        choices=[("1", gettext_lazy("every week")), ("2", gettext_lazy("every 2nd week"))],
    )
    midnight = forms.BooleanField(label=gettext_lazy("These hours run past midnight"), required=False)

    def __init__(
        self, data: Any = None, *, number: int | None, places: Iterable[Location], today: dt.date, **kwargs: Any
    ):
        self.number, self.places, self.today = number, list(places), today
        super().__init__(data, **kwargs)
        self.fields["place"].choices = [(str(place.pk), place.name) for place in self.places]
        for name in ("place", "every"):
            self.fields[name].error_messages |= wrong_choice()
        source = data if data is not None else self.initial
        self.parts = [_count_parts(source, weekday) for weekday in WEEK]
        for weekday in WEEK:
            for part in range(self.parts[weekday]):
                self._add_part(weekday, part)

    def begin_with(self, content: Content) -> dict[str, Any]:
        plan = self.plan_in(content)
        if plan is None:
            place = str(self.places[0].pk) if self.places else ""
            return {"since": self.today.isoformat(), "every": "1", "place": place}
        found = {
            "place": str(plan["place"]),
            "since": plan["since"],
            "until": plan["until"],
            "every": str(plan["every"]),
        }
        for weekday in WEEK:
            for part, (opens, closes) in enumerate(plan["days"][weekday]):
                found |= {name_of(weekday, part, "from"): opens, name_of(weekday, part, "to"): closes}
                found["midnight"] = found.get("midnight", False) or closes <= opens
        return found

    def plan_in(self, content: Content) -> Plan | None:
        return None if self.number is None else content["plans"][self.number]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("Choose a last day that is not before the first one."))
        for weekday in WEEK:
            for part in range(self.parts[weekday]):
                self._check_part(weekday, part)
        if not self.errors and self.number is None and not any(self.typed_plan["days"]):
            self.add_error(None, _("Add hours on one day at least."))
        if not self.errors and (clash := first_overlap(self.typed["plans"])):
            self._refuse_overlap(clash)
        return data

    @property
    def typed_plan(self) -> Plan:
        """The plan as it was typed."""
        data = self.cleaned_data
        dates = {"since": data["since"].isoformat(), "until": data["until"] and data["until"].isoformat()}
        days = [sorted(self._typed_blocks(weekday)) for weekday in WEEK]
        return {"place": data["place"], **dates, "every": data["every"], "days": days}

    @property
    def typed(self) -> Content:
        """All plans with this one in its place. What began earlier holds until the day before."""
        plans, typed = list(self.content["plans"]), self.typed_plan
        if self.number is not None:
            former = plans.pop(self.number)
            if former["since"] < typed["since"] and former["since"] <= self.today.isoformat():
                ends = dt.date.fromisoformat(typed["since"]) - ONE_DAY
                plans.append(former | {"until": min(former["until"] or "9999", ends.isoformat())})
        return {"plans": [*plans, typed]}

    @property
    def days(self) -> list[tuple[int, str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Weekday, its name, and the pairs of its fields."""
        return [
            (
                weekday,
                str(WEEKDAYS[weekday]),
                [
                    tuple(self[name_of(weekday, part, end)] for end in ("from", "to"))
                    for part in range(self.parts[weekday])
                ],
            )
            for weekday in WEEK
        ]

    @property
    def asks_midnight(self) -> bool:
        return bool(self["midnight"].value()) or any(name.endswith("_to") for name in self.errors)

    def _add_part(self, weekday: int, part: int) -> None:
        words = {"day": WEEKDAYS[weekday], "part": part + 1}
        opens, closes = _("%(day)s, from, part %(part)s") % words, _("%(day)s, to, part %(part)s") % words
        self.fields[name_of(weekday, part, "from")] = WallTimeField(label=opens, required=False)
        self.fields[name_of(weekday, part, "to")] = WallTimeField(label=closes, required=False)

    def _check_part(self, weekday: int, part: int) -> None:
        names = [name_of(weekday, part, end) for end in ("from", "to")]
        if self.errors.keys() & set(names):
            return
        opens, closes = (self.cleaned_data[name] for name in names)
        if (opens is None) != (closes is None):
            self.add_error(names[1], _("Type both times, or none."))
        elif opens is not None and closes <= opens and not self.cleaned_data.get("midnight"):
            words = {"next": WEEKDAYS[(weekday + 1) % 7], "time": texts.clock(closes)}
            asked = _("This ends before it begins. If it runs past midnight, until %(next)s %(time)s, tick that below.")
            self.add_error(names[1], asked % words)

    def _typed_blocks(self, weekday: int) -> Iterator[list[str]]:
        for part in range(self.parts[weekday]):
            opens, closes = (self.cleaned_data[name_of(weekday, part, end)] for end in ("from", "to"))
            if opens is not None:
                yield [f"{opens:%H:%M}", f"{closes:%H:%M}"]

    def _refuse_overlap(self, clash: tuple) -> None:
        plans = self.typed["plans"]
        mine = [block for block in clash if block.plan == len(plans) - 1]
        words = overlap_words(plans, clash)
        name = name_of(mine[-1].weekday, mine[-1].part, "from") if mine else "since"
        self.add_error(name if name in self.fields else None, words)


def name_of(weekday: int, part: int, end: str) -> str:
    return f"d{weekday}_{part}_{end}"


def one_more(typed: dict[str, Any], weekday: int) -> dict[str, Any]:
    """What was typed, with one more empty part on a day."""
    part = min(_count_parts(typed, weekday), MOST_PARTS - 1)
    names = [name_of(weekday, part, end) for end in ("from", "to")]
    return dict.fromkeys(names, "") | typed


def copied(typed: dict[str, Any], source: int, others: Iterable[int]) -> dict[str, Any]:
    """What was typed, with the parts of one day on others as well, in place of theirs."""
    others = set(others) - {source}
    kept = {name: value for name, value in typed.items() if not any(name.startswith(f"d{day}_") for day in others)}
    for day in others:
        for name, value in typed.items():
            if name.startswith(f"d{source}_"):
                kept[name.replace(f"d{source}_", f"d{day}_", 1)] = value
    return kept


def _count_parts(source: Any, weekday: int) -> int:
    return next((part for part in range(MOST_PARTS) if name_of(weekday, part, "from") not in source), MOST_PARTS)
