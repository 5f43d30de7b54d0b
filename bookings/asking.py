"""A session that cannot be given as agreed: its client is asked to choose another time, and until she has, it waits.

The question is a message with the edition in its key. It stands while the booking has that edition: moved, given to
somebody else or cancelled, it is answered, and the message is withdrawn or not sent like all others.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_noop

from bookings import reach, reminder_rows, reminders
from bookings.models import Booking, Message
from bookings.models.message import CALLED, of_edition
from bookings.models.status import Status
from bookings.reminder_rules import Due

OTHER_TIME = "other_time"
ASKED = (Message.State.QUEUED, Message.State.SENDING, Message.State.SENT)
"""Of a question in any other state its client knows nothing, but for those that are KNOWN."""
STILL = gettext_noop("The client was asked before, and has not answered.")
"""The reason of a row that asks nobody: what answered an earlier question was undone before anybody had read of it."""
KNOWN = Q(reason=STILL) | CALLED
"""Questions that did not leave and yet have reached their client: asked before, or on the phone."""


def ask(*, booking: Booking, now: datetime) -> None:
    """Withdraw what waits of the session as it was, and ask at once. Whoever is still to give her details is told."""
    waiting = booking.messages.filter(therapist__isnull=True, state=Message.State.QUEUED)
    waiting.exclude(kind=reminder_rows.DETAILS).update(state=Message.State.WITHDRAWN)
    reminder_rows.write(booking, [Due(OTHER_TIME, now, booking.during.lower)], {}, now)


def open_questions(bookings: Iterable[Booking]) -> dict[int, Message]:
    """For each booking that waits for an answer, by its id, the message that asks.

    The last that has reached her; when none has, the last. One query, none when nobody comes into question: who is
    asked may change her session until it begins.
    """
    booked = {row.pk: row for row in bookings if _may_be_asked(row)}
    if not booked:
        return {}
    rows = Message.objects.filter(booking__in=booked, kind=OTHER_TIME).exclude(state=Message.State.WITHDRAWN)
    present = [row for row in rows if _is_of(row, booked[row.booking_id])]
    return {row.booking_id: row for row in sorted(present, key=lambda row: (has_reached(row), row.pk))}


def is_asked(booking: Booking) -> bool:
    """Whether its client is to choose another time."""
    return booking.pk in open_questions([booking])


def waits() -> Case:
    """Whether a booking waits for an answer, as an annotation: `open_questions` without those that did not leave.

    The messages are read of those bookings only whose client may change until the start.
    """
    question = Message.objects.filter(of_edition(OuterRef("edition")), booking=OuterRef("pk"), kind=OTHER_TIME)
    question = question.filter(Q(state__in=ASKED) | KNOWN)
    may_be_asked = Q(status=Status.BOOKED, during__startswith__lte=F("free_cancel_until"))
    return Case(When(may_be_asked, then=Exists(question)), default=Value(False), output_field=BooleanField())


def has_reached(question: Message) -> bool:
    """Whether its client knows of a question, or will in a moment."""
    return question.state in ASKED or question.reason == STILL or question.was_called


def is_read(booking: Booking) -> bool:
    """Whether the question that stands has left, or was put on the phone: its client may know of it."""
    return _read(booking, booking.edition).exists()


def was_read(booking: Booking) -> bool:
    """The same of the edition before, after its question was taken back."""
    return _read(booking, booking.edition - 1).exists()


def resume(*, booking: Booking, now: datetime) -> bool:
    """After a change was undone that had answered a question: it stands again. False when there was none.

    Whoever has read it, and nothing since, is not asked twice: a row says that she was. Everybody else is asked anew,
    and hears by that how her session stands. The caller has counted `edition` up by one for the undoing.
    """
    was_asked = booking.messages.filter(of_edition(booking.edition - 2), kind=OTHER_TIME).exists()
    if not was_asked or booking.status != Status.BOOKED or booking.during.lower <= now or not reach.addresses(booking):
        return False
    read = list(_read(booking, booking.edition - 2))
    knows_more = reminder_rows.heard(booking).filter(of_edition(booking.edition - 1)).exists()
    reminders.withdraw_for_the_next(booking, now)
    if read and not knows_more:
        Message.objects.bulk_create([_asked_before(booking, row) for row in read], ignore_conflicts=True)
    else:
        reminder_rows.write(booking, [Due(OTHER_TIME, now, booking.during.lower)], {}, now)
    return True


def _asked_before(booking: Booking, row: Message) -> Message:
    """What says of this edition since when its client is asked."""
    due = Due(OTHER_TIME, row.due_at, booking.during.lower)
    copy = reminder_rows.row_of(booking, due, row.channel, row.recipient, row.created_at)
    copy.state, copy.reason = Message.State.SKIPPED, str(STILL)
    return copy


def _read(booking: Booking, edition: int) -> QuerySet[Message]:
    """The questions of an edition that have left or were put on the phone, also those that stand for one of before."""
    rows = booking.messages.filter(of_edition(edition), kind=OTHER_TIME)
    return rows.left() | rows.filter(KNOWN)


def _may_be_asked(booking: Booking) -> bool:
    return booking.status == Status.BOOKED and booking.free_cancel_until >= booking.during.lower


def _is_of(message: Message, booking: Booking) -> bool:
    return message.original_key == reminder_rows.key(booking, OTHER_TIME, message.channel)
