"""Who sends what. A claim leases some rows; beginning one reads its booking again, just before it is handed over.

Beginning and every change of a booking take the same row lock, so one of them comes first. When a cancellation or a
move has returned, nothing written before it is begun any more. What had begun ends within the time of one
conversation, and the next message of the same booking to the same reader waits for that: none overtakes another.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum, auto

from django.db import connection, transaction
from django.db.models import DateTimeField, Func, Q, QuerySet
from django.db.models.expressions import CombinedExpression

from bookings.models import Booking, Message

LEASE = timedelta(seconds=60)
A_BATCH = 20
"""Rows of one claim: a worker that dies keeps so many waiting for the end of their leases."""
NEEDED = (
    "booking__client",
    "booking__therapist",
    "booking__location__studio",
    "booking__length__treatment__style",
    "therapist__user",
    "waiting__location__studio",
    "waiting__length__treatment",
    "waiting__therapist",
)


LOST_TEXT = Q(channel=Message.Channel.SMS, state=Message.State.SENDING, begun_at__isnull=False)


# Run once for every message that leaves, hence in SQL. It follows the lock, in a statement of its own, to see what
# whoever had the lock before has written.
_BEGIN = """
UPDATE bookings_message AS mine
SET attempts = attempts + 1, begun_at = clock_timestamp(), lease_until = clock_timestamp() + %s
WHERE id = %s AND state = 'sending' AND attempts = %s AND NOT EXISTS (
    SELECT FROM bookings_message AS other
    WHERE other.booking_id = mine.booking_id AND other.id <> mine.id
      AND other.therapist_id IS NOT DISTINCT FROM mine.therapist_id
      AND other.state = 'sending' AND other.begun_at IS NOT NULL AND other.lease_until > clock_timestamp())
"""


class Begun(Enum):
    """What came of beginning a message."""

    YES = auto()
    CHANGED = auto()
    """The booking is not as it was read; `message.booking` is now as it is, and has to be judged again."""
    BUSY = auto()
    """Another message of this booking to this reader is being handed over."""
    LOST = auto()
    """The lease ended, and another worker has it or has finished it."""


def lost_texts(now: datetime) -> QuerySet[Message]:
    """Texts whose worker died while it handed them over: they may have left, and a phone shows a doubled text twice."""
    return whole().filter(LOST_TEXT, lease_until__lte=now)


def is_due(channel: str, now: datetime) -> bool:
    return any(rows.exists() for rows in _due(channel, now))


def claim(channel: str, now: datetime, most: int = A_BATCH) -> list[Message]:
    """Take the longest due messages that no other worker has, at most `most`, with their bookings as they are now."""
    mine: list[int] = []
    with transaction.atomic():
        for rows in _due(channel, now):
            free = rows.select_for_update(skip_locked=True).values_list("pk", flat=True)
            mine += free[: most - len(mine)]
        if mine:
            taken = Message.objects.filter(pk__in=mine)
            taken.update(state=Message.State.SENDING, lease_until=from_now(LEASE), begun_at=None)
    return list(whole().filter(pk__in=mine).order_by("due_at", "pk")) if mine else []


def give_back(messages: Sequence[Message]) -> None:
    """Queue again what was claimed and not begun."""
    mine = Message.objects.filter(pk__in=[message.pk for message in messages], begun_at=None)
    mine.filter(state=Message.State.SENDING).update(state=Message.State.QUEUED, lease_until=None)


def begin(message: Message) -> Begun:
    """Count an attempt and renew the lease, if the booking is still as it was read. Hand over directly afterwards."""
    with transaction.atomic():
        if message.booking_id and _version(message.booking_id) != message.booking.version:
            message.booking = bookings().get(pk=message.booking_id)
            return Begun.CHANGED
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN, [LEASE, message.pk, message.attempts])
            is_mine = cursor.rowcount == 1
        if not is_mine:
            return Begun.BUSY if _is_busy(message) else Begun.LOST
    message.attempts += 1
    return Begun.YES


def whole() -> QuerySet[Message]:
    """Messages with all that judging and writing them needs."""
    return Message.objects.select_related(*NEEDED)


def bookings() -> QuerySet[Booking]:
    own = [name.removeprefix("booking__") for name in NEEDED if name.startswith("booking__")]
    return Booking.objects.select_related(*own)


def from_now(pause: timedelta) -> CombinedExpression:
    """An instant on the database's clock: workers on several hosts agree on when a lease ends."""
    return Func(function="clock_timestamp", output_field=DateTimeField()) + pause


def _due(channel: str, now: datetime) -> tuple[QuerySet[Message], QuerySet[Message]]:
    """What dead workers left, and what waits: apart, because each has its own index."""
    rows = Message.objects.filter(channel=channel)
    abandoned = rows.filter(state=Message.State.SENDING, lease_until__lte=now).exclude(LOST_TEXT)
    waiting = rows.filter(state=Message.State.QUEUED, due_at__lte=now)
    return abandoned.order_by("lease_until", "pk"), waiting.order_by("due_at", "pk")


def _version(booking_id: int) -> int:
    """The version of a booking, which stays as it is until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM bookings_booking WHERE id = %s FOR NO KEY UPDATE", [booking_id])
        return cursor.fetchone()[0]


def _is_busy(message: Message) -> bool:
    """Why a row could not be begun: it is still this worker's to begin, but for the others of its booking."""
    return Message.objects.filter(pk=message.pk, state=Message.State.SENDING, attempts=message.attempts).exists()
