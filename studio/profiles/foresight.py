"""What a change of hours would mean, before it is saved: which sessions fall outside, what a client would see."""

import datetime as dt
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from itertools import islice

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from accounts.sheets import Content
from bookings.availability import Setup, Wish, offers_in, read_rows
from bookings.availability.setup import Week, gives
from bookings.models import Booking
from bookings.scheduling.hours import WeeklyHours, horizon_spans, merged
from bookings.scheduling.timeline import Span, ceil_tick, floor_tick
from locations.models import Location
from spa import texts
from studio.profiles import booked
from therapists.extra import EXTRA, Extra, during
from therapists.models import Therapist
from therapists.week import HOURS, Plan, blocks_of

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


def outside(
    person: Therapist, plans: Sequence[Plan], now: dt.datetime, extra: Sequence[Extra] | None = None
) -> list[Booking]:
    """Her agreed sessions ahead that these plans and extra hours do not hold. Two queries.

    `extra`: her extra hours as they would be; those that stand for None.
    """
    rules, dated = rules_of(plans), spans_of(EXTRA.read(person)["extra"] if extra is None else extra)
    found = []
    for booking in booked.ahead(now, therapist=person):
        zone = booking.location.zone
        day = booking.starts_at.astimezone(zone).date() - dt.timedelta(days=1)
        spans = horizon_spans(rules.get(booking.location_id, []), day, 3, zone) + dated.get(booking.location_id, [])
        if not _holds(merged(spans), booking):
            found.append(booking)
    return found


def outside_hours(person: Therapist, content: Content, now: dt.datetime) -> list[Booking]:
    """Her agreed sessions ahead that a page of hours would leave outside."""
    return outside(person, content["plans"], now)


def outside_extra(person: Therapist, content: Content, now: dt.datetime) -> list[Booking]:
    """Her agreed sessions ahead that a page of extra hours would leave outside, and that are not today."""
    return newly_outside(person, HOURS.read(person)["plans"], now, content["extra"])


def newly_outside(person: Therapist, plans: Sequence[Plan], now: dt.datetime, extra: Sequence[Extra]) -> list[Booking]:
    """Her agreed sessions ahead that these extra hours would not hold, and those that stand do. Four queries."""
    before = {booking.pk for booking in outside(person, plans, now)}
    return [booking for booking in outside(person, plans, now, extra) if booking.pk not in before]


def elsewhere(plans: Sequence[Plan], one: Extra, places: Iterable[Location]) -> Location | None:
    """Another place at which she has weekly hours in that time."""
    starts, ends = ceil_tick(during(one).lower), floor_tick(during(one).upper)
    rules = rules_of(plans)
    for place in places:
        first = during(one).lower.astimezone(place.zone).date() - dt.timedelta(days=1)
        spans = horizon_spans(rules.get(place.pk, []), first, 4, place.zone)
        if place.pk != one["place"] and any(start < ends and starts < end for start, end in spans):
            return place
    return None


def next_times(
    setup: Setup,
    person: Therapist,
    place: Location,
    since: dt.date,
    now: dt.datetime,
    without: DateTimeTZRange | None = None,
    extra: Sequence[Extra] | None = None,
) -> list[str]:
    """The first times with her that a client would see at a place, from a day on. Two statements.

    `without`: a period in which she would be away. `extra`: her extra hours as they would be.
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
    if extra is not None:
        others = [row for row in rows.dated if row[:2] != ("extra", person.pk)]
        hers = [("extra", person.pk, None, during(one)) for one in extra if one["place"] == place.pk]
        rows = replace(rows, dated=others + hers)
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


def spans_of(extra: Sequence[Extra]) -> dict[int, list[Span]]:
    """Location id to the spans of the extra hours."""
    found: dict[int, list[Span]] = {}
    for one in extra:
        period = during(one)
        found.setdefault(one["place"], []).append((ceil_tick(period.lower), floor_tick(period.upper)))
    return found


def _holds(spans: Iterable[Span], booking: Booking) -> bool:
    """Whether one of the spans holds the whole session with her time before and after it."""
    first, last = booking.therapist_from_tick, booking.therapist_until_tick
    return any(start <= first and last <= end for start, end in spans)
