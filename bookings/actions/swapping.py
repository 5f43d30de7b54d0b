"""Two sessions change places in one statement: both, or neither."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from bookings.availability import Setup, Window, Wish, every_reason, load_setup, read_rows
from bookings.availability.rows import Rows
from bookings.availability.window import paint
from bookings.models import Booking
from bookings.models.event import Was
from bookings.scheduling.offers import Reason
from locations.models import Room

from .change import Change
from .errors import NeedsReason, NotOffered, SlotTaken, Stale, WrongStep
from .locks import in_transaction, lock, locked
from .moving import SAME_START
from .placing import SOFT, Place, find_in, find_place, gone, meet, without_gap_rule
from .rewriting import as_seen, movable, put, rewrite

BOTH_BOOKED = frozenset({Reason.NOTICE, Reason.HORIZON, Reason.GRID})
"""Both times were booked already: what was asked then is not asked again."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two sessions, at the other's time, place and therapist."""

    booking: Booking
    wish: Wish
    start: datetime
    rooms: tuple[int, ...]

    def excused(self, *, is_overruled: bool) -> frozenset[Reason]:
        """The rules that do not count. `is_overruled`: staff has a reason for it."""
        soft = SOFT if is_overruled else frozenset()
        return soft | (SAME_START if self.start == self.booking.during.lower else BOTH_BOOKED)


def swap(
    *, first: Booking, second: Booking, change: Change, second_version: int | None = None
) -> tuple[Booking, Booking]:
    """Let two sessions change time, place and therapist; each keeps its treatment, length and price.

    In the other's room where it fits. Raises SlotTaken or NotOffered when one of them does not fit (nothing has moved),
    NeedsReason, Stale, WrongStep.
    """
    setup = load_setup()
    try:
        return in_transaction(lambda: _swap(setup, first, second, change, second_version))
    except SlotTaken as taken:
        raise _why(setup, first, second, change) from taken


def swappable(*, booking: Booking, others: Iterable[Booking], now: datetime) -> list[Booking]:
    """Those of `others` with which a session could change places, if need be with a reason; in the order given.

    They are of its day and place, with their therapist, location and length at hand. Two statements, however many.
    """
    setup, place = load_setup(), booking.location
    rows = read_rows(place, booking.starts_at.date(), 1, now, booking.pk)
    return [other for other in others if _could_swap(setup, rows, booking, other, now)]


def _could_swap(setup: Setup, rows: Rows, one: Booking, other: Booking, now: datetime) -> bool:
    """By the rule of the act, on rows in which neither session takes any time."""
    its_own = (other.therapist_id, other.therapist_from_tick)
    left = replace(rows, bookings=[row for row in rows.bookings if (row[0], row[4]) != its_own])
    place = None
    try:
        for side in (_side(one, other), _side(other, one)):
            place = find_in(
                _window(setup, left, side, now),
                setup,
                side.wish,
                side.start,
                excused=side.excused(is_overruled=True),
                rooms=side.rooms,
                beside=place,
            )
    except SlotTaken:
        return False
    return True


def _window(setup: Setup, rows: Rows, side: _Side, now: datetime) -> Window:
    length, wanted = side.wish.length, side.wish.therapist
    people = setup.givers(length.treatment, wanted)
    return without_gap_rule(paint(setup, rows, location=side.wish.location, length=length, therapists=people, now=now))


def _swap(
    setup: Setup, first: Booking, second: Booking, change: Change, second_version: int | None
) -> tuple[Booking, Booking]:
    _lock(first, second)
    rows = {pk: locked(row) for pk, row in sorted({first.pk: first, second.pk: second}.items())}
    one, other = as_seen(rows[first.pk], change.version), as_seen(rows[second.pk], second_version)
    for row, seen in ((one, first), (other, second)):
        if row.edition != seen.edition:  # its therapist and room may be others than those that are locked
            raise Stale(row)
        movable(row)
    if one.pk == other.pk:
        raise WrongStep(one)
    sides = _side(one, other), _side(other, one)
    place = _place(setup, sides[0], change)
    places = place, _place(setup, sides[1], change, beside=place)
    changed = [(one, Was.of(one)), (other, Was.of(other))]
    for side, place in zip(sides, places, strict=True):
        put(side.booking, setup, side.wish, place)
    rewrite(changed, verb="swapped", change=change, act=uuid4())
    return one, other


def _lock(first: Booking, second: Booking) -> None:
    places = {first.location_id, second.location_id}
    rooms = Room.objects.filter(location__in=places, in_use=True).values_list("pk", flat=True)
    own = filter(None, [first.room_id, second.room_id])
    lock(therapists=[first.therapist_id, second.therapist_id], rooms=[*rooms, *own])


def _side(booking: Booking, other: Booking) -> _Side:
    day = other.starts_at.date()
    both = (booking.pk, other.pk)
    wish = Wish(other.location, booking.length, other.therapist, day, days=1, but=both)
    rooms = (other.room_id, booking.room_id)
    # At the same time the other's room may be the only one for the other's treatment.
    same_time = booking.room_block and other.room_block and meet(booking.room_block, other.room_block)
    return _Side(booking, wish, other.during.lower, rooms[::-1] if same_time else rooms)


def _place(setup: Setup, side: _Side, change: Change, beside: Place | None = None) -> Place:
    excused = side.excused(is_overruled=bool(change.reason))
    return find_place(setup, side.wish, side.start, change.now, excused=excused, rooms=side.rooms, beside=beside)


def _why(setup: Setup, first: Booking, second: Booking, change: Change) -> NeedsReason | NotOffered | SlotTaken:
    """What keeps them from it: a hard rule of either before a soft one."""
    soft = None
    for side in (_side(first, second), _side(second, first)):
        excused = side.excused(is_overruled=bool(change.reason)) | {Reason.GAP}
        left = [why for why in every_reason(setup, side.wish, side.start, change.now) if why.reason not in excused]
        if any(why.reason not in SOFT for why in left):
            return gone(setup, side.wish, side.start, change.now)
        soft = soft or next(iter(left), None)
    if soft and change.is_staff:
        return NeedsReason(soft)
    side = _side(first, second)
    return gone(setup, side.wish, side.start, change.now)
