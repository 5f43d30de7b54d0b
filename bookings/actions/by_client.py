"""What a client does through the link of her booking. Each is decided on the row as it is under the locks."""

from datetime import datetime

from bookings.availability import Wish
from bookings.models import Booking
from bookings.models.event import CLIENT
from bookings.standing import may_cancel, may_move

from .change import Change
from .errors import Stale, WrongStep
from .life import cancel
from .locks import in_transaction, lock, locked
from .moving import move


def cancel_own(*, booking: Booking, now: datetime) -> Booking:
    """Give up the session that she saw. Raises Stale when it was moved since, WrongStep when it is too late."""

    def act() -> Booking:
        lock(therapists=[booking.therapist_id], rooms=[booking.room_id] if booking.room_id else [])
        current = locked(booking)
        if not may_cancel(current, now):
            raise WrongStep(current)
        if current.edition != booking.edition:
            raise Stale(current)
        return cancel(booking=current, by=CLIENT, now=now)

    return in_transaction(act)


def move_own(*, booking: Booking, wish: Wish, start: datetime, now: datetime) -> Booking:
    """Move the session that she saw, while that is free. Raises what `move` raises for a client.

    Her own row decides whether it is free; another version of it raises Stale.
    """
    if not may_move(booking, now):
        raise WrongStep(booking)
    return move(booking=booking, wish=wish, start=start, change=Change(by=CLIENT, now=now, version=booking.version))
