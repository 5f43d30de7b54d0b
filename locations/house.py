"""What stands at the top and foot of every page: the studio's name, its phone numbers and its hours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

import phonenumbers
from django.conf import settings
from django.http import HttpRequest
from django.utils.dates import WEEKDAYS
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext as _

from locations.models import Location, OpeningHours, Studio
from spa.texts import clock

LOOPBACK = {"127.0.0.1", "::1"}


@dataclass(frozen=True)
class House:
    """The studio and its open locations. `demo`: the demo's own links may be shown."""

    studio: Studio
    locations: tuple[Location, ...]
    demo: bool = False

    @classmethod
    def load(cls, request: HttpRequest) -> "House":
        """Read studio, locations and opening hours: three queries, for pages that read nothing else."""
        studio = Studio.objects.first() or Studio(name=_("Ashiatsu studio"))
        open_places = Location.objects.filter(is_open=True).prefetch_related("opening_hours")
        return cls(studio, tuple(open_places), is_demo(request))

    @cached_property
    def places(self) -> list[dict[str, Any]]:
        """One entry per location for the foot of the page."""
        return [
            {
                "name": location.name,
                "address": location.address,
                "access": location.access,
                "phone": location.phone,
                "phone_link": phone_link(location.phone, location.country),
                "hours": opening_lines(location.opening_hours.all()),
            }
            for location in self.locations
        ]

    @property
    def several(self) -> bool:
        return len(self.locations) > 1


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `house` is read only by pages that show it and were not given one by their view."""
    return {"house": SimpleLazyObject(lambda: House.load(request))}


def is_demo(request: HttpRequest) -> bool:
    """Whether this is the demo studio, seen from the machine it runs on."""
    return bool(getattr(settings, "DEMO", False)) and request.META.get("REMOTE_ADDR") in LOOPBACK


@lru_cache(maxsize=64)
def phone_link(phone: str, country: str) -> str:
    """The `tel:` address of a number as the studio wrote it."""
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return "tel:" + "".join(sign for sign in phone if sign.isdigit())
    return "tel:" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def opening_lines(hours: Iterable[OpeningHours]) -> list[str]:
    """The week in as few lines as possible: "Monday to Saturday, 9:00 to 19:00"."""
    week = sorted(hours, key=lambda block: (block.weekday, block.opens))
    days = [
        (weekday, _(" and ").join(f"{_range(clock(block.opens), clock(block.closes))}" for block in blocks))
        for weekday, blocks in groupby(week, key=lambda block: block.weekday)
    ]
    return [f"{_days([day for day, _hours in run])}, {run[0][1]}" for run in _runs(days)]


def _runs(days: Sequence[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """Neighbouring weekdays with the same hours, together."""
    runs: list[list[tuple[int, str]]] = []
    for day, hours in days:
        if runs and runs[-1][-1] == (day - 1, hours):
            runs[-1].append((day, hours))
        else:
            runs.append([(day, hours)])
    return runs


def _days(weekdays: list[int]) -> str:
    first, last = str(WEEKDAYS[weekdays[0]]), str(WEEKDAYS[weekdays[-1]])
    return first if first == last else _range(first, last)


def _range(first: str, last: str) -> str:
    return _("%(start)s to %(end)s") % {"start": first, "end": last}
