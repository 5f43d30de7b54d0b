"""What a change of hours would mean, before it is saved: which sessions fall outside, what a client would see."""

import datetime as dt
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from itertools import islice

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.availability import Setup, Wish, offers_in, read_rows
from bookings.availability.setup import Week, gives
from bookings.models import Booking
from bookings.scheduling.hours import WeeklyHours, horizon_spans, merged
from bookings.scheduling.timeline import Span, ceil_tick, floor_tick
from locations.models import Location
from spa import texts
from studio.profiles import booked
from therapists.models import Therapist
from therapists.week import Plan, blocks_of

NEXT_TIMES = 5
MOST_DAYS = 28


def with_plans(setup: Setup, person: Therapist, plans: Sequence[Plan]) -> Setup:
    """The set-up as it would be with these plans. No statement; without her when she takes no bookings."""
    weeks = {place: Week(tuple(rules)) for place, rules in rules_of(plans).items()}
    people = []
    for one in setup.therapists:
        if one.pk == person.pk:
            one = copy(one)
            one.contract = replace(one.contract, weeks=weeks)
        people.append(one)
    return replace(setup, therapists=tuple(people))


def rules_of(plans: Sequence[Plan]) -> dict[int, list[WeeklyHours]]:
    """Location id to the rules of its hours."""
    found: dict[int, list[WeeklyHours]] = {}
    for plan in plans:
        since, until = (day and dt.date.fromisoformat(day) for day in (plan["since"], plan["until"]))
        for weekday, opens, closes in blocks_of(plan):
            rule = WeeklyHours(weekday, opens, closes, since, until, plan["every"])
            found.setdefault(plan["place"], []).append(rule)
    return found


def outside(person: Therapist, plans: Sequence[Plan], now: dt.datetime) -> list[Booking]:
    """Her agreed sessions ahead that these plans and her extra hours do not hold. Two queries."""
    rules, extra = rules_of(plans), _extra(person, now)
    found = []
    for booking in booked.ahead(now, therapist=person):
        zone = booking.location.zone
        day = booking.starts_at.astimezone(zone).date() - dt.timedelta(days=1)
        spans = horizon_spans(rules.get(booking.location_id, []), day, 3, zone) + extra.get(booking.location_id, [])
        if not _holds(merged(spans), booking):
            found.append(booking)
    return found


def next_times(
    setup: Setup,
    person: Therapist,
    place: Location,
    since: dt.date,
    now: dt.datetime,
    without: DateTimeTZRange | None = None,
) -> list[str]:
    """The first times with her that a client would see at a place, from a day on. Two statements.

    `without`: a period in which she would be away.
    """
    today = now.astimezone(place.zone).date()
    first = max(since, today)
    length = next((length for length in setup.lengths if _given_by(setup, person, length)), None)
    days = min(MOST_DAYS, (today - first).days + place.horizon_days + 1)
    if length is None or days < 1:
        return []
    rows = read_rows(place, first, days, now)
    if without:
        rows = replace(rows, dated=[*rows.dated, ("off", person.pk, None, without)])
    starts = (offer.start for offer in offers_in(setup, Wish(place, length, person, first), rows, now))
    return [texts.moment(start) for start in islice((start for start in starts if start.date() >= first), NEXT_TIMES)]


def times_without(setup: Setup, person: Therapist, without: DateTimeTZRange, now: dt.datetime) -> list[str]:
    """The first times with her from the beginning of a period in which she would be away, at her first place."""
    hers = next((one for one in setup.therapists if one.pk == person.pk), None)
    place = next((place for place in setup.locations if hers and place.pk in hers.contract.weeks), None)
    if place is None:
        return []
    return next_times(setup, person, place, without.lower.astimezone(place.zone).date(), now, without)


def _given_by(setup: Setup, person: Therapist, length: object) -> bool:
    return any(gives(one, length.treatment) for one in setup.asked(person))


def _extra(person: Therapist, now: dt.datetime) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for row in person.extrahours_set.filter(during__endswith__gt=now):
        found.setdefault(row.location_id, []).append((ceil_tick(row.during.lower), floor_tick(row.during.upper)))
    return found


def _holds(spans: Iterable[Span], booking: Booking) -> bool:
    """Whether one of the spans holds the whole session with her time before and after it."""
    first, last = booking.therapist_from_tick, booking.therapist_until_tick
    return any(start <= first and last <= end for start, end in spans)
