"""Is the answer right? Every start found again the slow way, from timestamps, by the oracle of the tests."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from bookings.models import Booking
from bookings.models.status import OCCUPYING
from bookings.scheduling.offers import Terms
from locations.models import Location, OpeningHours, Room
from tests.bookings.scheduling import oracle
from therapists.models import Limit, Therapist, TimeOff
from treatments.models import Length

DAY = 288
TICK = 300
Expected = dict[date, dict[datetime, list[int]]]
"""By local day: each start in UTC with the ids of the therapists who are free, in the studio's order."""


def expected(place: Location, length: Length, days: int, now: datetime) -> Expected:
    """All starts of a length that needs a mat only, from today on, in a zone that never changes its clock."""
    today = now.astimezone(place.zone).date()
    midnight = datetime(today.year, today.month, today.day, tzinfo=place.zone) - timedelta(days=1)
    frame = SimpleNamespace(
        origin=int(midnight.timestamp()) // TICK, ticks=(days + 2) * DAY, zone=place.zone, days=days
    )
    rules, rooms = _rules(place, frame, now), _rooms(place, frame)
    found: Expected = {today + timedelta(days=number): {} for number in range(days)}
    for person in Therapist.objects.filter(bookable=True).prefetch_related("working_hours", "limits"):
        state = _state(person, length, frame)
        for tick in sorted(oracle.offered(state, rooms, rules, frame.ticks)):
            start = datetime.fromtimestamp((frame.origin + tick) * TICK, UTC)
            day = start.astimezone(place.zone).date()
            if day in found:
                found[day].setdefault(start, []).append(person.pk)
    return found


def shown(page: str) -> dict[date, tuple[int, list[datetime]]]:
    """What a page of times shows: by day, how many times there are and which ones it lists."""
    days = {}
    for section in re.findall(r'<section class="day.*?</section>', page, re.DOTALL):
        day = date.fromisoformat(re.search(r'id="d([\d-]+)"', section)[1])
        count = re.search(r", (\d+) times?</span>", section)
        starts = re.findall(r'name="start" value="([\dT:-]+)Z"', section)
        days[day] = int(count[1]) if count else 0, [datetime.fromisoformat(start + "+00:00") for start in starts]
    return days


def assert_page(page: str, wanted: Expected) -> None:
    """The page has the oracle's days, counts and times, at most twelve of a day."""
    found = shown(page)
    assert list(found) == list(wanted), "the days differ"
    for day, (count, starts) in found.items():
        assert count == len(wanted[day]), (day, count, len(wanted[day]))
        assert len(starts) == min(count, 12) and set(starts) <= set(wanted[day]), day


def _painted(spans: Iterable[tuple[datetime, datetime]], frame: SimpleNamespace) -> int:
    """A mask, painted tick by tick."""
    mask = 0
    for start, end in spans:
        for tick in range(int(start.timestamp()) // TICK - frame.origin, int(end.timestamp()) // TICK - frame.origin):
            if 0 <= tick < frame.ticks:
                mask |= 1 << tick
    return mask


def _weekly(rows: Iterable, frame: SimpleNamespace) -> int:
    first = datetime.fromtimestamp(frame.origin * TICK, frame.zone).date()
    dates = [first + timedelta(days=number) for number in range(frame.days + 2)]
    spans = [
        (datetime.combine(day, row.opens, frame.zone), datetime.combine(day, row.closes, frame.zone))
        for row in rows
        for day in dates
        if day.weekday() == row.weekday
    ]
    return _painted(spans, frame)


def _rules(place: Location, frame: SimpleNamespace, now: datetime) -> SimpleNamespace:
    def tick_at_or_after(instant: datetime) -> int:
        return -int(-instant.timestamp() // TICK) - frame.origin

    step = place.start_step_minutes * 60
    days = [SimpleNamespace(date=None, start=DAY * n, end=DAY * (n + 1)) for n in range(1, frame.days + 1)]
    for number, day in enumerate(days):
        day.date = now.astimezone(frame.zone).date() + timedelta(days=number)
    return SimpleNamespace(
        opening=_weekly(OpeningHours.objects.filter(location=place), frame),
        grid=sum(1 << tick for tick in range(DAY, frame.ticks - DAY) if (frame.origin + tick) * TICK % step == 0),
        now=tick_at_or_after(now),
        earliest=tick_at_or_after(now + timedelta(minutes=place.lead_minutes)),
        latest=(place.horizon_days + 2) * DAY,
        days=days,
        gap_rule=place.gap_rule,
    )


def _rooms(place: Location, frame: SimpleNamespace) -> list[SimpleNamespace]:
    everything = (1 << frame.ticks) - 1
    rooms = Room.objects.filter(location=place, props__kind="mat")
    return [
        SimpleNamespace(id=room.pk, free=everything & ~_painted(_blocks("room_block", frame, room=room), frame), rank=0)
        for room in rooms
    ]


def _state(person: Therapist, length: Length, frame: SimpleNamespace) -> SimpleNamespace:
    off = [(row.during.lower, row.during.upper) for row in TimeOff.objects.filter(therapist=person)]
    sessions = _blocks("during", frame, therapist=person)
    after = length.treatment.after_minutes // 5
    return SimpleNamespace(
        working=_weekly(person.working_hours.all(), frame),
        busy=_painted([*off, *_blocks("therapist_block", frame, therapist=person)], frame),
        terms=Terms(hands_on=length.minutes // 5, after=after, room_after=length.treatment.room_after_minutes // 5),
        sessions=[tuple(int(edge.timestamp()) // TICK - frame.origin for edge in session) for session in sessions],
        limits=[_limit(row) for row in person.limits.all()],
        shortest_block=20 // 5 + after,
    )


def _limit(row: Limit) -> SimpleNamespace:
    run, rest = row.run_minutes // 5, row.rest_minutes // 5
    return SimpleNamespace(weekday=None, sessions=row.sessions, hands_on=None, run=run, rest=rest)


def _blocks(name: str, frame: SimpleNamespace, **whose: object) -> list[tuple[datetime, datetime]]:
    """The ranges of one column, as timestamps, of what is booked from the first midnight on."""
    begin = datetime.fromtimestamp(frame.origin * TICK, UTC)
    rows = Booking.objects.filter(status__in=OCCUPYING, during__endswith__gte=begin, **whose)
    return [(block.lower, block.upper) for block in rows.values_list(name, flat=True)]
