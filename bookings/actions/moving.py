"""Changing a booked session: another time, therapist, place or length, in one act on the same row."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bookings.availability import Explanation, Setup, Wish, every_reason, load_setup
from bookings.models import Booking
from bookings.models.event import Was
from bookings.models.status import Status
from bookings.scheduling.offers import Reason
from locations.models import Room
from therapists.models import Therapist
from treatments.models import Length

from .change import Change
from .errors import NeedsReason, RoomUnfit, SlotTaken
from .locks import in_transaction, lock, locked
from .placing import SOFT, find_place, gone, lacks_props
from .rewriting import as_seen, movable, put, rewrite

AT_DESK = frozenset({Reason.GRID})
"""The desk starts sessions at any full five minutes."""
SAME_START = frozenset({Reason.NOTICE, Reason.HORIZON, Reason.GRID, Reason.PAST})
"""What no longer counts for a session that keeps its start."""


def move(*, booking: Booking, wish: Wish, start: datetime, change: Change, room: Room | None = None) -> Booking:
    """Move a session to `start`, as `wish` says where, with whom and how long; its own time counts as free.

    Keeps therapist and room when they are free; `room`: in this one and no other. Raises SlotTaken or NotOffered (with
    nearest times), RoomUnfit, NeedsReason when staff may overrule, Stale, WrongStep.
    """
    setup, wish = load_setup(), replace(wish, but=booking.pk)
    try:
        return in_transaction(lambda: _move(setup, booking, wish, start, change, room))
    except SlotTaken as taken:
        why = soft_rule(setup, wish, start, change, excused(change, start == booking.during.lower))
        raise NeedsReason(why) if why else gone(setup, wish, start, change.now) from taken


def change_length(*, booking: Booking, length: Length, change: Change) -> Booking:
    """Give a session another length of the same treatment at the same start, at that length's price.

    The desk may do so while it is given. Raises what `move` raises.
    """
    day = booking.starts_at.date()
    wish = Wish(booking.location, length, booking.therapist, day, days=1)
    return move(booking=booking, wish=wish, start=booking.during.lower, change=_as_seen(booking, change))


def reassign(*, booking: Booking, therapist: Therapist, change: Change) -> Booking:
    """Give a session to another therapist at the same start, in its room while she can use that.

    Raises what `move` raises.
    """
    wish = Wish(booking.location, booking.length, therapist, booking.starts_at.date(), days=1)
    return move(booking=booking, wish=wish, start=booking.during.lower, change=_as_seen(booking, change))


def _as_seen(booking: Booking, change: Change) -> Change:
    """Its start is the one that was seen: another version of the row must not be moved back to it."""
    return change if change.version else replace(change, version=booking.version)


def _move(setup: Setup, booking: Booking, wish: Wish, start: datetime, change: Change, room: Room | None) -> Booking:
    people = setup.givers(wish.length.treatment, wish.therapist)
    rooms = Room.objects.filter(location=wish.location, in_use=True).values_list("pk", flat=True)
    therapists = [person.pk for person in people] + [booking.therapist_id]
    lock(therapists=therapists, rooms=[*rooms, *filter(None, [booking.room_id])])
    current = as_seen(locked(booking), change.version)
    stays = start == current.during.lower
    movable(current, *((Status.IN_SESSION,) if stays and change.is_staff else ()))
    free, wanted = excused(change, stays), [room.pk] if room else []
    place = find_place(setup, wish, start, change.now, excused=free, keep=current, rooms=wanted)
    if room and place.room != room.pk:
        raise RoomUnfit(room, is_lacking=lacks_props(setup, wish.length, room.pk))
    was = Was.of(current)
    put(current, setup, wish, place)
    if Was.of(current) != was:
        rewrite([(current, was)], verb=_verb(current, was), change=change)
    return current


def _verb(booking: Booking, was: Was) -> str:
    stays = (was.during.lower, was.therapist_id, was.location_id)
    is_resized = stays == (booking.during.lower, booking.therapist_id, booking.location_id)
    return "length changed" if is_resized and was.length_id != booking.length_id else "moved"


def excused(change: Change, stays: bool = False) -> Collection[Reason]:
    """The rules that do not count for this change. `stays`: the session keeps its start."""
    if not change.is_staff:
        return SOFT if change.reason else ()
    return AT_DESK | (SAME_START if stays else frozenset()) | (SOFT if change.reason else frozenset())


def soft_rule(
    setup: Setup, wish: Wish, start: datetime, change: Change, excused: Collection[Reason]
) -> Explanation | None:
    """The soft rule that alone keeps staff from a time; None for clients, and when something hard is in the way."""
    if not change.is_staff or change.reason:
        return None
    try:
        find_place(setup, wish, start, change.now, excused=SOFT | set(excused))
    except SlotTaken:
        return None
    left = [why for why in every_reason(setup, wish, start, change.now) if why.reason in SOFT - set(excused)]
    return left[0] if left else None
