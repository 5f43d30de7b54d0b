"""Who waits for a time of this day, beside the board: the first of the queue, and how many there are."""

from dataclasses import dataclass
from datetime import time

from django.db.models import Q
from django.utils.translation import gettext as _

from bookings.models import WaitingEntry
from bookings.models.waitlist import MINUTES_A_DAY
from spa import texts

from .cards import short_name
from .look import Look

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Waits:
    """One person of the queue: what she would have, and when she could come."""

    name: str
    wish: str
    hours: str
    state: str


@dataclass(frozen=True, slots=True)
class Queue:
    count: int
    first: list[Waits]


def read_queue(look: Look) -> Queue:
    """Everybody who waits here for a time of this day, whoever joined first. One statement."""
    entries = list(waiting(look).select_related("length__treatment", "therapist").in_order())
    return Queue(len(entries), [_waits(entry) for entry in entries[:SHOWN]])


def waiting(look: Look):
    here = Q(location=look.place.pk, first_on__lte=look.day, last_on__gte=look.day)
    return WaitingEntry.objects.open().filter(here)


def _waits(entry: WaitingEntry) -> Waits:
    what = _("%(name)s, %(minutes)s min") % {"name": entry.length.treatment.name, "minutes": entry.length.minutes}
    who = entry.therapist.name if entry.therapist else _("anyone")
    return Waits(short_name(entry.name), f"{what}, {who}", _hours(entry), entry.get_state_display())


def _hours(entry: WaitingEntry) -> str:
    """ "any time", "before 12:00", "after 15:00", "12:00 to 14:00"."""
    start, end = (_clock(minute) for minute in (entry.from_minute, entry.until_minute))
    if entry.until_minute == MINUTES_A_DAY:
        return _("after %(time)s") % {"time": start} if entry.from_minute else _("any time")
    if not entry.from_minute:
        return _("before %(time)s") % {"time": end}
    return _("%(start)s to %(end)s") % {"start": start, "end": end}


def _clock(minute: int) -> str:
    return texts.clock(time(minute // 60 % 24, minute % 60))
