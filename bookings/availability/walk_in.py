"""Who can take somebody who stands at the desk, and when: the earliest honest start of each therapist today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bookings.scheduling.hours import LocalDay
from bookings.scheduling.limits import limit_for
from bookings.scheduling.offers import TherapistState, therapist_starts
from bookings.scheduling.timeline import TICK_MINUTES, span_mask
from locations.models import Location
from therapists.models import Therapist
from treatments.models import Length

from .rows import read_rows
from .search import wall_clock
from .setup import Setup
from .window import Window, paint


@dataclass(frozen=True, slots=True)
class WalkIn:
    """A therapist's earliest start today, on the location's wall clock, and what she can give from then on.

    `lengths` in the order of the menu; `minutes_free` until she is busy or goes home; `sessions` of hers today, and
    their `limit` or None.
    """

    therapist: Therapist
    start: datetime
    lengths: tuple[Length, ...]
    minutes_free: int
    sessions: int
    limit: int | None


@dataclass(frozen=True, slots=True)
class _Choice:
    """The starts of one length today that one therapist can give."""

    length: Length
    state: TherapistState
    starts: int


def walk_in(setup: Setup, location: Location, now: datetime) -> tuple[WalkIn, ...]:
    """The therapists who have a start left today, the earliest first, then the least booked.

    Rest, limits, hours, rooms and props hold; the notice and the start minutes of online bookings do not. Two
    statements beside those of the set-up.
    """
    today = now.astimezone(location.zone).date()
    rows = read_rows(location, today, 1, now)
    windows = [
        paint(setup, rows, location=location, length=length, therapists=setup.givers(length.treatment), now=now)
        for length in setup.lengths
    ]
    found = [_of_one(person, [window.at_desk() for window in windows]) for person in setup.therapists]
    order = {person.pk: place for place, person in enumerate(setup.therapists)}
    return tuple(sorted(filter(None, found), key=lambda one: (one.start, one.sessions, order[one.therapist.pk])))


def _of_one(person: Therapist, windows: list[Window]) -> WalkIn | None:
    choices = [choice for window in windows for choice in _choices(person, window)]
    if not choices:
        return None
    window, day = windows[0], _today(windows[0])
    first = min(_lowest(choice.starts) for choice in choices)
    fitting = [choice for choice in choices if choice.starts >> first & 1]
    sessions = [start for start, _end in fitting[0].state.sessions if day.start <= start < day.end]
    limit = limit_for(day.weekday, fitting[0].state.limits)
    return WalkIn(
        therapist=person,
        start=wall_clock(window.origin + first, window.location.zone),
        lengths=tuple(choice.length for choice in fitting),
        minutes_free=max(_run(choice.state.free >> first) for choice in fitting) * TICK_MINUTES,
        sessions=len(sessions),
        limit=limit.sessions if limit else None,
    )


def _choices(person: Therapist, window: Window) -> Iterator[_Choice]:
    day = _today(window)
    for state in window.states:
        if state.id == person.pk:
            starts = therapist_starts(state, window.rooms, window.rules) & span_mask(day.start, day.end)
            if starts:
                yield _Choice(window.length, state, starts)


def _today(window: Window) -> LocalDay:
    """The one searched day."""
    return window.rules.days[0]


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1


def _run(mask: int) -> int:
    """How many ticks in a row from the first one."""
    return _lowest(~mask)
