"""Send what is due, and write down what became of each message: it leaves once, and its row says so.

Rows are claimed a few at a time, each is looked at again before it leaves, and nothing is sent inside a transaction.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bookings import rerouting, staff_daily, wanted
from bookings.actions import turns
from bookings.batch import reading_once
from bookings.models import Heartbeat, Message
from bookings.outbox import claims
from bookings.outbox.channels import Delayed, Mail, Refused, Unreachable
from bookings.outbox.claims import Begun, from_now
from bookings.outbox.compose import Composed, compose
from bookings.outbox.sms import Texts, Uncertain
from treatments.placeholders import BadWords

SENDER = "sender"
RETRY_MINUTES = (1, 5, 15, 60)
MOST_ATTEMPTS = len(RETRY_MINUTES) + 1
RUN_SECONDS = 60
LONGEST_REASON = 200
BUSY = timedelta(seconds=2)
"""How long to wait for another message of the same booking that is being handed over."""

logger = logging.getLogger(__name__)


def tick(now: datetime, stopping: Callable[[], bool] = lambda: False) -> dict[str, int]:
    """Plan what leaves once a day, what comes back and what is offered, then send what is due, again and again.

    What goes wrong with the planning keeps nothing from leaving.
    """
    for plan in (staff_daily.plan_daily, rerouting.take_back, turns.plan_offers):
        try:
            plan(now)
        except Exception:
            logger.exception("%s could not be done", plan.__name__)
    return deliver_due(now, stopping=stopping)


def deliver_due(now: datetime, limit: int = 5_000, stopping: Callable[[], bool] = lambda: False) -> dict[str, int]:
    """Send what is due, at most `limit` messages and about a minute of it. Returns how many ended in each state.

    Safe to run twice at once, and as often as one likes. `stopping` is asked before each message. Reasons are kept in
    the language of the source, whatever that of the worker.
    """
    with translation.override(None):
        return _deliver_due(now, limit, stopping)


def _deliver_due(now: datetime, limit: int, stopping: Callable[[], bool]) -> dict[str, int]:
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=SENDER, beat_at=now)], update_conflicts=True, unique_fields=["name"], update_fields=["beat_at"]
    )
    for text in claims.lost_texts(now):
        _fail(text, now, _("The sender stopped in the middle: the text may have left."))
    counts: Counter[str] = Counter()
    stop_at = time.monotonic() + RUN_SECONDS

    def left() -> int:
        return 0 if stopping() or time.monotonic() > stop_at else limit - sum(counts.values())

    for kind in (Texts, Mail):  # texts first: a silent gateway costs one wait, a silent mail server one a mail
        with kind() as sender:
            for message in _claimed(sender, now, left):
                counts[deliver(message, sender, now)] += 1
    return dict(counts)


def _claimed(sender: Mail | Texts, now: datetime, left: Callable[[], int]) -> Iterator[Message]:
    """One message after the other, while `left()` is more than none and the sender is ready for it."""
    while left() > 0 and claims.is_due(sender.channel, now) and _is_ready(sender, now):
        batch = claims.claim(sender.channel, now, min(claims.A_BATCH, left()))
        with reading_once():
            for place, message in enumerate(batch):
                if left() <= 0 or not _is_ready(sender, now):
                    claims.give_back(batch[place:])
                    return
                yield message
        if not batch:
            return


def _is_ready(sender: Mail | Texts, now: datetime) -> bool:
    """Whether there is somebody to hand messages to. If not, what waits loses no attempt, and the desk reads why."""
    try:
        sender.open()
    except Unreachable as error:
        waiting = Message.objects.filter(state=Message.State.QUEUED, due_at__lte=now, channel=sender.channel)
        waiting.exclude(reason=str(error)).update(reason=str(error))
        return False
    return True


def deliver(message: Message, sender: Mail | Texts, now: datetime) -> str:
    """Send one claimed message and write down what became of it. Whatever goes wrong stays with this message."""
    if message.attempts >= MOST_ATTEMPTS:
        return _fail(message, now, _("Gave up: the sender stopped in the middle, again and again."))
    if reason := out_of_date(message, now):
        return _settle(message, Message.State.SKIPPED, reason=reason)
    if message.booking and (later := wanted.quiet_until(message, message.booking, now)):
        # It is late: a worker was down, or an attempt failed. Waiting is not an attempt.
        return _settle(message, Message.State.QUEUED, due_at=later)
    try:
        composed = compose(message)
    except BadWords as error:
        return _fail(message, now, str(error))
    except Exception:
        logger.exception("Message %s could not be written", message.pk)
        composed = None
    begun = claims.begin(message)
    if begun == Begun.CHANGED:
        return deliver(message, sender, now)
    if begun == Begun.BUSY:
        return _settle(message, Message.State.QUEUED, due_at=from_now(BUSY))
    if begun == Begun.LOST:
        return _taken_over(message)
    if composed is None:
        return _try_later(message, now, _("The message could not be written."))
    return _hand_over(message, composed, sender, now)


def _hand_over(message: Message, composed: Composed, sender: Mail | Texts, now: datetime) -> str:
    try:
        sender.send(message, composed)
    except Refused as error:
        return _fail(message, now, str(error))
    except Uncertain as error:
        return _fail(message, now, str(error), recipient=composed.recipient, text=composed.text)
    except (Delayed, Unreachable) as error:
        return _try_later(message, now, str(error))
    return _sent(message, composed)


def out_of_date(message: Message, now: datetime) -> str:
    """Why a message must not leave any more; empty when it should."""
    if message.useful_until and now >= message.useful_until:
        return _("It was too late to be of use.")
    return wanted.why_not(message)


def _sent(message: Message, composed: Composed) -> str:
    words = {"subject": composed.subject, "text": composed.text, "html": composed.html}
    return _settle(message, Message.State.SENT, recipient=composed.recipient, sent_at=from_now(timedelta()), **words)


def _try_later(message: Message, now: datetime, reason: str) -> str:
    """Queue it again after 1, 5, 15, 60 minutes, unless that is too often or too late."""
    if message.attempts >= MOST_ATTEMPTS:
        return _fail(message, now, reason)
    pause = timedelta(minutes=RETRY_MINUTES[message.attempts - 1])
    if message.useful_until and now + pause >= message.useful_until:
        return _fail(message, now, reason)
    return _settle(message, Message.State.QUEUED, reason=reason, due_at=from_now(pause))


def _fail(message: Message, now: datetime, reason: str, **words: str) -> str:
    """Write that it did not leave, with the words of one that may have; in one transaction plan the other way."""
    with transaction.atomic():
        if _mark(message, Message.State.FAILED, reason=reason, **words) and message.booking:
            rerouting.fall_back(message=message, booking=message.booking, now=now)
    return Message.State.FAILED


def _settle(message: Message, state: str, **fields) -> str:
    _mark(message, state, **fields)
    return state


def _mark(message: Message, state: str, **fields) -> bool:
    """Write the outcome, if the message is still this worker's: its lease may have ended and another one has it."""
    fields = {"reason": ""} | fields | {"state": state, "lease_until": None}
    if state == Message.State.FAILED:
        fields["failed_at"] = from_now(timedelta())
    fields["reason"] = fields["reason"][:LONGEST_REASON]
    if message.is_secret and state != Message.State.QUEUED:
        fields |= {"text": "", "html": ""}
    mine = Message.objects.filter(pk=message.pk, state=Message.State.SENDING, attempts=message.attempts)
    is_mine = bool(mine.update(**fields))
    if not is_mine:
        _taken_over(message)
    return is_mine


def _taken_over(message: Message) -> str:
    logger.warning("Message %s was taken over by another worker", message.pk)
    return Message.State.SENDING
