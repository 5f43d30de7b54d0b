"""How long what is kept: after that it is taken out by itself. Every run is short, and running twice does no harm."""

from datetime import datetime, timedelta

from django.db.models import Q

from bookings import privacy
from bookings.field_map import ERASED_NAME
from bookings.models import Booking, Message, WaitingEntry
from bookings.models.status import Status
from bookings.staff_notices import DIGEST
from clients.models import Client

CLIENT = timedelta(days=3 * 365)
"""A person whose last session is that long ago."""
WORDS = timedelta(days=90)
"""The words of a message, after it was written; that it was sent stays. Where no booking or client stands behind it
(a code, an offer to somebody who waited), its address goes with them: erasing would not find it for ever."""
WAITING = timedelta(days=90)
"""Who waited, after the last day that she waited for."""
BROWSER = timedelta(days=1)
"""From which network a time was held, and by which browser when nothing came of it."""
AT_ONCE = 20


def forget_old(now: datetime) -> dict[str, int]:
    """Take out what is over its time; return how much of each kind."""
    held = Booking.objects.filter(held_since__lt=now - BROWSER)
    old_waiting = WaitingEntry.objects.filter(last_on__lt=(now - WAITING).date()).exclude(name=ERASED_NAME)
    old_words = Message.objects.filter(created_at__lt=now - WORDS).exclude(text="", html="", subject="")
    nobodys = Message.objects.filter(created_at__lt=now - WORDS, booking=None, client=None, therapist=None)
    sent_to = nobodys.exclude(kind=DIGEST).exclude(recipient="").exclude(state=Message.State.QUEUED)
    return {
        "networks": held.exclude(held_from="").update(held_from=""),
        "browsers": held.filter(status=Status.EXPIRED, held_by__isnull=False).update(held_by=None),
        "words": old_words.exclude(state=Message.State.QUEUED).update(text="", html="", subject=""),
        "addresses": sent_to.update(recipient=""),
        "waiting": old_waiting.update(**privacy.leave("bookings.WaitingEntry")),
        "clients": _forget_clients(now),
    }


def _forget_clients(now: datetime) -> int:
    limit = now - CLIENT
    lately = Q(bookings__during__endswith__gte=limit) | Q(waiting__last_on__gte=limit.date())
    known = Client.objects.filter(created_at__lt=limit, merged_into=None).exclude(name=ERASED_NAME)
    known = known.exclude(user__is_staff=True).exclude(pk__in=Client.objects.filter(lately).values("pk"))
    old = list(known.order_by("pk")[:AT_ONCE])
    for client in old:
        privacy.erase(client=client, now=now)
    return len(old)
