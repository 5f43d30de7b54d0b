"""A therapist runs late: where the rest of her day would go, and what is in the way of each session."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bookings.models import Booking
from bookings.models.status import Status
from bookings.scheduling.offers import Reason, free_rooms
from bookings.scheduling.timeline import tick_of
from locations.models import Location
from therapists.models import Therapist

from .explain import Explanation, reasons_in
from .rows import Rows, read_rows
from .search import Wish
from .setup import Setup
from .window import Window, paint

SHIFTED = (Status.BOOKED, Status.ARRIVED)
SOFT = frozenset({Reason.CLOSED, Reason.OFF, Reason.LIMIT, Reason.REST})
"""What the desk may overrule with a reason."""
_NOT_ASKED = frozenset({Reason.PAST, Reason.NOTICE, Reason.HORIZON, Reason.GRID, Reason.GAP})
"""What was asked when the session was booked, and is not asked again."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """One session, its new start, a room for it or None, and what is in the way: hard or to be overruled."""

    booking: Booking
    start: datetime
    room: int | None
    why: Explanation | None = None

    @property
    def is_impossible(self) -> bool:
        return self.why is not None and self.why.reason not in SOFT

    @property
    def starts_at(self) -> datetime:
        """The new start on the location's wall clock."""
        return self.start.astimezone(self.booking.location.zone)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.booking.minutes)


def shift_preview(
    setup: Setup, *, therapist: Therapist, location: Location, day: date, minutes: int, from_: datetime, now: datetime
) -> tuple[Shifted, ...]:
    """The sessions of a therapist's day that start at `from_` or later, each `minutes` (in fives) later.

    Three statements beside those of the set-up.
    """
    return shifted(setup, sessions_of(therapist, location, day, from_), minutes, now)


def sessions_of(therapist: Therapist, location: Location, day: date, from_: datetime) -> Sequence[Booking]:
    """Those that have not begun, in the order of time."""
    related = ("location__studio", "length__treatment__style", "therapist", "room", "client")
    rows = Booking.objects.filter(therapist=therapist, location=location, status__in=SHIFTED)
    rows = rows.filter(start_tick__gte=tick_of(from_)).select_related(*related).order_by("start_tick")
    return [row for row in rows.filter(start_tick__lt=tick_of(from_) + 2 * 288) if row.starts_at.date() == day]


def shifted(setup: Setup, bookings: Sequence[Booking], minutes: int, now: datetime) -> tuple[Shifted, ...]:
    """Where these sessions of one day and place would go together. Two statements."""
    if not bookings:
        return ()
    later, gone = timedelta(minutes=minutes), tuple(booking.pk for booking in bookings)
    place = bookings[0].location
    rows = read_rows(place, bookings[0].starts_at.date(), 1, now, gone)
    return tuple(_one(setup, rows, booking, booking.during.lower + later, now) for booking in bookings)


def _one(setup: Setup, rows: Rows, booking: Booking, start: datetime, now: datetime) -> Shifted:
    wish = Wish(booking.location, booking.length, booking.therapist, rows.first_day, days=1)
    asked = setup.asked(booking.therapist)
    window = paint(setup, rows, location=booking.location, length=booking.length, therapists=asked, now=now)
    left = [why for why in reasons_in(window, setup, wish, start) if why.reason not in _NOT_ASKED]
    return Shifted(booking, start, _room(window, booking, tick_of(start) - window.origin), _gravest(left))


def _room(window: Window, booking: Booking, tick: int) -> int | None:
    """Its own room while that is free, else another one that fits."""
    rooms = free_rooms(tick, window.states[0].terms, window.rooms) if window.states else []
    return booking.room_id if booking.room_id in rooms else next(iter(rooms), None)


def _gravest(left: Iterable[Explanation]) -> Explanation | None:
    """What cannot be overruled before what can."""
    return min(left, key=lambda why: why.reason in SOFT, default=None)
