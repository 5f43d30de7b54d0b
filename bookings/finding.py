"""Mailing somebody the links of her sessions again: to the address that stands on them, never on the page."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from bookings import links
from bookings.models import Booking, Message
from bookings.scheduling.timeline import floor_tick

KIND = "links"
MOST, LONGEST_TICKS = 10, 6
USEFUL_FOR = timedelta(hours=2)


def mail_links(*, email: str, now: datetime) -> Message | None:
    """Write one message with a link to each session ahead of this address; None when it has none.

    Call it in a transaction. The words are deleted once the message has left: they hold links.
    """
    near = floor_tick(now) - LONGEST_TICKS  # the index is on the start
    ahead = Booking.objects.ahead().filter(start_tick__gte=near, email__iexact=email, during__endswith__gt=now)
    found = list(ahead.select_related("location__studio").order_by("start_tick")[:MOST]) if email else []
    if not found:
        return None
    with override(found[0].language):
        sessions = [{"booking": one, "link": links.url(one)} for one in found]
        words = {"sessions": sessions, "studio": found[0].location.studio, "place": found[0].location}
        return Message.objects.create(
            key=f"links/{uuid4()}",
            kind=KIND,
            recipient=found[0].email,
            subject=_("The links to your sessions"),
            text=render_to_string("emails/links.txt", words),
            is_secret=True,
            due_at=now,
            useful_until=now + USEFUL_FOR,
            created_at=now,
        )
