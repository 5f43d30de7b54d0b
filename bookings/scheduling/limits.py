"""How much a therapist may carry: sessions and hands-on time in a local day, and rest after a run of sessions."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bookings.scheduling.hours import LocalDay
from bookings.scheduling.timeline import Span, span_mask


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
    starts = [start for start, _end in ordered]
    limit_on = [limit_for(weekday, limits) for weekday in range(7)]
    mask = 0
    for day in days:
        limit = limit_on[day.weekday]
        if limit is None:
            continue
        today = ordered[bisect_left(starts, day.start) : bisect_left(starts, day.end)]
        too_many = limit.sessions is not None and len(today) + 1 > limit.sessions
        if too_many or _too_long(length, today, limit):
            mask |= span_mask(day.start, day.end)
    return mask


def without_rest(length: int, sessions: Iterable[Span], limits: Sequence[Limit], days: Iterable[LocalDay]) -> int:
    """The mask of starts at which a session of `length` ticks would be in a run longer than its day allows."""
    limit_on = [limit_for(weekday, limits) for weekday in range(7)]
    days_of: dict[Limit, int] = {}
    for day in days:
        limit = limit_on[day.weekday]
        if limit is not None and limit.run is not None:
            days_of[limit] = days_of.get(limit, 0) | span_mask(day.start, day.end)
    mask = 0
    for limit, where in days_of.items():
        mask |= where & (_overlong(length, sessions, limit) if length <= limit.run else where)
    return mask


def runs_of(sessions: Iterable[Span], rest: int) -> list[Span]:
    """The sessions joined into runs: sessions with less than `rest` ticks between them belong together."""
    joined: list[Span] = []
    for start, end in sorted(sessions):
        if joined and start - joined[-1][1] < rest:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _too_long(length: int, today: Iterable[Span], limit: Limit) -> bool:
    return limit.hands_on is not None and sum(end - start for start, end in today) + length > limit.hands_on


def _overlong(length: int, sessions: Iterable[Span], limit: Limit) -> int:
    """The starts at which a new session joins the run before it, the run after it, or both, to too long a run.

    Session and run join when less than `rest` lies between them: starts from `reach` before the run's start to
    `rest` after its end. Together they last from the earlier start to the later end.
    """
    stretches = runs_of(sessions, limit.rest)
    reach = limit.rest + length - 1
    refused: list[Span] = []
    for number, (begin, finish) in enumerate(stretches):
        first, last = begin - reach, finish + limit.rest
        if finish - begin + reach > limit.run:
            refused.append((first, min(last, finish - limit.run)))
            refused.append((max(first, begin + limit.run - length + 1), last))
        later = number
        while later < len(stretches) and stretches[later][0] - reach < last:
            if stretches[later][1] - begin > limit.run:
                refused.append((stretches[later][0] - reach, last))
            later += 1
    mask = 0
    for first, last in refused:
        mask |= span_mask(first, last)
    return mask
