"""Generated studios for the property tests: zones and days at their worst, therapists, rooms and rules."""

from datetime import date, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from bookings.scheduling.hours import LocalDay, WeeklyHours
from bookings.scheduling.limits import Limit
from bookings.scheduling.offers import RoomState, Rules, Terms, TherapistState

DAY = 48  # a short day of four hours: every rule fits in, and the oracle stays quick
TICKS = 3 * DAY
FULL = (1 << TICKS) - 1

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
    return settings(max_examples=number, derandomize=True, deadline=None, database=None)


class Dice:
    """A row of bytes that is read as choices: one draw for a whole studio is ten times quicker than a draw for each.

    Hypothesis shrinks the bytes towards zero, so put the plainest choice first.
    """

    def __init__(self, rolls: bytes) -> None:
        self.rolls = iter(rolls)

    def number(self, low: int, high: int) -> int:
        return low + next(self.rolls) % (high - low + 1)

    def one_of(self, *choices: object) -> object:
        return choices[self.number(0, len(choices) - 1)]

    def many(self, most: int) -> range:
        return range(self.number(0, most))


dice = st.binary(min_size=160, max_size=160).map(Dice)


def zone_day(dice: Dice) -> tuple[str, date]:
    """A zone and a day at, before or after one of its changes."""
    zone, day = dice.one_of(*ZONE_DAYS)
    return zone, day + timedelta(days=dice.one_of(0, 0, -1, 1))


def reading(dice: Dice) -> time:
    """A multiple of five minutes, often near the hours at which clocks change."""
    hour = dice.one_of(dice.number(0, 4), dice.number(0, 23), dice.number(22, 23))
    return time(hour, dice.number(0, 11) * 5)


def weekly_hours(dice: Dice, near: date) -> WeeklyHours:
    """A rule that probably has a block on the day or beside it."""
    weekday = (near.weekday() + dice.one_of(0, 0, -1, 1)) % 7
    opens, closes = reading(dice), reading(dice)
    if dice.one_of(True, False):
        return WeeklyHours(weekday, opens, closes)
    valid_from = near + timedelta(days=dice.number(-24, 2))
    valid_until = dice.one_of(None, near + timedelta(days=dice.number(-1, 2)))
    return WeeklyHours(weekday, opens, closes, valid_from, valid_until, dice.one_of(1, 2))


def spans(dice: Dice, most: int, longest: int) -> list[tuple[int, int]]:
    """At most so many spans of ticks that begin inside the horizon."""
    starts = [(dice.number(0, TICKS - 1), dice.number(1, longest)) for _ in dice.many(most)]
    return [(start, start + length) for start, length in starts]


def painted(chosen: list[tuple[int, int]]) -> int:
    return sum({1 << tick for start, end in chosen for tick in range(max(start, 0), min(end, TICKS))})


def terms(dice: Dice) -> Terms:
    return Terms(dice.number(2, 6), dice.number(0, 2), dice.number(0, 3), dice.number(0, 1), dice.number(0, 2))


def limit(dice: Dice) -> Limit:
    return Limit(
        weekday=dice.one_of(None, 0, 1, 2, 3),
        sessions=dice.one_of(None, None, 1, 3, 5),
        hands_on=dice.one_of(None, None, 10, 20),
        run=dice.one_of(None, 6, 8, 12, 18),
        rest=dice.number(0, 9),
    )


def therapist(dice: Dice, number: int = 1) -> TherapistState:
    """Long hours, some sessions with their turnover, some time off."""
    own = terms(dice)
    working = painted(spans(dice, 3, 90)) or FULL
    sessions: list[tuple[int, int]] = []
    clock = dice.number(0, 40)
    for _ in dice.many(7):
        start = clock + own.before + dice.number(0, 12)
        sessions.append((start, start + dice.number(2, 6)))
        clock = sessions[-1][1] + own.after
    taken = [(start - own.before, end + own.after) for start, end in sessions]
    busy = painted(taken + spans(dice, 2, 9))
    limits = tuple(limit(dice) for _ in dice.many(2))
    return TherapistState(number, working, busy, own, tuple(sessions), limits, dice.number(1, 9))


def rooms(dice: Dice) -> list[RoomState]:
    return [RoomState(number, FULL & ~painted(spans(dice, 3, 12)), number) for number in range(dice.number(1, 2))]


def rules(dice: Dice) -> Rules:
    first = date(2026, 11, 23) + timedelta(days=dice.number(0, 2))
    days = tuple(LocalDay(first + timedelta(days=n), n * DAY, (n + 1) * DAY) for n in range(3))
    now = dice.one_of(-9, 0, dice.number(0, 60))
    opening = painted(spans(dice, 2, 120)) or FULL
    grid = painted([(tick, tick + 1) for tick in range(dice.number(0, 3), TICKS, dice.one_of(2, 3, 6))])
    earliest, latest = now + dice.number(0, 12), dice.number(100, TICKS)
    return Rules(opening, grid, now, earliest, latest, days, gap_rule=dice.one_of(True, False))
