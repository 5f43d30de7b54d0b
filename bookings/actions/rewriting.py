"""What every change of time, therapist, place or length does: save it, count it, record it, plan its messages anew."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import override

from bookings import asking, reminders, staff_notices
from bookings.availability import Setup, Wish
from bookings.models import Booking
from bookings.models.event import Was, record
from bookings.models.status import Status

from .change import Change
from .errors import Stale, WrongStep
from .placing import Place, expire_in_the_way

MOVABLE = (Status.BOOKED, Status.ARRIVED)
SAVED = (
    *("during", "therapist_block", "room_block", "therapist", "room", "location", "length", "minutes"),
    *("treatment_name", "price", "currency", "free_cancel_until", "confirmed_at", "version", "edition"),
)
COUNTED_BY_THE_DATABASE = [
    *("start_tick", "end_tick", "therapist_from_tick", "therapist_until_tick", "room_from_tick", "room_until_tick")
]
Changed = tuple[Booking, Was]


def as_seen(booking: Booking, version: int | None) -> Booking:
    """The same booking; raises Stale when it is not what whoever acts has seen."""
    if version is not None and booking.version != version:
        raise Stale(booking)
    return booking


def movable(booking: Booking, *also: Status) -> Booking:
    """The same booking; raises WrongStep when its state lets nobody move it."""
    if booking.status not in (*MOVABLE, *also):
        raise WrongStep(booking)
    return booking


def put(booking: Booking, setup: Setup, wish: Wish, place: Place) -> None:
    """Give a session its new place. The agreed price stays, whoever gives it; another length has its own."""
    if booking.length.treatment_id != wish.length.treatment_id:
        with override(booking.language):
            booking.treatment_name = str(wish.length.treatment.name)
    if booking.length != wish.length or booking.currency != wish.location.currency:
        booking.currency = wish.location.currency
        booking.price = setup.price(place.therapist, wish.length)
    booking.length, booking.minutes, booking.location = wish.length, wish.length.minutes, wish.location
    booking.therapist, booking.room_id = place.therapist, place.room
    booking.during, booking.therapist_block, booking.room_block = place.during, place.therapist_block, place.room_block


def rewrite(changed: Sequence[Changed], *, verb: str, change: Change, act: UUID | None = None) -> None:
    """Save sessions that have their new places, all in one statement; each client hears of it as `change` says."""
    _save([booking for booking, _was in changed], change)
    for booking, was in changed:
        record(booking=booking, verb=verb, by=change.by, now=change.now, was=was, reason=change.reason, act=act)
        edition = booking.edition - 1
        reminders.replan(
            booking=booking,
            before_edition=edition,
            now=change.now,
            former_therapist=was.therapist_id,
            wait=change.wait,
        )


def take_back(changed: Sequence[Changed], *, change: Change) -> None:
    """Save sessions that stand again where they stood; whoever has heard of the change hears that it is undone.

    A question for another time that the change had answered stands again.
    """
    _save([booking for booking, _was in changed], change)
    for booking, was in changed:
        record(booking=booking, verb="undone", by=change.by, now=change.now, was=was, reason=change.reason)
        heard = {"booking": booking, "before_edition": booking.edition - 1, "now": change.now}
        if not asking.resume(booking=booking, now=change.now):
            reminders.taken_back(**heard, former_therapist=was.therapist_id)
            continue
        booking.free_cancel_until = booking.during.lower
        booking.save(update_fields=["free_cancel_until"])
        staff_notices.taken_back(**heard, former_id=was.therapist_id)


def _save(bookings: Sequence[Booking], change: Change) -> None:
    for booking in bookings:
        booking.version += 1
        booking.edition += 1
        booking.confirmed_at = None
        booking.free_cancel_until = booking.location.free_until(booking.during.lower)
        expire_in_the_way(booking, change.now)
    Booking.objects.bulk_update(bookings, SAVED)
    for booking in bookings:
        booking.refresh_from_db(fields=COUNTED_BY_THE_DATABASE)
