"""Claim, send, mark: each due message leaves once, and a row says what became of it.

A claim is a lease in a short transaction of its own; the attempt is counted before sending, so a worker that
dies leaves a row that another one takes when the lease ends. Nothing is sent inside a transaction.
"""

import logging
import time
from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, F, Func
from django.db.models.expressions import CombinedExpression
from django.utils.translation import gettext as _

from bookings import reminders
from bookings.models import Heartbeat, Message
from bookings.outbox.channels import Delayed, Mail, Refused, Unreachable
from bookings.outbox.compose import Composed, compose
from treatments.placeholders import BadWords

SENDER = "sender"
LEASE = timedelta(seconds=60)
RETRY_MINUTES = (1, 5, 15, 60)
MOST_ATTEMPTS = len(RETRY_MINUTES) + 1
RUN_SECONDS = 60
LONGEST_REASON = 200
NEEDED = ("booking__client", "booking__therapist", "booking__location__studio", "booking__length__treatment__style")

logger = logging.getLogger(__name__)


def deliver_due(now: datetime, limit: int = 50) -> dict[str, int]:
    """Send what is due, at most `limit` messages and about a minute of it. Returns how many ended in each state.

    Safe to run twice at once, and as often as one likes.
    """
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=SENDER, beat_at=now)], update_conflicts=True, unique_fields=["name"], update_fields=["beat_at"]
    )
    counts: Counter[str] = Counter()
    stop_at = time.monotonic() + RUN_SECONDS
    with Mail() as mail:
        while sum(counts.values()) < limit and time.monotonic() < stop_at and Message.objects.due(now).exists():
            try:
                mail.open()
            except Unreachable as error:
                _note_outage(now, str(error))
                break
            message = claim(now)
            if message is None:
                break
            counts[deliver(message, mail, now)] += 1
    return dict(counts)


def claim(now: datetime) -> Message | None:
    """Take the longest due message that no other worker has, with its booking as it is now."""
    with transaction.atomic():
        free = Message.objects.select_for_update(skip_locked=True).due(now)
        pk = free.order_by("due_at", "pk").values_list("pk", flat=True).first()
        if pk is None:
            return None
        Message.objects.filter(pk=pk).update(
            state=Message.State.SENDING, attempts=F("attempts") + 1, lease_until=_from_now(LEASE)
        )
    return Message.objects.select_related(*NEEDED).get(pk=pk)


def deliver(message: Message, mail: Mail, now: datetime) -> str:
    """Send one claimed message and write down what became of it. Whatever goes wrong stays with this message."""
    if message.attempts > MOST_ATTEMPTS:
        return _settle(
            message, Message.State.FAILED, reason=_("Gave up: the sender stopped in the middle, again and again.")
        )
    if reason := out_of_date(message, now):
        return _settle(message, Message.State.SKIPPED, reason=reason)
    if message.booking and (later := reminders.quiet_until(message, message.booking, now)):
        # It is late: a worker was down, or an attempt failed. Waiting is not an attempt.
        return _settle(message, Message.State.QUEUED, due_at=later, attempts=message.attempts - 1)
    try:
        composed = compose(message)
        mail.send(message, composed)
    except (Refused, BadWords) as error:
        return _settle(message, Message.State.FAILED, reason=str(error))
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
    return reminders.still_wanted(message, message.booking) if message.booking else ""


def _sent(message: Message, composed: Composed) -> str:
    words = {"subject": composed.subject, "text": composed.text, "html": composed.html}
    return _settle(message, Message.State.SENT, recipient=composed.recipient, sent_at=_from_now(timedelta()), **words)


def _try_later(message: Message, now: datetime, reason: str) -> str:
    """Queue it again after 1, 5, 15, 60 minutes, unless that is too often or too late."""
    if message.attempts >= MOST_ATTEMPTS:
        return _settle(message, Message.State.FAILED, reason=reason)
    pause = timedelta(minutes=RETRY_MINUTES[message.attempts - 1])
    if message.useful_until and now + pause >= message.useful_until:
        return _settle(message, Message.State.FAILED, reason=reason)
    return _settle(message, Message.State.QUEUED, reason=reason, due_at=_from_now(pause))


def _settle(message: Message, state: str, **fields) -> str:
    """Write the outcome, if the message is still this worker's: its lease may have ended and another one has it."""
    fields = {"reason": ""} | fields | {"state": state, "lease_until": None}
    fields["reason"] = fields["reason"][:LONGEST_REASON]
    if message.is_secret and state != Message.State.QUEUED:
        fields |= {"text": "", "html": ""}
    mine = Message.objects.filter(pk=message.pk, state=Message.State.SENDING, attempts=message.attempts)
    if not mine.update(**fields):
        logger.warning("Message %s was taken over by another worker", message.pk)
    return state


def _note_outage(now: datetime, reason: str) -> None:
    """Let the desk read why due messages wait. They lose no attempt and leave when the server is back."""
    Message.objects.filter(state=Message.State.QUEUED, due_at__lte=now).exclude(reason=reason).update(reason=reason)


def _from_now(pause: timedelta) -> CombinedExpression:
    """An instant on the database's clock: workers on several hosts agree on when a lease ends."""
    return Func(function="clock_timestamp", output_field=DateTimeField()) + pause
