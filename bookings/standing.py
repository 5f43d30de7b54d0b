"""Where a booking stands for its client: still to come, begun, over; and what she may still change herself."""

from datetime import datetime
from enum import StrEnum

from bookings.models import Booking
from bookings.models.status import Status


class Standing(StrEnum):
    AHEAD = "ahead"
    BEGUN = "begun"
    OVER = "over"
    MISSED = "missed"
    CANCELLED = "cancelled"


_ENDS = {Status.DONE: Standing.OVER, Status.NO_SHOW: Standing.MISSED, Status.CANCELLED: Standing.CANCELLED}


def standing(booking: Booking, now: datetime) -> Standing:
    """By what the desk has noted, and by the clock where it has noted nothing."""
    if booking.status in _ENDS:
        return _ENDS[booking.status]
    if now >= booking.during.upper:
        return Standing.OVER
    has_begun = booking.status == Status.IN_SESSION or now >= booking.during.lower
    return Standing.BEGUN if has_begun else Standing.AHEAD


def may_cancel(booking: Booking, now: datetime) -> bool:
    """Until the session begins, or until she is here; whether it is free is said beside the button."""
    return booking.status == Status.BOOKED and now < booking.during.lower


def may_move(booking: Booking, now: datetime) -> bool:
    """While cancelling is free: else a move would be a way around the studio's rule. Later she rings."""
    return booking.status == Status.BOOKED and now < booking.free_cancel_until
