"""Ways on when a time is gone or a page of days is empty: the nearest free times, in groups with plain titles."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.availability import Suggestion, Wish
from bookings.views.slots import relative_day, slot_value, who
from spa import texts
from therapists.models import Therapist

PRESSURE = {
    1: gettext_lazy("light"),
    2: gettext_lazy("gentle"),
    3: gettext_lazy("steady"),
    4: gettext_lazy("firm"),
    5: gettext_lazy("deep"),
}


def near_groups(suggestions: Iterable[Suggestion], wish: Wish, today: dt.date) -> list[dict[str, Any]]:
    """Suggestions under their titles, in the order same therapist, anyone, another length."""
    titles = {
        "same": _("Nearest with %(name)s") % {"name": wish.therapist.name if wish.therapist else _("anyone")},
        "anyone": _("Nearest with anyone"),
        "length": _("Another length that fits"),
    }
    groups: dict[str, list[dict[str, str]]] = {kind: [] for kind in titles}
    for suggestion in sorted(suggestions, key=lambda one: one.offer.start):
        groups[suggestion.kind].append(_slot(suggestion, wish, today))
    return [{"title": titles[kind], "slots": slots} for kind, slots in groups.items() if slots]


def _slot(suggestion: Suggestion, wish: Wish, today: dt.date) -> dict[str, str]:
    offer, length = suggestion.offer, suggestion.length
    name = who(offer.therapists)
    if suggestion.kind == "length":
        name = _("%(minutes)s min, %(name)s") % {"minutes": length.minutes, "name": name}
    therapist = wish.therapist.slug if wish.therapist and suggestion.kind != "anyone" else ""
    return {
        "value": f"{slot_value(offer)} {length.slug} {therapist}",
        "clock": texts.clock(offer.start),
        "day": near_day(offer.start.date(), today),
        "who": name,
    }


def near_day(day: dt.date, today: dt.date) -> str:
    """The day with its month, and whether it is today or tomorrow."""
    if (day - today).days in (0, 1):
        return f"{relative_day(day, today).capitalize()}, {texts.day(day)}"
    return texts.day(day)


def pressure_words(person: Therapist) -> str:
    """The range of pressure that a therapist gives: "Gentle to deep"."""
    first, last = str(PRESSURE[person.pressure_from]), str(PRESSURE[person.pressure_to])
    whole = first if first == last else _("%(start)s to %(end)s") % {"start": first, "end": last}
    return whole[:1].upper() + whole[1:]


def pressure_marks(person: Therapist) -> SafeString:
    """The same as five lines of growing weight, for eyes only."""
    return _marks(person.pressure_from, person.pressure_to)


@cache
def _marks(first: int, last: int) -> SafeString:
    marks = format_html_join("", '<i class="{}"></i>', (["on" if first <= step <= last else ""] for step in PRESSURE))
    return format_html('<span class="press" aria-hidden="true">{}</span>', marks)
