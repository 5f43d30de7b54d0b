"""Changing a booked session: another time, therapist, place or length, in one act on the same row."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import override

from bookings import reminders
from bookings.availability import Setup, Wish, explain, load_setup
from bookings.availability.explain import Explanation
from bookings.models import Booking
from bookings.models.event import Actor, record
from bookings.models.status import Status
from locations.models import Room
from treatments.models import Length

from .errors import SlotTaken, Stale, WrongStep
from .locks import in_transaction, lock, locked
from .placing import Place, expire_in_the_way, find_place, gone

MOVABLE = (Status.BOOKED, Status.ARRIVED)


class NeedsReason(Exception):
    """Only a soft rule stands in the way: notice, hours, limits or rest. With a reason the desk may overrule it."""

    def __init__(self, explanation: Explanation) -> None:
        super().__init__(explanation.reason)
        self.explanation = explanation


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes a booking, and when; `version` is what she saw. A reason overrules soft rules."""

    by: Actor
    now: datetime
    version: int | None = None
    reason: str = ""


def move(*, booking: Booking, wish: Wish, start: datetime, change: Change) -> Booking:
    """Move a session to `start`, as `wish` says where, with whom and how long; its own time counts as free.

    Keeps therapist and room when they are free. Raises SlotTaken or NotOffered (with nearest times), NeedsReason when
    staff may overrule, Stale, WrongStep.
    """
    setup, wish = load_setup(), replace(wish, but=booking.pk)
    try:
        return in_transaction(lambda: _move(setup, booking, wish, start, change))
    except SlotTaken as taken:
        why = _soft_rule(setup, wish, start, change)
        raise NeedsReason(why) if why else gone(setup, wish, start, change.now) from taken


def change_length(*, booking: Booking, length: Length, change: Change) -> Booking:
    """Give a session another length of the same treatment at the same start, at that length's price."""
    day = booking.starts_at.date()
    wish = Wish(booking.location, length, booking.therapist, day, days=1)
    return move(booking=booking, wish=wish, start=booking.during.lower, change=change)


def _move(setup: Setup, booking: Booking, wish: Wish, start: datetime, change: Change) -> Booking:
    people = setup.givers(wish.length.treatment, wish.therapist)
    rooms = Room.objects.filter(location=wish.location, in_use=True).values_list("pk", flat=True)
    therapists = [person.pk for person in people] + [booking.therapist_id]
    lock(therapists=therapists, rooms=[*rooms, *filter(None, [booking.room_id])])
    current = locked(booking)
    if change.version is not None and current.version != change.version:
        raise Stale(current)
    if current.status not in MOVABLE:
        raise WrongStep(current)
    place = find_place(setup, wish, start, change.now, excused=bool(change.reason), keep=current)
    before, therapist = current.during, current.therapist_id
    _put(current, setup, wish, place)
    expire_in_the_way(current, change.now)
    return _rewrite(current, before, therapist, change)


def _put(booking: Booking, setup: Setup, wish: Wish, place: Place) -> None:
    # The agreed price stays, whoever gives the session; another length has its own.
    if booking.length.treatment_id != wish.length.treatment_id:
        with override(booking.language):
            booking.treatment_name = str(wish.length.treatment.name)
    if booking.length != wish.length or booking.currency != wish.location.currency:
        booking.currency = wish.location.currency
        booking.price = setup.price(place.therapist, wish.length)
    booking.length, booking.minutes, booking.location = wish.length, wish.length.minutes, wish.location
    booking.therapist, booking.room_id = place.therapist, place.room
    booking.during, booking.therapist_block, booking.room_block = place.during, place.therapist_block, place.room_block


def _rewrite(booking: Booking, before: DateTimeTZRange, therapist: int, change: Change) -> Booking:
    """Count the change, save it, record it and plan the messages anew."""
    booking.version += 1
    booking.edition += 1
    booking.confirmed_at = None
    booking.free_cancel_until = booking.during.lower - timedelta(hours=booking.location.free_cancel_hours)
    booking.save()
    record(booking=booking, verb="moved", by=change.by, now=change.now, before=before, reason=change.reason)
    edition = booking.edition - 1
    reminders.replan(booking=booking, before_edition=edition, now=change.now, former_therapist=therapist)
    return booking


def _soft_rule(setup: Setup, wish: Wish, start: datetime, change: Change) -> Explanation | None:
    """The soft rule that alone keeps staff from a time; None for clients, and when something hard is in the way."""
    if change.by.kind != "staff" or change.reason:
        return None
    try:
        find_place(setup, wish, start, change.now, excused=True)
    except SlotTaken:
        return None
    return explain(setup, wish, start, change.now)
