"""Running late: the rest of a therapist's day moves together, in one statement, or not at all."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.availability import Shifted, load_setup
from bookings.availability.shifted import sessions_of, shifted
from bookings.models import Booking
from bookings.models.event import Was
from bookings.scheduling.timeline import TICK_MINUTES
from locations.models import Location, Room
from therapists.models import Therapist

from .blocking import WrongTimes
from .change import Change
from .errors import InTheWay, NeedsReason, Stale
from .locks import in_transaction, lock
from .placing import take_whole_time
from .rewriting import rewrite


def shift(
    *,
    therapist: Therapist,
    location: Location,
    day: date,
    minutes: int,
    from_: datetime,
    change: Change,
    seen: Mapping[int, int] | None = None,
) -> Sequence[Booking]:
    """Move what a therapist has not begun by `from_` on a day by `minutes`, more than none and in fives.

    Each client gets one message. `seen`: the version of each session that the desk saw, by its id. Raises WrongTimes,
    Stale, InTheWay (nothing has moved), and NeedsReason where hours or rest are in the way.
    """
    if minutes <= 0 or minutes % TICK_MINUTES:
        raise WrongTimes
    setup = load_setup()

    def act() -> Sequence[Booking]:
        rooms = Room.objects.filter(location=location, in_use=True).values_list("pk", flat=True)
        lock(therapists=[therapist.pk], rooms=rooms)
        rows = _locked(sessions_of(therapist, location, day, from_))
        _as_seen(rows, seen)
        return _shift(shifted(setup, rows, minutes, change.now), change)

    return in_transaction(act)


def _locked(bookings: Sequence[Booking]) -> Sequence[Booking]:
    """Hold the rows until the transaction ends: whoever changes one without our locks waits."""
    list(Booking.objects.filter(pk__in=[row.pk for row in bookings]).order_by("pk").select_for_update())
    return bookings


def _as_seen(rows: Sequence[Booking], seen: Mapping[int, int] | None) -> None:
    now = {row.pk: row.version for row in rows}
    if seen is not None and now != dict(seen):
        changed = next((row for row in rows if seen.get(row.pk) != row.version), None)
        raise Stale(changed or Booking.objects.get(pk=next(iter(set(seen) - set(now)))))


def _shift(plan: Sequence[Shifted], change: Change) -> Sequence[Booking]:
    if any(one.is_impossible for one in plan):
        raise InTheWay(plan)
    soft = next((one.why for one in plan if one.why), None)
    if soft and not change.reason:
        raise NeedsReason(soft)
    changed = [(one.booking, Was.of(one.booking)) for one in plan]
    for one in plan:
        _put(one)
    rewrite(changed, verb="moved", change=change, act=uuid4())
    return [booking for booking, _was in changed]


def _put(one: Shifted) -> None:
    row = one.booking
    row.during, row.room_id = DateTimeTZRange(one.start, one.start + timedelta(minutes=row.minutes)), one.room
    take_whole_time(row)
