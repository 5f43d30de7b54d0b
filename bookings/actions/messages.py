"""What the desk does about a message that did not arrive: send it again, or ring instead."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from bookings import reasons, reminder_rows, staff_notices, waiting_notices, wanted
from bookings.asking import OTHER_TIME
from bookings.models import Booking, Message
from bookings.models.event import Actor, record
from bookings.models.message import AGAIN
from bookings.reminder_rules import BEFORE

from .locks import in_transaction

REPEATED = (Message.State.SENT, Message.State.FAILED, Message.State.SKIPPED)
REPLACED = (Message.State.QUEUED, Message.State.FAILED)
UNTIL_IT_BEGINS = (*BEFORE, *reminder_rows.ANSWERS, reminder_rows.DETAILS, OTHER_TIME)
OF_THEIR_EDITION = (OTHER_TIME, reminder_rows.STANDS)
"""What makes no sense of a session that was changed since."""
LONGEST_REASON = 200
USEFUL_FOR = timedelta(days=1)


class WrongMessage(Exception):
    """This cannot be done with the message as it is now. `reason` says why, in a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def send_again(*, message: Message, by: Actor, now: datetime) -> Message:
    """Queue a row of its own that repeats a message, with the words as they are now; the old row stays true.

    Each row is repeated once: asked again, the same new row comes back. Raises WrongMessage.
    """

    def act() -> Message:
        current = _locked(message)
        if found := repeated_by(current):
            return found
        copy = _copy(current, now)
        if reason := cannot_repeat(current) or _no_use(copy, now):
            raise WrongMessage(reason)
        copy.save()
        if copy.booking:
            record(booking=copy.booking, verb="sent again", by=by, now=now, reason=copy.kind)
        return copy

    return in_transaction(act)


def called_instead(*, message: Message, note: str, by: Actor, now: datetime) -> Message:
    """Somebody rang: the message need not leave any more. `note` says who was told what. Raises WrongMessage."""

    def act() -> Message:
        current = _locked(message)
        if not can_be_replaced(current):
            raise WrongMessage(_("This message does not wait any more, and it did not fail: it is as you see it now."))
        said = _(reasons.CALLED) % {"note": note}
        current.state, current.reason = Message.State.SKIPPED, reasons.of_call(note, current.reason)[:LONGEST_REASON]
        current.save(update_fields=["state", "reason"])
        record(booking=current.booking, verb="called instead", by=by, now=now, reason=said[:LONGEST_REASON])
        return current

    return in_transaction(act)


def cannot_repeat(message: Message) -> str:
    """Why this row is not to be sent again at all, in a sentence; empty when it may be tried."""
    if message.is_secret:
        return _("It held a code or a link for one person. Ask that person to request a new one.")
    if message.state == Message.State.WITHDRAWN:
        return _("It was withdrawn, because the booking changed.")
    if message.state not in REPEATED:
        return _("It has not left yet: it leaves by itself when it is due.")
    return ""


def can_be_replaced(message: Message) -> bool:
    return message.booking_id is not None and message.state in REPLACED


def repeated_by(message: Message) -> Message | None:
    """The row that repeats this one, for the booking as it is now."""
    return Message.objects.filter(key=_key(message)).first()


def _locked(message: Message) -> Message:
    related = Message.objects.select_related(
        "booking__location__studio", "booking__therapist", "booking__length__treatment__style", "therapist__user"
    )
    return related.select_for_update(of=("self",)).get(pk=message.pk)


def _copy(message: Message, now: datetime) -> Message:
    is_own_words = message.booking is None and message.kind not in (*staff_notices.KINDS, *waiting_notices.KINDS)
    words = {"subject": message.subject, "text": message.text, "html": message.html} if is_own_words else {}
    return Message(
        key=_key(message),
        kind=message.kind,
        booking=message.booking,
        client_id=message.client_id,
        therapist=message.therapist,
        waiting=message.waiting,
        channel=message.channel,
        recipient=message.recipient,
        due_at=now,
        useful_until=_useful_until(message, now),
        created_at=now,
        **words,
    )


def _key(message: Message) -> str:
    """The key of the row that repeats this one; a booking that was moved since gets words of its own edition, where the
    message makes sense of it."""
    return f"{_base(message, message.booking)}{AGAIN}{message.pk}"


def _base(message: Message, booking: Booking | None) -> str:
    if booking is None or message.kind in OF_THEIR_EDITION:
        return message.original_key
    if message.therapist_id:
        return staff_notices.key(booking, message.kind, message.therapist_id)
    return reminder_rows.key(booking, message.kind, message.channel)


def _useful_until(message: Message, now: datetime) -> datetime:
    """What comes before a session is of use until then; a step before it until its own end; the rest for a day."""
    if message.kind in BEFORE and message.useful_until:
        return message.useful_until
    if message.kind in UNTIL_IT_BEGINS and message.booking:
        return message.booking.during.lower
    return now + USEFUL_FOR


def _no_use(copy: Message, now: datetime) -> str:
    if copy.useful_until <= now:
        return _("It would be too late to be of use. Ring instead.")
    return wanted.why_not(copy)
