"""The messages of a booking as rows: their kinds, their keys, and how one is written."""

from datetime import datetime

from django.db.models import QuerySet

from bookings import reach
from bookings.advice import moments_for
from bookings.guidance import Kind as AdviceKind
from bookings.models import Booking, Message
from bookings.reminder_rules import AFTER, BEFORE, Due, Quiet, Session
from bookings.reminder_steps import TimelineStep

CONFIRMATION = "confirmation"
MOVED = "moved"
CANCELLED = "cancelled"
STANDS = "stands"
DETAILS = "details"
ANSWERS = (CONFIRMATION, MOVED, STANDS)
"""What says at once how a session stands that takes place."""
TIMELINE = (*BEFORE, *AFTER)
TELLING = (*ANSWERS, *TIMELINE)
"""What tells of a session that it takes place."""


def of_client(booking: Booking) -> QuerySet[Message]:
    return booking.messages.filter(therapist__isnull=True)


def heard(booking: Booking) -> QuerySet[Message]:
    """What told her of the session, not only that something is missing."""
    return of_client(booking).left().exclude(kind=DETAILS)


def key(booking: Booking, kind: str, channel: str) -> str:
    """One message of a kind per channel and edition: a booking that was moved gets new rows."""
    return f"booking/{booking.pk}/{kind}/{channel}/{booking.edition}"


def session_of(booking: Booking) -> Session:
    """What the rules of the timeline need to know of a booking. One query."""
    meals = [moment.at for moment in moments_for(booking) if moment.kind == AdviceKind.MEAL]
    return Session(booking.during.lower, booking.during.upper, booking.location.zone, min(meals, default=None))


def write(booking: Booking, dues: list[Due], steps: dict[str, TimelineStep], now: datetime) -> list[str]:
    """Make the rows of these messages where there are none; return their keys."""
    possible = reach.addresses(booking)
    rows = [
        row_of(booking, due, channel, possible[channel], now)
        for due in dues
        for channel in (
            reach.for_steps(booking, possible, steps[due.kind].channels)
            if due.kind in steps
            else reach.for_answers(possible)
        )
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return [row.key for row in rows]


def row_of(booking: Booking, due: Due, channel: str, address: str, now: datetime) -> Message:
    return Message(
        key=key(booking, due.kind, channel),
        kind=due.kind,
        booking=booking,
        client_id=booking.client_id,
        channel=channel,
        recipient=address,
        due_at=due.at,
        useful_until=due.useful_until,
        created_at=now,
    )


def quiet_hours(booking: Booking) -> Quiet:
    return Quiet(booking.location.quiet_from, booking.location.quiet_until)
