"""The demo's history: what happened to each booking, and the mails that left or failed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from bookings.models import Booking, BookingEvent, Message
from bookings.models.status import Status
from spa import texts

FAILURES = ["550 No such mailbox here", "The mail server did not answer within 20 seconds", "552 Mailbox is full"]


def make_events(bookings: Iterable[Booking], desk: User, now: datetime) -> None:
    rows = [event for booking in bookings for event in _events(booking, desk, now)]
    BookingEvent.objects.bulk_create(sorted(rows, key=lambda event: event.at))


def _events(booking: Booking, desk: User, now: datetime) -> list[BookingEvent]:
    start, end = booking.during.lower, booking.during.upper
    online = booking.source == Booking.Source.ONLINE
    steps: dict[str, list[tuple[str, datetime]]] = {
        Status.ARRIVED: [("arrived", start)],
        Status.IN_SESSION: [("arrived", start), ("started", start)],
        Status.DONE: [("arrived", start), ("started", start), ("finished", end)],
        Status.NO_SHOW: [("no-show", start + timedelta(minutes=11))],
    }
    if booking.status == Status.CANCELLED:
        cancelled = min(start, now) - timedelta(minutes=75)
        return [
            _event(booking, "booked", booking.created_at, None if online else desk),
            _event(booking, "cancelled", cancelled, None),
        ]
    if booking.status in (Status.HELD, Status.EXPIRED):
        return []
    later = [_event(booking, verb, min(at, now), desk) for verb, at in steps.get(booking.status, [])]
    return [_event(booking, "booked", booking.created_at, None if online else desk), *later]


def _event(booking: Booking, verb: str, at: datetime, staff: User | None) -> BookingEvent:
    return BookingEvent(
        booking=booking, verb=verb, at=at, by="staff" if staff else "client", actor=staff, after=booking.during
    )


def make_messages(bookings: Iterable[Booking], draw: Random) -> None:
    """One confirmation per agreed booking; about one in sixty failed for good."""
    rows = [_confirmation(booking, draw) for booking in bookings if booking.client_id and booking.email]
    Message.objects.bulk_create(rows)


def _confirmation(booking: Booking, draw: Random) -> Message:
    when = texts.whole(booking.starts_at, booking.ends_at)
    message = Message(
        key=f"booking/{booking.pk}/confirmation/mail/{booking.edition}",
        kind="confirmation", booking=booking, client=booking.client, recipient=booking.email,
        due_at=booking.created_at, created_at=booking.created_at, attempts=1,
        state=Message.State.SENT, sent_at=booking.created_at + timedelta(seconds=4),
        subject=f"Booked: {when}",
        text=f"{booking.treatment_name} with {booking.therapist.name}, {when}, {booking.location.address}.",
    )  # fmt: skip
    if draw.random() < 1 / 60:
        message.state, message.sent_at, message.attempts = Message.State.FAILED, None, 5
        message.reason, message.failed_at = draw.choice(FAILURES), booking.created_at + timedelta(hours=1)
    return message
