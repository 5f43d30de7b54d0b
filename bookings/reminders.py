"""Which messages a booking needs, and when each is due. Call it inside the booking's transaction."""

from datetime import datetime

from bookings.models import Booking, Message

CONFIRMATION = "confirmation"


def plan(*, booking: Booking, now: datetime) -> None:
    """Write the rows of the messages that `booking` needs. Planning twice makes no second row."""
    if not booking.email:
        return
    confirmation = Message(
        key=key(booking, CONFIRMATION, Message.Channel.MAIL),
        kind=CONFIRMATION,
        booking=booking,
        client_id=booking.client_id,
        recipient=booking.email,
        due_at=now,
        useful_until=booking.during.lower,
        created_at=now,
    )
    Message.objects.bulk_create([confirmation], ignore_conflicts=True)


def withdraw(*, booking: Booking) -> None:
    """What has not left yet will not leave."""
    booking.messages.filter(state=Message.State.QUEUED).update(state=Message.State.WITHDRAWN)


def key(booking: Booking, kind: str, channel: str) -> str:
    """One message of a kind per channel and edition: a booking that was moved gets new rows."""
    return f"booking/{booking.pk}/{kind}/{channel}/{booking.edition}"
