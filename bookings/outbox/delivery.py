"""Claim, send, mark: each due message leaves once, and a row says what became of it.

A claim is a lease in a short transaction of its own; the attempt is counted before sending, so a worker that
dies leaves a row that another one takes when the lease ends. Nothing is sent inside a transaction.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, F, Func, QuerySet
from django.db.models.expressions import CombinedExpression
from django.utils import translation
from django.utils.translation import gettext as _

from bookings import reach, reminders, rerouting, sharing, staff_daily
from bookings.actions import turns
from bookings.models import Heartbeat, Message
from bookings.outbox.channels import Delayed, Mail, Refused, Unreachable
from bookings.outbox.compose import Composed, compose
from bookings.outbox.sms import Texts, Uncertain
from treatments.placeholders import BadWords

SENDER = "sender"
LEASE = timedelta(seconds=60)
RETRY_MINUTES = (1, 5, 15, 60)
MOST_ATTEMPTS = len(RETRY_MINUTES) + 1
RUN_SECONDS = 60
LONGEST_REASON = 200
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

logger = logging.getLogger(__name__)


def tick(now: datetime, stopping: Callable[[], bool] = lambda: False) -> dict[str, int]:
    """Plan what leaves once a day, what comes back and what is offered, then send what is due, again and again.

    What goes wrong with the planning keeps nothing from leaving.
    """
    for plan in (staff_daily.plan_daily, sharing.take_back, turns.plan_offers):
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
    _fail_lost_texts(now)
    counts: Counter[str] = Counter()
    stop_at = time.monotonic() + RUN_SECONDS
    for kind in (Texts, Mail):  # texts first: a silent gateway costs one wait, a silent mail server one a mail
        with kind() as sender:
            while sum(counts.values()) < limit and time.monotonic() < stop_at and not stopping():
                message = _next(sender, now)
                if message is None:
                    break
                counts[deliver(message, sender, now)] += 1
    return dict(counts)


def _next(sender: Mail | Texts, now: datetime) -> Message | None:
    """The next message for a sender that is ready for it; None when there is neither."""
    if not _due(sender.channel, now).exists():
        return None
    try:
        sender.open()
    except Unreachable as error:
        _note_outage(sender.channel, now, str(error))
        return None
    return claim(now, sender.channel)


def _due(channel: str, now: datetime) -> QuerySet[Message]:
    """What is due. A text that a dead worker left is not: it may have left, and nothing shows it twice as once."""
    due = Message.objects.due(now).filter(channel=channel)
    return due.filter(state=Message.State.QUEUED) if channel == reach.SMS else due


def claim(now: datetime, channel: str = reach.MAIL) -> Message | None:
    """Take the longest due message that no other worker has, with its booking as it is now."""
    with transaction.atomic():
        free = _due(channel, now).select_for_update(skip_locked=True)
        pk = free.order_by("due_at", "pk").values_list("pk", flat=True).first()
        if pk is None:
            return None
        Message.objects.filter(pk=pk).update(
            state=Message.State.SENDING, attempts=F("attempts") + 1, lease_until=_from_now(LEASE)
        )
    return Message.objects.select_related(*NEEDED).get(pk=pk)


def _fail_lost_texts(now: datetime) -> None:
    """The worker of these texts died while sending: whether they left nobody knows, so the desk is told."""
    lost = Message.objects.filter(channel=reach.SMS, state=Message.State.SENDING, lease_until__lte=now)
    for message in lost.select_related(*NEEDED):
        _fail(message, now, _("The sender stopped in the middle: the text may have left."))


def deliver(message: Message, sender: Mail | Texts, now: datetime) -> str:
    """Send one claimed message and write down what became of it. Whatever goes wrong stays with this message."""
    if message.attempts > MOST_ATTEMPTS:
        return _fail(message, now, _("Gave up: the sender stopped in the middle, again and again."))
    if reason := out_of_date(message, now):
        return _settle(message, Message.State.SKIPPED, reason=reason)
    if message.booking and (later := reminders.quiet_until(message, message.booking, now)):
        # It is late: a worker was down, or an attempt failed. Waiting is not an attempt.
        return _settle(message, Message.State.QUEUED, due_at=later, attempts=message.attempts - 1)
    try:
        composed = compose(message)
        sender.send(message, composed)
    except (Refused, BadWords) as error:
        return _fail(message, now, str(error))
    except Uncertain as error:
        return _fail(message, now, str(error), recipient=composed.recipient, text=composed.text)
    except (Delayed, Unreachable) as error:
        return _try_later(message, now, str(error))
    except Exception:
        logger.exception("Message %s could not be written", message.pk)
        return _try_later(message, now, _("The message could not be written."))
    return _sent(message, composed)


def out_of_date(message: Message, now: datetime) -> str:
    """Why a message must not leave any more; empty when it should."""
    if message.useful_until and now >= message.useful_until:
        return _("It was too late to be of use.")
    return reminders.why_not(message)


def _sent(message: Message, composed: Composed) -> str:
    words = {"subject": composed.subject, "text": composed.text, "html": composed.html}
    return _settle(message, Message.State.SENT, recipient=composed.recipient, sent_at=_from_now(timedelta()), **words)


def _try_later(message: Message, now: datetime, reason: str) -> str:
    """Queue it again after 1, 5, 15, 60 minutes, unless that is too often or too late."""
    if message.attempts >= MOST_ATTEMPTS:
        return _fail(message, now, reason)
    pause = timedelta(minutes=RETRY_MINUTES[message.attempts - 1])
    if message.useful_until and now + pause >= message.useful_until:
        return _fail(message, now, reason)
    return _settle(message, Message.State.QUEUED, reason=reason, due_at=_from_now(pause))


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
        fields["failed_at"] = _from_now(timedelta())
    fields["reason"] = fields["reason"][:LONGEST_REASON]
    if message.is_secret and state != Message.State.QUEUED:
        fields |= {"text": "", "html": ""}
    mine = Message.objects.filter(pk=message.pk, state=Message.State.SENDING, attempts=message.attempts)
    is_mine = bool(mine.update(**fields))
    if not is_mine:
        logger.warning("Message %s was taken over by another worker", message.pk)
    return is_mine


def _note_outage(channel: str, now: datetime, reason: str) -> None:
    """Let the desk read why due messages wait. They lose no attempt and leave when the server is back."""
    waiting = Message.objects.filter(state=Message.State.QUEUED, due_at__lte=now, channel=channel)
    waiting.exclude(reason=reason).update(reason=reason)


def _from_now(pause: timedelta) -> CombinedExpression:
    """An instant on the database's clock: workers on several hosts agree on when a lease ends."""
    return Func(function="clock_timestamp", output_field=DateTimeField()) + pause
