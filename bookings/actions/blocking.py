"""Taking a therapist or a room out of the day, and giving them back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from bookings.models import BlockEvent, Booking
from bookings.models.status import AHEAD
from bookings.scheduling.timeline import TICK_SECONDS, ceil_tick, instant_of
from locations.models import Closure, Room
from therapists.models import Therapist, TimeOff

from .change import Change
from .locks import in_transaction, lock


class WrongTimes(Exception):
    """A block begins and ends on full five minutes, and lasts longer than nothing."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The time that is blocked now, and the sessions in it that somebody must look after, the earliest first."""

    block: TimeOff | Closure
    attention: tuple[Booking, ...]


def block(
    *,
    start: datetime,
    end: datetime,
    reason: str,
    change: Change,
    therapist: Therapist | None = None,
    room: Room | None = None,
    kind: str = TimeOff.Kind.OTHER,
) -> Blocked:
    """Take a therapist, or a room, out of [start, end). Booked sessions stay: they come back to be looked after.

    `kind`: one of TimeOff.Kind, for a therapist. Raises WrongTimes.
    """
    if start >= end or start.timestamp() % TICK_SECONDS or end.timestamp() % TICK_SECONDS:
        raise WrongTimes
    during = DateTimeTZRange(start, end)

    def act() -> Blocked:
        _lock(therapist, room)
        if therapist:
            made = TimeOff.objects.create(therapist=therapist, during=during, kind=kind, reason=reason)
        else:
            made = Closure.objects.create(location=room.location, room=room, during=during, reason=reason)
        record_block(BlockEvent.Verb.BLOCKED, made, during, reason, change)
        return Blocked(made, tuple(in_the_way(therapist=therapist, room=room, during=during)))

    return in_transaction(act)


def lift(*, block: TimeOff | Closure, change: Change) -> None:
    """Give back what is left of a block: all of it before it begins, the rest from now on later. Twice is once."""

    def act() -> None:
        room = getattr(block, "room", None)
        _lock(getattr(block, "therapist", None), room)
        row = type(block).objects.select_for_update().filter(pk=block.pk).first()
        if row is None or row.during.upper <= change.now:
            return
        freed = DateTimeTZRange(max(row.during.lower, instant_of(ceil_tick(change.now))), row.during.upper)
        if row.during.lower >= change.now:
            row.delete()
        elif freed.lower < freed.upper:
            row.during = DateTimeTZRange(row.during.lower, freed.lower)
            row.save(update_fields=["during"])
        record_block(BlockEvent.Verb.LIFTED, block, freed, change.reason, change)

    in_transaction(act)


def in_the_way(
    *, during: DateTimeTZRange, therapist: Therapist | None = None, room: Room | None = None
) -> Iterable[Booking]:
    """Sessions ahead that take a therapist, or a room, at that time. One query."""
    whose = Q(therapist=therapist, therapist_block__overlap=during) if therapist else Q(room=room)
    when = Q() if therapist else Q(room_block__overlap=during)
    rows = Booking.objects.filter(whose & when, status__in=AHEAD)
    return rows.select_related("therapist", "room", "location", "length__treatment__style", "client").order_by("during")


def _lock(therapist: Therapist | None, room: Room | None) -> None:
    lock(therapists=[therapist.pk] if therapist else [], rooms=[room.pk] if room else [])


def record_block(verb: str, made: TimeOff | Closure, during: DateTimeTZRange, reason: str, change: Change) -> None:
    """Write who did what about the time of a therapist, a room or a place."""
    is_hers = isinstance(made, TimeOff)
    whose = {"therapist": made.therapist} if is_hers else {"room": made.room, "location": made.location}
    BlockEvent.objects.create(
        verb=verb, at=change.now, actor_id=change.by.user_id, during=during, reason=reason, **whose
    )
