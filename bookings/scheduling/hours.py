"""From the wall clock to instants: every rule about hours becomes ticks here and nowhere else, day by local day.

A reading of the wall clock stands for the first instant at which the clock shows it or more: the first occurrence
in a repeated hour, the end of the gap in a missing one. So lengths are exact on both days of a clock change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bookings.scheduling.timeline import TICK_MINUTES, TICK_SECONDS, Span

DAY_TICKS = 24 * 60 // TICK_MINUTES
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """A block of hours that comes back every week, or every second week from the week of `valid_from` on.

    `weekday` is 0 on Monday. Closing at or before opening means the next day. `valid_until` is the last day,
    included. ValueError when a time is not a multiple of five minutes, or when every second week has no first.
    """

    weekday: int
    opens: time
    closes: time
    valid_from: date | None = None
    valid_until: date | None = None
    every_weeks: int = 1

    def __post_init__(self) -> None:
        for reading in (self.opens, self.closes):
            if reading.minute % TICK_MINUTES or reading.second or reading.microsecond:
                raise ValueError("Hours are whole multiples of five minutes.")
        if self.every_weeks != 1 and self.valid_from is None:
            raise ValueError("Every second week needs a first day to count from.")

    def applies(self, day: date) -> bool:
        """Does a block begin on this local day?"""
        if day.weekday() != self.weekday:
            return False
        if self.valid_until is not None and day > self.valid_until:
            return False
        if self.valid_from is None:
            return True
        if day < self.valid_from:
            return False
        weeks = (_monday(day) - _monday(self.valid_from)).days // 7
        return weeks % self.every_weeks == 0


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A date of a zone and its ticks [start, end) from midnight to midnight, relative to the caller's origin."""

    date: date
    start: int
    end: int

    @property
    def weekday(self) -> int:
        return self.date.weekday()


def wall_to_tick(day: date, at: time, zone: ZoneInfo) -> int:
    """The absolute tick of a reading of the wall clock on a local day."""
    midnight, plain = _midnight(day, zone)
    if plain:
        return midnight + (at.hour * 60 + at.minute) // TICK_MINUTES
    return _first_tick(datetime.combine(day, at.replace(tzinfo=None)), zone)


def block_span(day: date, opens: time, closes: time, zone: ZoneInfo) -> Span:
    """The absolute span of a block of hours that begins on this day; empty on a day that the zone skipped."""
    start = wall_to_tick(day, opens, zone)
    if _midnight(day, zone)[0] == _midnight(day + _ONE_DAY, zone)[0]:
        return start, start
    return start, wall_to_tick(day if closes > opens else day + _ONE_DAY, closes, zone)


def day_spans(rules: Iterable[WeeklyHours], day: date, zone: ZoneInfo) -> list[Span]:
    """The absolute spans of the blocks that begin on this local day, merged; they may run past midnight."""
    return merged([block_span(day, rule.opens, rule.closes, zone) for rule in rules if rule.applies(day)])


def horizon_spans(rules: Sequence[WeeklyHours], first_day: date, days: int, zone: ZoneInfo) -> list[Span]:
    """The absolute spans of all blocks that touch these local days, merged.

    A block of the day before that runs past midnight is included, and a block of the last day keeps its end
    after midnight: nothing is cut here, `mask_of` cuts.
    """
    by_weekday: list[list[WeeklyHours]] = [[] for _ in range(7)]
    for rule in rules:
        by_weekday[rule.weekday].append(rule)
    begin = _midnight(first_day, zone)[0]
    spans = []
    for number in range(-1, days):
        day = first_day + timedelta(days=number)
        for rule in by_weekday[day.weekday()]:
            if rule.applies(day):
                spans.append(block_span(day, rule.opens, rule.closes, zone))
    return merged([span for span in spans if span[1] > begin])


def local_days(first_day: date, days: int, zone: ZoneInfo, origin: int = 0) -> tuple[LocalDay, ...]:
    """The local days with their ticks relative to `origin`; a day that the zone skipped has start = end."""
    dates = [first_day + timedelta(days=number) for number in range(days + 1)]
    edges = [_midnight(day, zone)[0] - origin for day in dates]
    return tuple(LocalDay(day, start, end) for day, start, end in zip(dates, edges, edges[1:], strict=False))


def grid_mask(first_day: date, days: int, zone: ZoneInfo, step_minutes: int, origin: int, ticks: int) -> int:
    """The mask of the ticks of these days at which the wall clock's minutes are a multiple of the step.

    Minutes since midnight as the clock shows them, so the grid is right after a half-hour shift, and each
    instant of a repeated hour is in it once. ValueError when the step is not a multiple of five minutes.
    """
    if step_minutes <= 0 or step_minutes % TICK_MINUTES:
        raise ValueError("The start step is a whole multiple of five minutes.")
    base = _midnight(first_day, zone)[0]
    mask = 0
    for number in range(days):
        for start, end in _pieces(first_day + timedelta(days=number), zone):
            wait = -_minute_of_day(start, zone) % step_minutes
            first = start + wait // TICK_MINUTES
            if wait % TICK_MINUTES == 0 and first < end:
                mask |= _comb(step_minutes // TICK_MINUTES, end - first) << (first - base)
    mask = mask << (base - origin) if base >= origin else mask >> (origin - base)
    return mask & ((1 << ticks) - 1)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans without overlaps; spans that touch become one, empty ones go."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=4096)
def _midnight(day: date, zone: ZoneInfo) -> tuple[int, bool]:
    """The tick at which a local day begins, and whether the day is plain: 24 hours, no change of the clock."""
    start = _first_tick(datetime.combine(day, time()), zone)
    end = _first_tick(datetime.combine(day + _ONE_DAY, time()), zone)
    return start, end - start == DAY_TICKS


def _first_tick(reading: datetime, zone: ZoneInfo) -> int:
    """The first tick at which the clock of the zone shows this naive reading or more."""
    instant = int(reading.replace(tzinfo=zone, fold=0).timestamp())
    if datetime.fromtimestamp(instant, zone).replace(tzinfo=None, fold=0) != reading:
        before = int(reading.replace(tzinfo=zone, fold=1).timestamp())
        instant = _clock_change(before, instant, zone)
    return -(-instant // TICK_SECONDS)


def _clock_change(before: int, after: int, zone: ZoneInfo) -> int:
    """The second between two epoch seconds from which on the zone's offset is that of `after`."""
    offset = datetime.fromtimestamp(after, zone).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def _pieces(day: date, zone: ZoneInfo) -> list[Span]:
    """The ticks of a local day, cut where the clock changes inside it."""
    start, plain = _midnight(day, zone)
    if plain:
        return [(start, start + DAY_TICKS)]
    end = _midnight(day + _ONE_DAY, zone)[0]
    change = -(-_clock_change(start * TICK_SECONDS, (end - 1) * TICK_SECONDS, zone) // TICK_SECONDS)
    return [(start, change), (change, end)] if start < change < end else [(start, end)]


def _minute_of_day(tick: int, zone: ZoneInfo) -> int:
    reading = datetime.fromtimestamp(tick * TICK_SECONDS, zone)
    return reading.hour * 60 + reading.minute


@lru_cache(maxsize=256)
def _comb(period: int, ticks: int) -> int:
    """Every `period`-th bit, beginning with bit 0, below bit `ticks`."""
    return sum(1 << bit for bit in range(0, ticks, period))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
