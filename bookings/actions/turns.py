"""Whose turn it is on the waiting list. The tick asks, so no act that frees a time has to remember anybody."""

from datetime import datetime
from itertools import groupby

from bookings import waiting_notices
from bookings.models import WaitingEntry, WaitingOffer
from bookings.models.event import SYSTEM
from bookings.models.status import Status
from bookings.standing import Standing, standing
from bookings.waiting_times import FreeTimes, today_at
from locations.models import Location

from .errors import NotOffered, SlotTaken
from .waiting import NotWaiting, lapse, leave, offer


def plan_offers(now: datetime) -> int:
    """End what ran out, then offer what is free to whoever waits longest for it; return how many offers were made.

    One statement while nobody waits, and a constant number per place while nothing is free. Harmless when doubled.
    """
    entries = _open_entries()
    if sum(_end_what_ran_out(entry, now) for entry in entries):
        entries = _open_entries()
    waiting = [entry for entry in entries if entry.state == WaitingEntry.State.WAITING]
    told = waiting_notices.can_be_told(waiting)
    queue = sorted((entry for entry in waiting if entry.pk in told), key=lambda entry: entry.location_id)
    places = groupby(queue, key=lambda entry: entry.location)
    return sum(_offer_in_turn(place, list(here), now) for place, here in places)


def _open_entries() -> list[WaitingEntry]:
    related = WaitingEntry.objects.open().select_related("location", "therapist", "length", "instead_of")
    return list(related.prefetch_related("offers__booking").in_order())


def _end_what_ran_out(entry: WaitingEntry, now: datetime) -> int:
    """How much of this entry came to its end: an offer without an answer, her session, or her days."""
    ended = 0
    for made in entry.offers.all():
        is_held = made.booking.status == Status.HELD and made.booking.hold_expires_at > now
        if made.outcome == WaitingOffer.Outcome.OPEN and not is_held:
            lapse(offer=made, now=now)
            ended += 1
    if entry.instead_of and standing(entry.instead_of, now) != Standing.AHEAD:
        leave(entry=entry, by=SYSTEM, now=now)  # there is no session any more that could move
        return ended + 1
    if entry.is_over(today_at(entry.location, now)):
        waits = WaitingEntry.objects.filter(pk=entry.pk, state=WaitingEntry.State.WAITING)
        ended += waits.update(state=WaitingEntry.State.LAPSED)
    return ended


def _offer_in_turn(place: Location, queue: list[WaitingEntry], now: datetime) -> int:
    """Each in turn gets the first time that fits. What was just held is read again before the next is asked."""
    free, made = FreeTimes.read(place, queue, now), 0
    for entry in queue:
        found = free.first_for(entry)
        if found is None:
            continue
        try:
            offer(entry=entry, start=found.start, by=SYSTEM, now=now)
            made += 1
        except (SlotTaken, NotOffered, NotWaiting):
            pass  # somebody was faster: what is left is seen in the next reading
        free = FreeTimes.read(place, queue, now)
    return made
