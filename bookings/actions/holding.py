"""Holding a time while a client types: therapist and room are hers until an instant on the database's clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from accounts.throttle import network
from bookings.availability import Setup, Wish, load_setup
from bookings.models import Booking
from bookings.models.status import AGREED, Status
from locations.models import Room

from .errors import HoldLimit, NoSuchHold, SlotTaken, TooManyHolds
from .locks import in_transaction, lock, locked
from .placing import Place, expire_in_the_way, find_place, gone

LONGEST_HOLD = timedelta(minutes=30)
HOLDS_PER_ADDRESS = 20
"""Live holds from one network address; a family, a café or an office shares one."""
HOLDS_PER_SESSION = 30
"""Times one browser session may pick within an hour."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The browser session that holds a time, and the network address it came from."""

    session: UUID
    address: str

    @property
    def address_mark(self) -> str:
        """A keyed hash of the network it is in: the address itself is never stored."""
        return salted_hmac("bookings.holder", network(self.address), algorithm="sha256").hexdigest()


def hold(*, wish: Wish, start: datetime, holder: Holder, now: datetime) -> Booking:
    """Hold a time for a browser session; its former hold is given back in the same transaction.

    Raises SlotTaken when others were faster, NotOffered when the time was never to be had, TooManyHolds.
    """
    setup = load_setup()
    try:
        return in_transaction(lambda: _hold(setup, wish, start, holder, now))
    except SlotTaken as taken:
        raise gone(setup, wish, start, now) from taken


def keep_longer(*, key: UUID, holder: Holder, now: datetime) -> Booking:
    """Hold the time for the location's hold minutes from now, at most half an hour in all.

    A hold that ran out is taken up again when the time is still free. Raises HoldLimit, NoSuchHold, SlotTaken.
    """

    def extend() -> Booking:
        held = take_up(key=key, holder=holder, now=now, to_hold=True)
        if held.status in AGREED:
            return held
        longest = held.held_since + LONGEST_HOLD
        if held.hold_expires_at >= longest:
            raise HoldLimit
        wanted = now + timedelta(minutes=held.location.hold_minutes)
        held.hold_expires_at = max(held.hold_expires_at, min(wanted, longest))
        held.save(update_fields=["hold_expires_at"])
        return held

    return _with_nearest(extend, key, holder, now)


def take_up(*, key: UUID, holder: Holder, now: datetime, to_hold: bool = False) -> Booking:
    """The hold with this key, locked and certainly holding its time. Call it inside a transaction.

    An agreed booking comes back as it is. A hold that ran out is renewed, in another room if need be; when it is
    only to be held (`to_hold`), it counts like a new one: it replaces the session's other hold, and the caps apply.
    Raises NoSuchHold, HoldLimit, and SlotTaken when the time went to somebody else.
    """
    seen = find_hold(key, holder)
    rooms = Room.objects.filter(location=seen.location_id, in_use=True).values_list("pk", flat=True)
    lock(therapists=[seen.therapist_id], rooms=rooms, words=_marks(holder))
    held = locked(seen)
    if held.status in AGREED or held.hold_expires_at > now and held.status == Status.HELD:
        return held
    _give_back(Q(held_by=holder.session) if to_hold else Q(pk=held.pk))
    if to_hold and _is_capped(holder, now):
        raise HoldLimit
    place = find_place(load_setup(), wish_of(held), held.during.lower, now)
    held.room_id, held.status = place.room, Status.HELD
    expire_in_the_way(held, now)
    held.held_since, held.hold_expires_at = now, now + timedelta(minutes=held.location.hold_minutes)
    held.save(update_fields=["room", "status", "held_since", "hold_expires_at"])
    return held


def find_hold(key: UUID, holder: Holder) -> Booking:
    """The row that this browser session holds, or booked from its hold. Raises NoSuchHold."""
    related = Booking.objects.select_related("location__studio", "length__treatment__style", "therapist", "room")
    try:
        return related.get(key=key, held_by=holder.session)
    except Booking.DoesNotExist:
        raise NoSuchHold from None


def wish_of(held: Booking) -> Wish:
    """What a held row was looked up for, with its own therapist."""
    day = held.starts_at.date()
    return Wish(held.location, held.length, held.therapist, day, days=1)


def _hold(setup: Setup, wish: Wish, start: datetime, holder: Holder, now: datetime) -> Booking:
    people = setup.givers(wish.length.treatment, wish.therapist)
    rooms = Room.objects.filter(location=wish.location, in_use=True).values_list("pk", flat=True)
    lock(therapists=[person.pk for person in people], rooms=rooms, words=_marks(holder))
    _give_back(Q(held_by=holder.session))
    if _is_capped(holder, now):
        raise TooManyHolds
    place = find_place(setup, wish, start, now)
    held = _new_hold(setup, wish, place, holder, now)
    expire_in_the_way(held, now)
    held.save(force_insert=True)
    return held


def _give_back(whose: Q) -> None:
    Booking.objects.filter(whose, status=Status.HELD).update(status=Status.EXPIRED)


def _marks(holder: Holder) -> list[str]:
    """What to lock so that nobody slips past the caps."""
    return [f"session {holder.session}", f"address {holder.address_mark}"]


def _is_capped(holder: Holder, now: datetime) -> bool:
    lately = Booking.objects.filter(held_by=holder.session, held_since__gt=now - timedelta(hours=1))
    from_here = Booking.objects.live_holds(now).filter(held_from=holder.address_mark)
    return lately.count() >= HOLDS_PER_SESSION or from_here.count() >= HOLDS_PER_ADDRESS


def _new_hold(setup: Setup, wish: Wish, place: Place, holder: Holder, now: datetime) -> Booking:
    return Booking(
        length=wish.length,
        therapist=place.therapist,
        room_id=place.room,
        location=wish.location,
        during=place.during,
        therapist_block=place.therapist_block,
        room_block=place.room_block,
        status=Status.HELD,
        price=setup.price(place.therapist, wish.length),
        currency=wish.location.currency,
        minutes=wish.length.minutes,
        language=settings.LANGUAGE_CODE,
        free_cancel_until=wish.location.free_until(place.during.lower),
        asked_for_therapist=wish.therapist is not None,
        hold_expires_at=now + timedelta(minutes=wish.location.hold_minutes),
        held_since=now,
        held_by=holder.session,
        held_from=holder.address_mark,
        created_at=now,
    )


def _with_nearest(act, key: UUID, holder: Holder, now: datetime) -> Booking:
    """Run an act on a hold; when its time is gone, say which times are near."""
    try:
        return in_transaction(act)
    except SlotTaken as taken:
        held = find_hold(key, holder)
        raise gone(load_setup(), wish_of(held), held.during.lower, now) from taken
