"""What is wrong with the sending of messages, in words and with the next step: the banner of every desk page."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import Heartbeat, Message
from bookings.reasons import in_words
from spa import texts

SENDER = "sender"
SILENT_FOR = timedelta(seconds=120)
WAITS_FOR = timedelta(minutes=5)
OFTEN_TRIED = 3
"""Attempts after which a message is late as well: each put off its hour, so by the clock alone it would be in time."""
LONGEST_PAUSE = timedelta(hours=1)
"""Between two attempts; see also outbox.delivery.RETRY_MINUTES."""
FAILED_WITHIN = timedelta(hours=1)
MANY_FAILURES = 3


@dataclass(frozen=True, slots=True)
class Trouble:
    what: str
    next_step: str


def troubles(now: datetime, zone: tzinfo) -> list[Trouble]:
    """What the desk must know of now. Three queries, whatever is wrong."""
    beat = Heartbeat.objects.filter(name=SENDER).first()
    waiting = _late(now).aggregate(count=Count("pk"), reason=Max("reason"))
    failed = Message.objects.filter(state=Message.State.FAILED, failed_at__gt=now - FAILED_WITHIN).count()
    found = []
    if beat is None or now - beat.beat_at > SILENT_FOR:
        found.append(_silent(beat, zone))
    elif waiting["count"]:
        found.append(_stuck(waiting["count"], in_words(waiting["reason"])))
    if failed >= MANY_FAILURES:
        found.append(_failing(failed))
    return found


def _late(now: datetime) -> QuerySet[Message]:
    """What waits for longer than it should, or was tried again and again."""
    near = Message.objects.filter(state=Message.State.QUEUED, due_at__lte=now + LONGEST_PAUSE)  # by its index
    return near.filter(Q(due_at__lte=now - WAITS_FOR) | Q(attempts__gte=OFTEN_TRIED))


def _silent(beat: Heartbeat | None, zone: tzinfo) -> Trouble:
    if beat is None:
        what = _("The sender of messages has never run.")
    else:
        what = _("No message has left since %(moment)s: the sender is silent.") % {
            "moment": texts.moment(beat.beat_at.astimezone(zone))
        }
    return Trouble(what, _("Ring the clients of the next hours, and ask whoever runs the site to start the sender."))


def _stuck(count: int, reason: str) -> Trouble:
    what = ngettext("%(count)s message is late.", "%(count)s messages are late.", count) % {"count": count}
    step = _("Nothing is lost: they leave when the mail server is back. Ring the clients of the next hours.")
    return Trouble(f"{what} {reason}".strip(), step)


def _failing(count: int) -> Trouble:
    what = ngettext(
        "%(count)s message failed in the last hour.", "%(count)s messages failed in the last hour.", count
    ) % {"count": count}
    return Trouble(what, _("Look at their reasons below “failed”, correct the addresses or ring instead."))
