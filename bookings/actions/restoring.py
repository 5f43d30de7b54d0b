"""Taking a cancelled session back, while its time is free."""

from bookings import reminders
from bookings.availability import Setup, Wish, load_setup
from bookings.models import Booking
from bookings.models.event import record
from bookings.models.status import Status
from locations.models import Room

from .change import Change
from .errors import SlotTaken, WrongStep
from .locks import in_transaction, lock, locked
from .moving import SAME_START
from .placing import SOFT, expire_in_the_way, find_place, gone
from .rewriting import as_seen


def restore(*, booking: Booking, change: Change) -> Booking:
    """Book a cancelled session again: the same therapist and time, its own room or another one that fits.

    Until its end. Raises SlotTaken or NotOffered (with nearest times), Stale, WrongStep.
    """
    setup = load_setup()
    try:
        return in_transaction(lambda: _restore(setup, booking, change))
    except SlotTaken as taken:
        raise gone(setup, _wish(booking), booking.during.lower, change.now) from taken


def _restore(setup: Setup, booking: Booking, change: Change) -> Booking:
    rooms = Room.objects.filter(location=booking.location_id, in_use=True).values_list("pk", flat=True)
    lock(therapists=[booking.therapist_id], rooms={*rooms, *filter(None, [booking.room_id])})
    current = as_seen(locked(booking), change.version)
    if current.status != Status.CANCELLED or current.during.upper <= change.now:
        raise WrongStep(current)
    start, excused = current.during.lower, SOFT | SAME_START
    place = find_place(setup, _wish(current), start, change.now, excused=excused, keep=current)
    current.room_id, current.therapist_block, current.room_block = place.room, place.therapist_block, place.room_block
    current.status, current.confirmed_at = Status.BOOKED, None
    # It takes place as agreed: a question for another time that it was cancelled over is answered by that.
    current.free_cancel_until = current.location.free_until(start)
    current.version += 1
    current.edition += 1
    expire_in_the_way(current, change.now)
    current.save()
    record(booking=current, verb="restored", by=change.by, now=change.now, reason=change.reason)
    reminders.restored(booking=current, now=change.now, wait=change.wait)
    return current


def _wish(booking: Booking) -> Wish:
    return Wish(booking.location, booking.length, booking.therapist, booking.starts_at.date(), days=1)
