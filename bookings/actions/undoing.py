"""Taking back the last change of time, therapist, place or length: every session of that act, or none."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from bookings.availability import Explanation, Setup, Wish, load_setup
from bookings.availability.explain import sentence
from bookings.models import Booking, BookingEvent
from bookings.models.event import Was
from bookings.models.status import Status
from bookings.scheduling.offers import Reason
from locations.models import Room

from .asking import TAKEN_BACK
from .change import Change
from .errors import NothingToUndo, NotOffered, SlotTaken
from .locks import in_transaction, lock, locked
from .moving import SAME_START
from .placing import SOFT, find_place, gone
from .rewriting import as_seen, movable, put, take_back

UNDONE = "undone"


def undo(*, booking: Booking, change: Change) -> Booking:
    """Take back what staff last changed of a session, also for the others that changed with it.

    While its former time is free, and not over. Inside the delay of its message nothing is sent at all; later, whoever
    has heard of the change hears of this. Raises NothingToUndo, SlotTaken or NotOffered, Stale, WrongStep.
    """
    setup, event = load_setup(), last_change(booking)
    if event is None:
        raise NothingToUndo(booking)
    try:
        return in_transaction(lambda: _undo(setup, booking, event, change))
    except SlotTaken as taken:
        wish = _wish(event, but=(booking.pk,))
        raise gone(setup, wish, event.before.lower, change.now) from taken


def last_change(booking: Booking) -> BookingEvent | None:
    """The change of time, therapist, place or length that staff may take back; None when there is none.

    After a question about the session was taken back there is none: its client was told how it stands since.
    """
    related = ("before_location__studio", "before_length__treatment__style", "before_therapist")
    events = booking.events.filter(Q(before__isnull=False) | Q(verb=TAKEN_BACK)).select_related(*related)
    event = events.order_by("-at", "-pk").first()
    is_theirs = event and event.by == "staff" and event.verb != UNDONE
    return event if is_theirs and event.before_therapist_id else None


def how_many_changed(booking: Booking) -> int:
    """How many sessions the last change of this one would be taken back for. Two queries."""
    event = last_change(booking)
    return BookingEvent.objects.filter(act=event.act).count() if event and event.act else 1


def _undo(setup: Setup, booking: Booking, event: BookingEvent, change: Change) -> Booking:
    events = _whole_act(event)
    _lock(events)
    rows = {each.booking_id: movable(locked(each.booking), Status.IN_SESSION) for each in events}
    current = as_seen(rows[booking.pk], change.version)
    if any(last_change(rows[each.booking_id]) != each for each in events):
        raise NothingToUndo(current)
    changed = []
    for each in events:
        _must_not_be_over(each, change.now)
        row = rows[each.booking_id]
        changed.append((row, Was.of(row)))
        _put_back(setup, row, each, tuple(rows), change.now)
    take_back(changed, change=change)
    return current


def _whole_act(event: BookingEvent) -> Sequence[BookingEvent]:
    """The events of the same act, in the order of the rows that they lock."""
    if event.act is None:
        return [event]
    related = ("booking", "before_location__studio", "before_length__treatment__style", "before_therapist")
    return list(BookingEvent.objects.filter(act=event.act).select_related(*related).order_by("booking_id"))


def _lock(events: Sequence[BookingEvent]) -> None:
    people = {pk for each in events for pk in (each.before_therapist_id, each.booking.therapist_id)}
    places = {each.before_location_id for each in events}
    rooms = Room.objects.filter(location__in=places, in_use=True).values_list("pk", flat=True)
    lock(therapists=people, rooms={*rooms, *(each.booking.room_id for each in events if each.booking.room_id)})


def _put_back(setup: Setup, row: Booking, event: BookingEvent, all_of_them: tuple[int, ...], now: datetime) -> None:
    wish, rooms = _wish(event, all_of_them), [event.before_room_id]
    place = find_place(setup, wish, event.before.lower, now, excused=SOFT | SAME_START, keep=row, rooms=rooms)
    put(row, setup, wish, place)
    row.price = event.before_price


def _wish(event: BookingEvent, but: tuple[int, ...]) -> Wish:
    day = event.before.lower.astimezone(event.before_location.zone).date()
    return Wish(event.before_location, event.before_length, event.before_therapist, day, days=1, but=but)


def _must_not_be_over(event: BookingEvent, now: datetime) -> None:
    if event.before.upper <= now:
        raise NotOffered(Explanation(Reason.PAST, sentence(Reason.PAST, _wish(event, ()))))
