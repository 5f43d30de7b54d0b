"""What stands at the top and foot of every page: the studio's name, its phone numbers and its hours."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any
from uuid import UUID

import phonenumbers
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils.dates import WEEKDAYS
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext as _

from locations.languages import spoken
from locations.models import Location, OpeningHours, Studio
from spa.texts import clock

Hours = tuple[tuple[str, str], ...]
AGREED = ("/b/", "/w/")
LOOPBACK = {"127.0.0.1", "::1"}


@dataclass(frozen=True)
class House:
    """The studio and its open locations. `demo`: the demo's own links may be shown.

    `number` is the revision of the set-up that they were read with, when that is known: the foot is kept under it.
    """

    studio: Studio
    locations: tuple[Location, ...]
    demo: bool = False
    number: UUID | None = None

    @classmethod
    def of(
        cls, studio: Studio | None, locations: Iterable[Location], demo: bool = False, number: UUID | None = None
    ) -> "House":
        """The house of locations from `open_locations`; a studio that is not set up yet has a name as well."""
        return cls(studio or Studio(name=_("Ashiatsu studio")), tuple(locations), demo, number)

    @classmethod
    def load(cls, request: HttpRequest) -> "House":
        """Read what every page shows: one query, for views that have not read it themselves."""
        locations = tuple(open_locations())
        studio = locations[0].studio if locations else Studio.objects.first()
        return cls.of(studio, locations, is_demo(request))

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
                "hours": opening_lines(location.opening_rows),
            }
            for location in self.locations
        ]

    @property
    def languages(self) -> list[dict[str, str]]:
        """The languages that its pages can be read in, each with its own name for itself."""
        names = dict(settings.LANGUAGES)
        return [{"code": code, "name": names[code]} for code in spoken(self.studio.languages)]

    @property
    def several(self) -> bool:
        return len(self.locations) > 1


def open_locations() -> QuerySet[Location]:
    """The locations that take bookings, each with its studio and `opening_rows`, in one query."""
    hours = OpeningHours.objects.filter(location=OuterRef("pk")).order_by("weekday", "opens")
    rows = hours.values(row=JSONObject(weekday="weekday", opens="opens", closes="closes"))
    return Location.objects.filter(is_open=True).select_related("studio").annotate(opening_rows=ArraySubquery(rows))


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `house` is read only by pages that show it and were not given one by their view.

    `is_agreed`: the page speaks the language that was agreed for a session, which is changed on the page itself.
    """
    return {"house": SimpleLazyObject(lambda: House.load(request)), "is_agreed": request.path.startswith(AGREED)}


def is_demo(request: HttpRequest) -> bool:
    """Whether this is the demo studio, seen from the machine it runs on."""
    return bool(getattr(settings, "DEMO", False)) and getattr(request, "client_address", "") in LOOPBACK


@lru_cache(maxsize=64)
def phone_link(phone: str, country: str) -> str:
    """The `tel:` address of a number as the studio wrote it."""
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return "tel:" + "".join(sign for sign in phone if sign.isdigit())
    return "tel:" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def opening_lines(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The week in as few lines as possible: "Monday to Saturday, 9:00 to 19:00". Rows are sorted by day and time."""
    days = [
        (weekday, tuple((row["opens"], row["closes"]) for row in blocks))
        for weekday, blocks in groupby(rows, key=lambda row: row["weekday"])
    ]
    return [f"{_days([day for day, _blocks in run])}, {_hours(run[0][1])}" for run in _runs(days)]


def _hours(blocks: Hours) -> str:
    return _(" and ").join(_range(_clock(opens), _clock(closes)) for opens, closes in blocks)


def _clock(iso: str) -> str:
    return clock(dt.time.fromisoformat(iso))


def _runs(days: Sequence[tuple[int, Hours]]) -> list[list[tuple[int, Hours]]]:
    """Neighbouring weekdays with the same hours, together."""
    runs: list[list[tuple[int, Hours]]] = []
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
