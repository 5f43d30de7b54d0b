"""Sessions of one reader on one day do not bring her the same message twice: one of them speaks for the others."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bookings.batch import once
from bookings.models import Booking, Message
from bookings.models.status import AHEAD, Status
from bookings.reminder_rules import BEFORE, Kind, wall_instant
from bookings.scheduling.timeline import ceil_tick

CLOSE = timedelta(hours=3)
"""Sessions that start this near to one another share the message about eating and the one about resting."""
SAID = gettext_noop("The message of another session on that day says it.")
WHOLE_DAY = (Kind.DAY_BEFORE, Kind.NEXT_DAY)
"""These speak of the day, however far apart its sessions are."""


def same_day(booking: Booking, channel: str) -> list[Booking]:
    """Other sessions whose messages go to the same address or number on that day of the place, given or to come, the
    earliest first. One query, two when there are any.
    """
    whose = _same_reader(booking, channel)
    if whose is None:
        return []
    return once(("same day", booking.pk, booking.version, channel), lambda: _on_that_day(booking, whose))


def why_not(message: Message, booking: Booking) -> str:
    """The reason that another session's message says it, in a sentence; empty when none does."""
    return _(SAID) if _is_said(message, booking) else ""


def _on_that_day(booking: Booking, whose: Q) -> list[Booking]:
    day, zone = booking.starts_at.date(), booking.location.zone
    midnight = datetime.min.time()
    first, last = (wall_instant(day + timedelta(days=n), midnight, zone) for n in (0, 1))
    # There is an index on the start, none on the address.
    near = Booking.objects.filter(start_tick__gte=ceil_tick(first), start_tick__lt=ceil_tick(last))
    same = near.filter(whose, status__in=[*AHEAD, Status.DONE]).exclude(pk=booking.pk)
    # Asked for every message, and most have no other session: whole rows are read only when there is one.
    found = list(same.values_list("pk", flat=True))
    whole = Booking.objects.filter(pk__in=found).select_related("location", "therapist")
    return list(whole.order_by("start_tick", "pk")) if found else []


def _same_reader(booking: Booking, channel: str) -> Q | None:
    """Bookings whose messages of this channel go where this one's go; None when they go nowhere."""
    if channel == Message.Channel.SMS:
        return Q(phone=booking.phone) if booking.phone else None
    return Q(email__iexact=booking.email) if booking.email else None


def _is_said(message: Message, booking: Booking) -> bool:
    """Before sessions of one day the first one speaks for all, after them the last one, if its message goes or went.

    A message that left before this one was planned does not count: it could not know of this session.
    """
    me = (booking.during.lower, booking.pk)
    leads = []
    for other in same_day(booking, message.channel):
        is_close = abs(other.during.lower - booking.during.lower) < CLOSE
        comes_first = (other.during.lower, other.pk) < me
        if comes_first == (message.kind in BEFORE) and (is_close or message.kind in WHOLE_DAY):
            leads.append(other.pk)
    if not leads:
        return False
    said = Message.objects.filter(booking__in=leads, kind=message.kind, channel=message.channel)
    waiting = said.filter(state__in=[Message.State.QUEUED, Message.State.SENDING])
    went = said.filter(state=Message.State.SENT, sent_at__gte=message.created_at)
    return (waiting | went).exists()
