"""Time as integers: five-minute ticks, and masks that hold the whole searched horizon in one number.

A tick is the number of whole five minutes since 1970 in UTC. A mask is a Python integer whose bit `i` stands
for the tick `origin + i`. A span is a half-open pair (start, end) of ticks.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import accumulate

TICK_MINUTES = 5
TICK_SECONDS = 300

Span = tuple[int, int]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(seconds=TICK_SECONDS)


def floor_tick(instant: datetime) -> int:
    """The last tick at or before an aware instant. ValueError when the instant is naive."""
    if instant.utcoffset() is None:
        raise ValueError("An instant needs a time zone.")
    return (instant - _EPOCH) // _TICK


def ceil_tick(instant: datetime) -> int:
    """The first tick at or after an aware instant. ValueError when the instant is naive."""
    if instant.utcoffset() is None:
        raise ValueError("An instant needs a time zone.")
    return -((_EPOCH - instant) // _TICK)


def tick_of(instant: datetime) -> int:
    """The tick that is exactly this aware instant. ValueError when it is naive or lies between two ticks."""
    tick = floor_tick(instant)
    if instant_of(tick) != instant:
        raise ValueError("Times that occupy somebody are whole multiples of five minutes.")
    return tick


def instant_of(tick: int) -> datetime:
    """The UTC instant of a tick."""
    return _EPOCH + tick * _TICK


def span_mask(start: int, end: int) -> int:
    """The mask of the ticks from start up to end. What lies before bit 0 is cut off; an empty span is 0."""
    start = max(start, 0)
    return ((1 << (end - start)) - 1) << start if end > start else 0


def paint(mask: int, start: int, end: int) -> int:
    return mask | span_mask(start, end)


def clear(mask: int, start: int, end: int) -> int:
    return mask & ~span_mask(start, end)


def mask_of(spans: Iterable[Span], origin: int, ticks: int) -> int:
    """The mask of spans given in absolute ticks, cut to the horizon [origin, origin + ticks)."""
    mask = 0
    for start, end in spans:
        first = start - origin if start > origin else 0
        last = end - origin if end - origin < ticks else ticks
        if last > first:
            mask |= ((1 << (last - first)) - 1) << first
    return mask


def starts_of(mask: int, length: int) -> int:
    """The bits at which `length` set bits in a row begin: erosion by doubling shifts, log(length) steps."""
    reached = 1
    while reached < length:
        step = min(reached, length - reached)
        mask &= mask >> step
        reached += step
    return mask


def first_bits(mask: int) -> int:
    """The first bit of every run of set bits."""
    return mask & ~(mask << 1)


def last_bits(mask: int) -> int:
    """The last bit of every run of set bits."""
    return mask & ~(mask >> 1)


def from_seeds_on(mask: int, seeds: int) -> int:
    """Of every run of `mask`, the part from its first seed on: the carry of an addition runs to the end of the run."""
    seeds &= mask
    return (((mask + seeds) ^ mask) | seeds) & mask


def up_to_seeds(mask: int, seeds: int) -> int:
    """Of every run of `mask`, the part up to its last seed: a flood fill by doubling shifts."""
    flood, step = seeds & mask, 1
    while mask:
        flood |= mask & (flood >> step)
        mask &= mask >> step
        step *= 2
    return flood


def touched(mask: int, seeds: int) -> int:
    """The runs of `mask` that hold at least one seed, whole."""
    return up_to_seeds(mask, from_seeds_on(mask, seeds))


def runs(mask: int) -> list[Span]:
    """The runs of set bits as spans, in order: text search finds the changes, nothing loops over bits."""
    digits = f"{mask:b}"[::-1] if mask else ""
    found = []
    start = digits.find("1")
    while start >= 0:
        end = digits.find("0", start)
        if end < 0:
            end = len(digits)
        found.append((start, end))
        start = digits.find("1", end)
    return found


def bits(mask: int) -> list[int]:
    """The positions of the set bits, in order."""
    zeros_before = f"{mask:b}"[::-1].split("1")[:-1]
    return list(accumulate([len(zeros) + 1 for zeros in zeros_before], initial=-1))[1:]
