"""The state of a session as the desk reads it: a class for its shape and colour, and a word."""

from datetime import datetime

from django.utils.translation import gettext as _

from bookings.models import Booking
from bookings.models.status import Status

CLASSES = {
    Status.HELD: "is-held",
    Status.BOOKED: "is-booked",
    Status.ARRIVED: "is-here",
    Status.IN_SESSION: "is-on",
    Status.DONE: "is-done",
    Status.NO_SHOW: "is-missed",
    Status.CANCELLED: "is-off",
    Status.EXPIRED: "is-off",
}


def state_of(booking: Booking, now: datetime) -> tuple[str, str]:
    """The class and the word: "is-booked is-late", "late 7 min". No query."""
    minutes = int((now - booking.during.lower).total_seconds() // 60)
    if booking.status == Status.BOOKED and minutes >= 1:
        return "is-booked is-late", _("late %(count)s min") % {"count": minutes}
    if booking.status == Status.BOOKED and booking.confirmed_at:
        return "is-confirmed", _("confirmed")
    if booking.status == Status.IN_SESSION:
        return CLASSES[Status.IN_SESSION], _left(booking, now)
    return CLASSES[Status(booking.status)], str(booking.get_status_display())


def _left(booking: Booking, now: datetime) -> str:
    left = -int((now - booking.during.upper).total_seconds() // 60)
    if left < 0:
        return _("%(count)s min over") % {"count": -left}
    return _("%(count)s min left") % {"count": left}
