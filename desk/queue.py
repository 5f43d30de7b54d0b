"""The waiting list as the desk reads it: who waits for what, and which time could be offered to whom."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bookings.availability import Offer
from bookings.models import Booking, WaitingEntry, WaitingOffer
from bookings.views.slots import with_whom
from bookings.waiting_times import FreeTimes
from bookings.waiting_words import WishWords, wish_words
from locations.house import phone_link
from locations.models import Location
from spa import texts

SHAPE = "%Y-%m-%dT%H:%MZ"


@dataclass(frozen=True, slots=True)
class Waits:
    """One place on the list. `offered` is the time held for her; `offer` the button that would hold one;
    `moves` the session that moves to the time she takes."""

    entry: WaitingEntry
    wish: WishWords
    since: str
    ring: str
    offered: str
    until: str
    offer: str
    start: str
    moves: str


def queue(place: Location, now: datetime) -> list[Waits]:
    """Everybody who waits at a place, in the order of joining. Two statements, and three more to see what is free."""
    related = WaitingEntry.objects.open().filter(location=place)
    related = related.select_related("length__treatment", "therapist", "instead_of")
    entries = list(related.prefetch_related("offers__booking__therapist").in_order())
    if not entries:
        return []
    free = FreeTimes.read(place, entries, now)
    return [_waits(entry, free, place, now) for entry in entries]


def _waits(entry: WaitingEntry, free: FreeTimes, place: Location, now: datetime) -> Waits:
    held = next((one.booking for one in entry.offers.all() if one.outcome == WaitingOffer.Outcome.OPEN), None)
    found = None if held else free.first_for(entry)
    return Waits(
        entry=entry,
        wish=wish_words(entry),
        since=texts.moment(entry.created_at.astimezone(place.zone)),
        ring=phone_link(entry.phone, place.country) if entry.phone else "",
        offered=_held(held, place) if held else "",
        until=texts.moment(held.hold_expires_at.astimezone(place.zone)) if held else "",
        offer=_free(found) if found else "",
        start=f"{found.start.astimezone(UTC):{SHAPE}}" if found else "",
        moves=texts.moment(entry.instead_of.during.lower.astimezone(place.zone)) if entry.instead_of else "",
    )


def _held(held: Booking, place: Location) -> str:
    start = held.during.lower.astimezone(place.zone)
    return f"{texts.day(start)}, {texts.clock(start)}, {with_whom((held.therapist,))}"


def _free(found: Offer) -> str:
    return f"{texts.day(found.start)}, {texts.clock(found.start)}, {with_whom(found.therapists)}"
