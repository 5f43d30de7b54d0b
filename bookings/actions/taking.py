"""Taking a time that was offered: it is booked for who waits, or the session that she has moves there."""

from datetime import datetime

from bookings import waiting_notices
from bookings.availability import Wish, load_setup
from bookings.models import Booking, WaitingEntry, WaitingOffer
from bookings.models.event import CLIENT, Actor, Was
from bookings.models.status import Status
from bookings.standing import Standing, standing
from locations.models import Room

from .booking import Details, _book
from .change import Change
from .errors import SlotTaken
from .holding import Holder
from .locks import in_transaction, lock, locked
from .placing import Place, find_place, gone
from .rewriting import movable, put, rewrite
from .waiting import NOBODY, NotWaiting, _end, _end_offers, _is, _locked, _set


def take(*, offer: WaitingOffer, by: Actor = CLIENT, now: datetime) -> Booking:
    """Book an offered time: name and contact are known, so nothing is asked. Asked again, the same booking comes back.

    Who waits for an earlier time than she has gets no second session: hers moves there. After the offer has ended it
    still books while the time is free and she waits. Raises NotWaiting, SlotTaken, NotOffered; WrongStep when her
    session can no longer move.
    """
    held, act = offer.booking, _move_there if offer.entry.instead_of_id else _book_it
    try:
        return in_transaction(lambda: act(offer, by, now))
    except SlotTaken as taken:
        wish = Wish(held.location, held.length, held.therapist, held.starts_at.date(), days=1)
        raise gone(load_setup(), wish, held.during.lower, now) from taken


def _book_it(offer: WaitingOffer, by: Actor, now: datetime) -> Booking:
    held = offer.booking
    booking = _book(held.key, Holder(held.held_by, NOBODY), _details(offer.entry), now, by)
    entry = _locked(offer.entry)
    if not _is_taken(entry, offer):
        entry.client = booking.client
        _close(entry, offer, by, now)
    return booking


def _move_there(offer: WaitingOffer, by: Actor, now: datetime) -> Booking:
    """The same act as a move: one row, one mail, and the time that she had is free again."""
    seen, mine = offer.booking, offer.entry.instead_of
    rooms = Room.objects.filter(location=seen.location_id, in_use=True).values_list("pk", flat=True)
    people, words = [seen.therapist_id, mine.therapist_id], [f"session {seen.held_by}"]
    lock(therapists=people, rooms=[*rooms, *filter(None, [mine.room_id])], words=words)
    held, current = locked(seen), locked(mine)
    entry = _locked(offer.entry)
    if _is_taken(entry, offer):
        return current
    if standing(current, now) != Standing.AHEAD or held.during.lower >= current.during.lower:
        raise NotWaiting(entry)
    _go(movable(current), held, Change(by=by, now=now))
    _close(entry, offer, by, now)
    return current


def _go(booking: Booking, held: Booking, change: Change) -> None:
    """Move a session to a held time. One that ran out, or was held for another length, is looked for again."""
    setup, day = load_setup(), held.starts_at.date()
    is_kept = held.status == Status.HELD and held.hold_expires_at > change.now
    Booking.objects.filter(pk=held.pk, status=Status.HELD).update(status=Status.EXPIRED)
    wish = Wish(booking.location, booking.length, held.therapist, day, days=1, but=booking.pk)
    if is_kept and (held.length_id, held.location_id) == (booking.length_id, booking.location_id):
        place = Place(held.therapist, held.room_id, held.during, held.therapist_block, held.room_block)
    else:
        place = find_place(setup, wish, held.during.lower, change.now, keep=booking)
    was = Was.of(booking)
    put(booking, setup, wish, place)
    rewrite([(booking, was)], verb="moved", change=change)


def _is_taken(entry: WaitingEntry, offer: WaitingOffer) -> bool:
    """Whether she has taken it before. Raises NotWaiting when she waits no more."""
    if entry.state == WaitingEntry.State.BOOKED and _is(offer, WaitingOffer.Outcome.TAKEN):
        return True
    if not entry.is_open:
        raise NotWaiting(entry)
    return False


def _close(entry: WaitingEntry, offer: WaitingOffer, by: Actor, now: datetime) -> None:
    _end_offers(entry, WaitingOffer.Outcome.DECLINED, by, now, but=offer)
    _end(offer, WaitingOffer.Outcome.TAKEN, now)
    _set(entry, WaitingEntry.State.BOOKED)
    waiting_notices.withdraw(entry=entry)


def _details(entry: WaitingEntry) -> Details:
    return Details(
        name=entry.name,
        email=entry.email,
        phone=entry.phone,
        language=entry.language,
        screening=entry.screening,
        client=entry.client,
        is_proven=entry.address_proven_at is not None,
    )
