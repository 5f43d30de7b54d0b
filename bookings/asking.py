"""A session that cannot be given as agreed: its client is asked to choose another time, and until she has, it waits.

The question is a message with the edition in its key. It stands while the booking has that edition: moved, given to
somebody else or cancelled, it is answered, and the message is withdrawn or not sent like all others.
"""

from collections.abc import Iterable
from datetime import datetime

from bookings import reminders
from bookings.models import Booking, Message
from bookings.models.status import Status
from bookings.reminder_rules import Due

OTHER_TIME = "other_time"


def ask(*, booking: Booking, now: datetime) -> None:
    """Withdraw what waits of the session as it was, and ask at once. Whoever is still to give her details is told."""
    waiting = booking.messages.filter(therapist__isnull=True, state=Message.State.QUEUED)
    waiting.exclude(kind=reminders.DETAILS).update(state=Message.State.WITHDRAWN)
    reminders.write(booking, [Due(OTHER_TIME, now, booking.during.lower)], {}, now)


def open_questions(bookings: Iterable[Booking]) -> dict[int, Message]:
    """For each booking that waits for an answer, by its id, the last message that asks.

    One query, none when nobody comes into question: who is asked may change her session until it begins.
    """
    booked = {row.pk: row for row in bookings if _may_be_asked(row)}
    if not booked:
        return {}
    rows = Message.objects.filter(booking__in=booked, kind=OTHER_TIME).exclude(state=Message.State.WITHDRAWN)
    return {row.booking_id: row for row in rows.order_by("pk") if _is_of(row, booked[row.booking_id])}


def is_asked(booking: Booking) -> bool:
    """Whether its client is to choose another time."""
    return booking.pk in open_questions([booking])


def _may_be_asked(booking: Booking) -> bool:
    return booking.status == Status.BOOKED and booking.free_cancel_until >= booking.during.lower


def _is_of(message: Message, booking: Booking) -> bool:
    return message.original_key == reminders.key(booking, OTHER_TIME, message.channel)
