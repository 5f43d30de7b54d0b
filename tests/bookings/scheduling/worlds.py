"""Generated studios for the property tests: zones and days at their worst, therapists, rooms and rules."""

from datetime import date, time, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bookings.scheduling.hours import LocalDay, WeeklyHours
from bookings.scheduling.limits import Limit
from bookings.scheduling.offers import RoomState, Rules, Terms, TherapistState

DAY = 48  # a short day of four hours: every rule fits in, and the oracle stays quick
TICKS = 3 * DAY

ZONE_DAYS = [
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Australia/Adelaide", date(2026, 4, 5)),
    ("Australia/Adelaide", date(2026, 10, 4)),
    ("Asia/Kolkata", date(2026, 6, 15)),
    ("Asia/Kathmandu", date(2026, 6, 15)),
    ("Pacific/Auckland", date(2026, 4, 5)),
    ("Pacific/Auckland", date(2026, 9, 27)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2019, 2, 16)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Africa/Cairo", date(2026, 10, 29)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("America/Havana", date(2026, 11, 1)),
    ("UTC", date(2026, 6, 15)),
]


# How many generated cases each comparison with the oracle gets.
CASES = {"wall_to_tick": 3_500, "horizon_spans": 2_500, "grid_mask": 1_500, "therapist_starts": 12_000, "why_not": 600}


def cases(number: int) -> settings:
    """The same cases on every run, with no stop-watch."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=number, derandomize=True, deadline=None, database=None, suppress_health_check=quiet)


zone_days = st.builds(
    lambda zone_day, shift: (zone_day[0], zone_day[1] + timedelta(days=shift)),
    st.sampled_from(ZONE_DAYS),
    st.sampled_from([0, 0, -1, 1]),
)
readings = st.builds(
    lambda tick: time(tick // 12, tick % 12 * 5),
    st.one_of(st.integers(0, 287), st.integers(0, 48), st.integers(270, 287)),
)


@st.composite
def weekly_hours(draw: st.DrawFn, near: date) -> WeeklyHours:
    """A rule that probably has a block on the day or beside it."""
    weekday = (near.weekday() + draw(st.sampled_from([0, 0, -1, 1]))) % 7
    opens, closes = draw(readings), draw(readings)
    if draw(st.booleans()):
        return WeeklyHours(weekday, opens, closes)
    valid_from = near + timedelta(days=draw(st.integers(-24, 2)))
    valid_until = near + timedelta(days=draw(st.integers(-1, 2))) if draw(st.booleans()) else None
    return WeeklyHours(weekday, opens, closes, valid_from, valid_until, draw(st.sampled_from([1, 2])))


def spans(most: int, longest: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Lists of (start, end) ticks inside the horizon."""
    one = st.tuples(st.integers(0, TICKS - 1), st.integers(1, longest)).map(lambda pair: (pair[0], sum(pair)))
    return st.lists(one, max_size=most)


def painted(chosen: list[tuple[int, int]]) -> int:
    return sum({1 << tick for start, end in chosen for tick in range(max(start, 0), min(end, TICKS))})


terms = st.builds(Terms, st.integers(2, 6), st.integers(0, 2), st.integers(0, 3), st.integers(0, 1), st.integers(0, 2))
limits = st.lists(
    st.builds(
        Limit,
        st.sampled_from([None, None, 0, 1, 2]),
        st.sampled_from([None, 1, 2, 3, 5]),
        st.sampled_from([None, 6, 10, 20]),
        st.sampled_from([None, 4, 8, 12, 20]),
        st.integers(0, 6),
    ),
    max_size=2,
)


@st.composite
def therapists(draw: st.DrawFn, number: int = 1) -> TherapistState:
    """Long hours, some sessions with their turnover, some time off."""
    own = draw(terms)
    working = painted(draw(spans(3, 60))) or (1 << TICKS) - 1
    sessions: list[tuple[int, int]] = []
    clock = draw(st.integers(0, 20))
    for pause, length in draw(st.lists(st.tuples(st.integers(0, 24), st.integers(2, 6)), max_size=7)):
        sessions.append((clock + own.before + pause, clock + own.before + pause + length))
        clock = sessions[-1][1] + own.after
    taken = [(start - own.before, end + own.after) for start, end in sessions]
    busy = painted(taken + draw(spans(2, 12)))
    return TherapistState(number, working, busy, own, tuple(sessions), tuple(draw(limits)), draw(st.integers(1, 9)))


@st.composite
def rooms(draw: st.DrawFn) -> list[RoomState]:
    taken = draw(st.lists(spans(4, 16), min_size=1, max_size=2))
    full = (1 << TICKS) - 1
    return [RoomState(number, full & ~painted(chosen), number) for number, chosen in enumerate(taken)]


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    first = draw(st.sampled_from([date(2026, 11, 23), date(2026, 11, 25)]))
    days = tuple(LocalDay(first + timedelta(days=n), n * DAY, (n + 1) * DAY) for n in range(3))
    now = draw(st.integers(-10, 60))
    opening = painted(draw(spans(2, 90))) or (1 << TICKS) - 1
    grid = painted(
        [(tick, tick + 1) for tick in range(draw(st.integers(0, 3)), TICKS, draw(st.sampled_from([2, 3, 6])))]
    )
    earliest = now + draw(st.integers(0, 12))
    return Rules(opening, grid, now, earliest, draw(st.integers(100, TICKS)), days, draw(st.booleans()))
