"""How much a therapist may carry: sessions and hands-on time in a local day, and rest after a run of sessions."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from bookings.scheduling.hours import LocalDay
from bookings.scheduling.timeline import Span, mask_of, span_mask


@dataclass(frozen=True, slots=True)
class Limit:
    """What one therapist may carry on one weekday (0 is Monday) or, with `weekday` None, on every day.

    `sessions` a day; `hands_on` ticks a day; `run` ticks is the longest stretch, from the first start to the last
    end, of sessions with less than `rest` ticks between them. None means no limit. A weekday's own limit replaces
    the every-day one as a whole.
    """

    weekday: int | None = None
    sessions: int | None = None
    hands_on: int | None = None
    run: int | None = None
    rest: int = 0


def limit_for(weekday: int, limits: Iterable[Limit]) -> Limit | None:
    """The limit that holds on a weekday: its own, else the every-day one, else none."""
    every_day = None
    for limit in limits:
        if limit.weekday == weekday:
            return limit
        if limit.weekday is None and every_day is None:
            every_day = limit
    return every_day


def full_days(length: int, sessions: Iterable[Span], limits: Sequence[Limit], days: Iterable[LocalDay]) -> int:
    """The mask of the days on which one more session of `length` ticks is too much.

    A session counts on the local day on which it starts, with its whole length.
    """
    ordered = sorted(sessions)
    hands_on: list[int] = []
    if any(limit.hands_on is not None for limit in limits):
        hands_on = list(accumulate([end - start for start, end in ordered], initial=0))
    limit_on = [limit_for(weekday, limits) for weekday in range(7)]
    mask = 0
    for day in days:
        limit = limit_on[day.weekday]
        if limit is None:
            continue
        first, last = bisect_left(ordered, (day.start,)), bisect_left(ordered, (day.end,))
        too_many = limit.sessions is not None and last - first + 1 > limit.sessions
        too_long = limit.hands_on is not None and hands_on[last] - hands_on[first] + length > limit.hands_on
        if too_many or too_long:
            mask |= span_mask(day.start, day.end)
    return mask


def without_rest(length: int, sessions: Iterable[Span], limits: Sequence[Limit], days: Iterable[LocalDay]) -> int:
    """The mask of starts at which a session of `length` ticks would be in a run longer than its day allows."""
    limit_on = [limit_for(weekday, limits) for weekday in range(7)]
    stretches: dict[int, list[Span]] = {}
    mask = 0
    for limit, group in groupby(days, key=lambda day: limit_on[day.weekday]):
        if limit is None or limit.run is None:
            continue
        if limit.rest not in stretches:
            stretches[limit.rest] = runs_of(sessions, limit.rest)
        alike = list(group)
        start, end = max(alike[0].start, 0), alike[-1].end
        near = _near(start, end + length + limit.rest, stretches[limit.rest])
        refused = _overlong(length, near, limit) if length <= limit.run else [(start, end)]
        mask |= mask_of(refused, start, end - start) << start
    return mask


def runs_of(sessions: Iterable[Span], rest: int) -> list[Span]:
    """The sessions joined into runs: sessions with less than `rest` ticks between them belong together."""
    ordered = sorted(sessions)
    if not ordered:
        return []
    joined: list[Span] = []
    begin, finish = ordered[0]
    for start, end in ordered:
        if start - finish >= rest:
            joined.append((begin, finish))
            begin, finish = start, end
        elif end > finish:
            finish = end
    return [*joined, (begin, finish)]


def _near(start: int, end: int, stretches: list[Span]) -> list[Span]:
    """The runs that begin in [start, end), and the last one before: no earlier one is within rest of `start`."""
    return stretches[max(bisect_left(stretches, (start,)) - 1, 0) : bisect_left(stretches, (end,))]


def _overlong(length: int, stretches: list[Span], limit: Limit) -> list[Span]:
    """The spans of starts at which a new session makes too long a run with the run before it, after it, or both.

    New session and run join when less than `rest` lies between them, and last from the earlier start to the later
    end. A start on top of a session is of no interest here: she is busy then.
    """
    longest, rest, reach = limit.run, limit.rest, limit.rest + length - 1
    refused: list[Span] = []
    for begin, finish in stretches:
        if finish - begin > longest:
            refused.append((begin - reach, finish + rest))
        elif finish - begin + reach > longest:
            refused.append((begin - reach, finish - longest))
            refused.append((begin + longest - length + 1, finish + rest))
    for (begin, finish), (next_begin, next_finish) in pairwise(stretches):
        if next_begin - finish < reach + rest and next_finish - begin > longest:
            refused.append((next_begin - reach, finish + rest))
    return refused
