"""What somebody at the desk looks at: which day, where, by therapist or by room. Remembered for her session."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from bookings.availability import Setup
from bookings.scheduling.hours import wall_to_tick
from locations.models import Location

THERAPIST, ROOM = "therapist", "room"
WAYS = (THERAPIST, ROOM)
FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d %m %Y")
YEARS = range(2000, 2101)
A_GROUP = 12
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Look:
    """`who` is the column that a phone shows; `group` the dozen of columns, from 1. `typed`: no day."""

    place: Location
    day: date
    today: date
    by: str = THERAPIST
    who: str = ""
    group: int = 1
    typed: str = ""

    @property
    def first(self) -> int:
        """The tick of the day's midnight."""
        return wall_to_tick(self.day, time(), self.place.zone)

    @property
    def ticks(self) -> int:
        """From midnight to midnight; 276 or 300 when the clocks change."""
        return wall_to_tick(self.day + ONE_DAY, time(), self.place.zone) - self.first

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    def address(self, **changes: object) -> str:
        """The board's address with this look, or with parts of it changed."""
        words = {"day": self.day, "place": self.place.slug, "by": self.by} | changes
        return f"{reverse('desk_day')}?{urlencode({name: value for name, value in words.items() if value})}"


def look_at(wishes: Mapping[str, str], kept: MutableMapping[str, Any], setup: Setup, now: datetime) -> Look | None:
    """The look that the address asks for, its place and way as kept when the address says none; None: no place yet."""
    slug = wishes.get("place") or kept.get("desk_place", "")
    place = setup.location(slug) or next(iter(setup.locations), None)
    if place is None:
        return None
    by = wishes.get("by") or kept.get("desk_by", THERAPIST)
    today = now.astimezone(place.zone).date()
    typed = wishes.get("day", "").strip()
    day = read_day(typed)
    group = wishes.get("group", "")
    return Look(
        place=place,
        day=day or today,
        today=today,
        by=by if by in WAYS else THERAPIST,
        who=wishes.get("who", ""),
        group=int(group) if group.isascii() and group.isdigit() and len(group) < 4 else 1,
        typed="" if day else typed,
    )


def keep(look: Look, kept: MutableMapping[str, Any]) -> None:
    """Remember place and way; a session that says so already is not written again."""
    for name, value in (("desk_place", look.place.slug), ("desk_by", look.by)):
        if kept.get(name) != value:
            kept[name] = value


def read_day(typed: str) -> date | None:
    """A day as people type it: 2026-11-20, 20.11.2026, 20/11/2026."""
    for pattern in FORMATS:
        try:
            day = datetime.strptime(typed, pattern).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
        return day if day.year in YEARS else None
    return None


def link(name: str, *parts: object, **query: object) -> str:
    """The address of another page of the desk; empty while there is no such page."""
    try:
        path = reverse(name, args=parts)
    except NoReverseMatch:
        return ""
    asked = urlencode({key: value for key, value in query.items() if value}, safe=":")
    return f"{path}?{asked}" if asked else path
