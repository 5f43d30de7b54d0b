"""Mailing somebody the links of her sessions and of her places on the waiting list again: to the address that stands
on them, never on the page."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from bookings import links
from bookings.models import Booking, Message, WaitingEntry
from bookings.scheduling.timeline import floor_tick
from bookings.waiting_words import wish_words

KIND = "links"
MOST, LONGEST_TICKS = 10, 6
USEFUL_FOR = timedelta(hours=2)


def mail_links(*, email: str, now: datetime) -> Message | None:
    """Write one message with a link to each session ahead, and each place on the list, of this address; None when
    it has none.

    Call it in a transaction. The words are deleted once the message has left: they hold links.
    """
    found, waits = (_sessions(email, now), _waits(email, now)) if email else ([], [])
    first = next(iter([*found, *waits]), None)
    if first is None:
        return None
    for one in (*found, *waits):
        one.by_mail = True
    with override(first.language):
        sessions = [{"booking": one, "link": links.url(one)} for one in found]
        places = [{"wish": wish_words(one), "link": links.waiting_url(one)} for one in waits]
        words = {"sessions": sessions, "places": places, "studio": first.location.studio, "place": first.location}
        return Message.objects.create(
            key=f"links/{uuid4()}",
            kind=KIND,
            recipient=first.email,
            subject=_("The links to your sessions"),
            text=render_to_string("emails/links.txt", words),
            is_secret=True,
            due_at=now,
            useful_until=now + USEFUL_FOR,
            created_at=now,
        )


def _sessions(email: str, now: datetime) -> list[Booking]:
    near = floor_tick(now) - LONGEST_TICKS  # the index is on the start
    ahead = Booking.objects.ahead().filter(start_tick__gte=near, email__iexact=email, during__endswith__gt=now)
    return list(ahead.select_related("location__studio").order_by("start_tick")[:MOST])


def _waits(email: str, now: datetime) -> list[WaitingEntry]:
    waits = WaitingEntry.objects.open().filter(email__iexact=email, last_on__gte=now.date())
    return list(waits.select_related("location__studio", "length__treatment", "therapist").order_by("pk")[:MOST])
