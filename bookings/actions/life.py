"""The life of a booking after it was booked: here, in session, done, no-show, cancelled, and back again."""

from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings import reminders
from bookings.asking import is_asked
from bookings.models import Booking
from bookings.models.event import Actor, record
from bookings.models.status import OVER, Status, may_step
from bookings.scheduling.timeline import ceil_tick, instant_of

from .errors import WrongStep
from .locks import in_transaction, lock, locked
from .placing import expire_in_the_way, take_whole_time
from .rewriting import as_seen

STEPPED_BACK = {
    Status.BOOKED: "back to booked",
    Status.ARRIVED: "back to here",
    Status.IN_SESSION: "back to in session",
}
BEFORE = {Status.ARRIVED: Status.BOOKED, Status.IN_SESSION: Status.ARRIVED, Status.DONE: Status.IN_SESSION}


def check_in(*, booking: Booking, by: Actor, now: datetime, version: int | None = None) -> Booking:
    return _step(booking, Status.ARRIVED, "arrived", by, now, version)


def start(*, booking: Booking, by: Actor, now: datetime, version: int | None = None) -> Booking:
    return _step(booking, Status.IN_SESSION, "started", by, now, version)


def finish(*, booking: Booking, by: Actor, now: datetime, version: int | None = None) -> Booking:
    """End a session; what is left of its time is free again."""
    return _step(booking, Status.DONE, "finished", by, now, version)


def confirm(*, booking: Booking, by: Actor, now: datetime) -> Booking:
    """The client says that she comes; saying it again changes nothing. Raises WrongStep when she no longer can."""

    def act() -> Booking:
        current = locked(booking)
        if current.edition != booking.edition or not can_confirm(current, now):
            raise WrongStep(current)
        if current.confirmed_at is None:
            current.confirmed_at = now
            current.version += 1
            current.save(update_fields=["confirmed_at", "version"])
            record(booking=current, verb="confirmed", by=by, now=now)
        return current

    return in_transaction(act)


def can_confirm(booking: Booking, now: datetime) -> bool:
    """Not while the studio asks for another time: she cannot come to what it cannot give."""
    return booking.status == Status.BOOKED and now < booking.during.lower and not is_asked(booking)


def no_show(*, booking: Booking, by: Actor, now: datetime, version: int | None = None) -> Booking:
    """The client did not come; what is left of the time is free again."""
    return _step(booking, Status.NO_SHOW, "no-show", by, now, version)


def cancel(
    *,
    booking: Booking,
    by: Actor,
    now: datetime,
    reason: str = "",
    version: int | None = None,
    cause: str = "",
    is_slip: bool = False,
) -> Booking:
    """Give the time back. Messages that have not left are withdrawn, and a last one says that the session is off.

    `cause`: one of BookingEvent.Cause; a client's own cancellation is hers. `is_slip`: it was booked by mistake a
    moment ago, and only whoever has read of it hears that it is off. Raises Stale, WrongStep.
    """
    cause = cause or ("client" if by.kind == "client" else "")

    def act() -> Booking:
        return _take(_locked(booking, version), Status.CANCELLED, "cancelled", by, now, reason, cause, is_slip)

    return in_transaction(act)


def back(*, booking: Booking, by: Actor, now: datetime, version: int | None = None) -> Booking:
    """Undo the last step of a session's day: here, started, done or no-show.

    Raises WrongStep where there is none, Stale, and SlotTaken when somebody has a part of its time by now.
    """

    def act() -> Booking:
        current = _locked(booking, version)
        to = _before(current)
        if to is None:
            raise WrongStep(current)
        return _take(current, to, STEPPED_BACK[to], by, now)

    return in_transaction(act)


def _before(booking: Booking) -> Status | None:
    """The state before the present one. Somebody may be a no-show after she was here: then she left."""
    if booking.status != Status.NO_SHOW:
        return BEFORE.get(booking.status)
    here = ("arrived", STEPPED_BACK[Status.ARRIVED])
    steps = booking.events.filter(verb__in=[*here, STEPPED_BACK[Status.BOOKED]]).order_by("at", "pk")
    last = steps.last()
    return Status.ARRIVED if last and last.verb in here else Status.BOOKED


def _step(booking: Booking, to: Status, verb: str, by: Actor, now: datetime, version: int | None = None) -> Booking:
    """Take one legal step on the row as it is now. Raises Stale, and WrongStep when the table of steps forbids it.

    A step back from the end of a session takes its whole time again: SlotTaken when somebody has a part of it by now.
    """
    return in_transaction(lambda: _take(_locked(booking, version), to, verb, by, now))


def _locked(booking: Booking, version: int | None) -> Booking:
    lock(therapists=[booking.therapist_id], rooms=[booking.room_id] if booking.room_id else [])
    return as_seen(locked(booking), version)


def _take(
    current: Booking,
    to: Status,
    verb: str,
    by: Actor,
    now: datetime,
    reason: str = "",
    cause: str = "",
    is_slip: bool = False,
) -> Booking:
    if not may_step(current.status, to):
        raise WrongStep(current)
    if current.status in OVER:
        take_whole_time(current)
        expire_in_the_way(current, now)
    current.status = to
    current.version += 1
    if to in OVER:
        current.therapist_block = _ending(current.therapist_block, now)
        current.room_block = current.room_block and _ending(current.room_block, now)
    current.save()
    record(booking=current, verb=verb, by=by, now=now, reason=reason, cause=cause)
    if to == Status.CANCELLED:
        reminders.cancelled(booking=current, now=now, is_slip=is_slip)
    return current


def _ending(block: DateTimeTZRange, now: datetime) -> DateTimeTZRange:
    """A block cut at `now`, rounded up to five minutes, never longer than it was and never empty."""
    cut = max(instant_of(ceil_tick(now)), instant_of(ceil_tick(block.lower) + 1))
    return DateTimeTZRange(block.lower, min(block.upper, cut))
