"""A client's day around a session that she names, before she has booked it or after."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bookings import advice, guidance
from bookings.availability import Setup
from bookings.models import Booking
from bookings.views.choice import read_day
from locations.models import Location
from spa import texts
from treatments.models import Length

INSTANT = "%Y-%m-%dT%H:%MZ"
CLOCKS = ("%H:%M", "%H.%M", "%H%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H")
FURTHEST = dt.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form on the page holds: a place, a length, a day and a time as typed, and the start that they mean."""

    place: Location
    length: Length
    day: str
    time: str
    start: dt.datetime | None
    problem: str = ""


def read_asked(query: Mapping[str, str], setup: Setup, now: dt.datetime) -> Asked | None:
    """What a query string asks for; None while the studio offers nothing. Nonsense is told, never refused.

    `start` is an instant in UTC, "2026-11-24T14:20Z", as the site's own links carry it; `day` and `time` are typed.
    """
    named_place, named_length = setup.location(query.get("where", "")), setup.length(query.get("treatment", ""))
    place, length = named_place or next(iter(setup.locations), None), named_length or next(iter(setup.lengths), None)
    if place is None or length is None:
        return None
    day, time = query.get("day", "")[:40], query.get("time", "")[:40]
    # A session keeps a place and a length that nobody can book any more, and others have other hours.
    is_gone = (query.get("where") and not named_place) or (query.get("treatment") and not named_length)
    if not (day or time) and (is_gone or not query.get("start")):
        return Asked(place, length, "", "", None)
    start = _instant(query.get("start", "")) or _typed(day, time, place, now)
    if start is None or abs(start - now) > FURTHEST:
        problem = _("We could not read that time. Type it like 24/11/2026 and 14:20.")
        return Asked(place, length, day, time, None, problem)
    wall = start.astimezone(place.zone)
    return Asked(place, length, wall.date().isoformat(), f"{wall:%H:%M}", start)


def steps(asked: Asked) -> list[advice.Step]:
    """The advice and the session in the order of time, in the active language. One query."""
    start, length, zone = asked.start, asked.length, asked.place.zone
    end = start + dt.timedelta(minutes=length.minutes)
    never_saved = Booking(
        length=length, location=asked.place, during=DateTimeTZRange(start, end), language=get_language() or "en"
    )
    moments = advice.moments_for(never_saved)
    wear = [f"{one.title.rstrip('.')}. {one.text}".strip() for one in moments if one.kind == guidance.Kind.CLOTHES]
    session = " ".join([_("%(minutes)s minutes.") % {"minutes": length.minutes}, *wear])
    found = [
        advice.Step(one.at.astimezone(zone), one.kind, one.title, one.text)
        for one in moments
        if one.kind != guidance.Kind.CLOTHES
    ]
    found.append(advice.Step(start.astimezone(zone), advice.SESSION, str(length.treatment.name), session))
    return sorted(found, key=lambda step: (step.at, step.here))


def heading(asked: Asked) -> str:
    return _("Your %(moment)s") % {"moment": texts.moment(asked.start.astimezone(asked.place.zone))}


def _instant(typed: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(typed[:20], INSTANT).replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def _typed(day: str, time: str, place: Location, now: dt.datetime) -> dt.datetime | None:
    """A wall clock's reading at a place; without a day it is today's."""
    date = read_day(day) if day else now.astimezone(place.zone).date()
    clock = _clock(time)
    if date is None or clock is None or not 1900 < date.year < 9000:
        return None
    return dt.datetime.combine(date, clock, tzinfo=place.zone).astimezone(dt.UTC)


def _clock(typed: str) -> dt.time | None:
    for shape in CLOCKS:
        try:
            return dt.datetime.strptime(typed.replace(" ", "").lower(), shape).time()  # noqa: DTZ007 - of the wall
        except ValueError:
            continue
    return None


def fields(asked: Asked, setup: Setup) -> dict[str, Any]:
    """The choices of the form: (value, words, chosen)."""
    said = _("%(name)s, %(minutes)s minutes")
    return {
        "lengths": [
            (one.slug, said % {"name": one.treatment.name, "minutes": one.minutes}, one == asked.length)
            for one in setup.lengths
        ],
        "places": [(place.slug, place.name, place == asked.place) for place in setup.locations],
    }
