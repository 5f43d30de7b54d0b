"""A therapist cannot come: who else could take each of her sessions at its own time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from bookings.models import Booking
from bookings.scheduling.offers import TherapistState, therapist_starts
from therapists.models import Therapist

from .rows import Rows, read_rows
from .setup import Setup
from .window import Window, paint


@dataclass(frozen=True, slots=True)
class StandIn:
    """One session, and who could take it: the least booked of that day first. `asked_for`: ask this client first."""

    booking: Booking
    therapists: tuple[Therapist, ...]

    @property
    def asked_for(self) -> bool:
        return self.booking.asked_for_therapist


def stand_ins(setup: Setup, bookings: Iterable[Booking], now: datetime) -> tuple[StandIn, ...]:
    """For each session, in the order of time, the other therapists who give its style and are free with a room.

    Their hours, limits and rest hold. Those whose client asked for this therapist come first. Two statements for each
    day and place, however many sessions; they need their location, length and treatment at hand.
    """
    ordered = sorted(bookings, key=_day)
    gone = tuple(booking.pk for booking in ordered)
    found = []
    for (_place, day), some in groupby(ordered, key=_day):
        group = list(some)
        rows = read_rows(group[0].location, day, 1, now, gone)
        found += [StandIn(booking, _others(setup, rows, booking, now)) for booking in group]
    return tuple(sorted(found, key=lambda one: (not one.asked_for, one.booking.during.lower, one.booking.pk)))


def _day(booking: Booking) -> tuple[int, date]:
    return booking.location_id, booking.starts_at.date()


def _others(setup: Setup, rows: Rows, booking: Booking, now: datetime) -> tuple[Therapist, ...]:
    givers = setup.givers(booking.length.treatment)
    people = {person.pk: person for person in givers if person.pk != booking.therapist_id}
    place = booking.location
    window = paint(setup, rows, location=place, length=booking.length, therapists=people.values(), now=now).at_desk()
    tick = booking.start_tick - window.origin
    free = [state for state in window.states if therapist_starts(state, window.rooms, window.rules) >> tick & 1]
    return tuple(people[state.id] for state in sorted(free, key=lambda state: _load(state, window)))


def _load(state: TherapistState, window: Window) -> int:
    day = window.rules.days[0]
    return sum(end - start for start, end in state.sessions if day.start <= start < day.end)
