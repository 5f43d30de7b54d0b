"""The life of a booking after it was booked: here, in session, done, no-show, cancelled."""

from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings import reminders
from bookings.models import Booking
from bookings.models.event import Actor, record
from bookings.models.status import OVER, Status, may_step
from bookings.scheduling.timeline import ceil_tick, instant_of

from .errors import WrongStep
from .locks import in_transaction, lock, locked
from .placing import expire_in_the_way, take_whole_time


def check_in(*, booking: Booking, by: Actor, now: datetime) -> Booking:
    return _step(booking, Status.ARRIVED, "arrived", by, now)


def start(*, booking: Booking, by: Actor, now: datetime) -> Booking:
    return _step(booking, Status.IN_SESSION, "started", by, now)


def finish(*, booking: Booking, by: Actor, now: datetime) -> Booking:
    """End a session; what is left of its time is free again."""
    return _step(booking, Status.DONE, "finished", by, now)


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
    return booking.status == Status.BOOKED and now < booking.during.lower


def no_show(*, booking: Booking, by: Actor, now: datetime) -> Booking:
    """The client did not come; what is left of the time is free again."""
    return _step(booking, Status.NO_SHOW, "no-show", by, now)


def cancel(*, booking: Booking, by: Actor, now: datetime, reason: str = "") -> Booking:
    """Give the time back. Messages that have not left are withdrawn, and a last one says that the session is off."""
    return _step(booking, Status.CANCELLED, "cancelled", by, now, reason)


def _step(booking: Booking, to: Status, verb: str, by: Actor, now: datetime, reason: str = "") -> Booking:
    """Take one legal step on the row as it is now. Raises WrongStep when the table of steps forbids it.

    A step back from the end of a session takes its whole time again: SlotTaken when somebody has a part of it by now.
    """

    def act() -> Booking:
        lock(therapists=[booking.therapist_id], rooms=[booking.room_id] if booking.room_id else [])
        current = locked(booking)
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
        record(booking=current, verb=verb, by=by, now=now, reason=reason)
        if to == Status.CANCELLED:
            reminders.cancelled(booking=current, now=now)
        return current

    return in_transaction(act)


def _ending(block: DateTimeTZRange, now: datetime) -> DateTimeTZRange:
    """A block cut at `now`, rounded up to five minutes, never longer than it was and never empty."""
    cut = max(instant_of(ceil_tick(now)), instant_of(ceil_tick(block.lower) + 1))
    return DateTimeTZRange(block.lower, min(block.upper, cut))
