"""Which of a day's many starts a short list shows."""

from collections.abc import Sequence

PARTS_OF_DAY = (12 * 60, 17 * 60)
"""Afternoon and evening begin at these minutes since midnight."""


def spread(minutes: Sequence[int], limit: int = 12, parts: Sequence[int] = PARTS_OF_DAY) -> list[int]:
    """The positions of the at most `limit` starts in a day's short list, in order, always with the first.

    `minutes` are the starts of one day as wall-clock minutes since midnight, in order of time; `parts` are the
    minutes at which afternoon and evening begin. The parts share the places evenly; in each, full hours go
    before half hours, and these before other times.
    """
    if len(minutes) <= limit:
        return list(range(len(minutes)))
    groups: list[list[int]] = [[] for _ in range(len(parts) + 1)]
    for position in range(1, len(minutes)):
        groups[sum(minutes[position] >= edge for edge in parts)].append(position)
    groups[sum(minutes[0] >= edge for edge in parts)].insert(0, 0)
    shown: list[int] = []
    for group, places in zip(groups, _shares([len(group) for group in groups], limit), strict=True):
        shown.extend(_cleanest(group, minutes, places))
    return sorted(shown)


def _shares(sizes: Sequence[int], limit: int) -> list[int]:
    """`limit` places dealt out one by one to the parts of the day that still have a start to show."""
    shares = [0] * len(sizes)
    while limit > 0 and shares != list(sizes):
        for part, size in enumerate(sizes):
            if shares[part] < size and limit > 0:
                shares[part] += 1
                limit -= 1
    return shares


def _cleanest(group: Sequence[int], minutes: Sequence[int], places: int) -> list[int]:
    """`places` of one part of the day: the day's first start, then full hours, half hours, others, evenly."""
    chosen = [position for position in group[:places] if position == 0]
    for step in (60, 30, 1):
        if len(chosen) == places:
            break
        pool = [position for position in group if minutes[position] % step == 0 and position not in chosen]
        chosen += _evenly(pool, places - len(chosen))
    return chosen


def _evenly(pool: Sequence[int], places: int) -> list[int]:
    """`places` of the pool, as evenly apart as can be, with both ends when there are at least two."""
    if places >= len(pool):
        return list(pool)
    if places < 2:
        return list(pool[:places])
    return [pool[number * (len(pool) - 1) // (places - 1)] for number in range(places)]
