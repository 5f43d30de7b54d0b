"""Who takes a session at a start, and in which room. Decided under the locks, on rows read after them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Q

from bookings.availability import Setup, Window, Wish, explain, load_window, nearest
from bookings.availability.setup import terms_with
from bookings.models import Booking
from bookings.models.status import Status
from bookings.scheduling.offers import Reason, Terms, TherapistState, free_rooms, therapist_starts
from bookings.scheduling.timeline import TICK_SECONDS, instant_of, tick_of
from therapists.models import Therapist
from treatments.models import Length, TherapistTreatment

from .errors import NotOffered, SlotTaken

SOFT = frozenset({Reason.NOTICE, Reason.HORIZON, Reason.CLOSED, Reason.OFF, Reason.GRID, Reason.LIMIT, Reason.REST})
"""What the desk may overrule with a reason: notice, horizon, hours, the minutes of the hour, limits and rest."""
_NEVER = {Reason.PAST, Reason.NOTICE, Reason.HORIZON, Reason.STYLE, Reason.CERTIFICATE, Reason.CLOSED, Reason.OFF}
"""Reasons that were there before anybody else booked."""


@dataclass(frozen=True, slots=True)
class Place:
    """A therapist, the id of a room, and the half-open ranges that a session there takes."""

    therapist: Therapist
    room: int
    during: DateTimeTZRange
    therapist_block: DateTimeTZRange
    room_block: DateTimeTZRange


def find_place(
    setup: Setup,
    wish: Wish,
    start: datetime,
    now: datetime,
    *,
    excused: Collection[Reason] = (),
    keep: Booking | None = None,
    rooms: Sequence[int] = (),
    beside: Place | None = None,
) -> Place:
    """Where a session at `start` finds its place. Call it under the locks; raises SlotTaken when it finds none.

    `excused`: of SOFT, or PAST, the rules that do not count this time. A booking that is moved keeps (`keep`) its
    therapist and its room if it can; `rooms` are rooms to take before that one. `beside`: what another session takes in
    the same act.
    """
    window = _window(setup, wish, start, now)
    return find_in(window, setup, wish, start, excused=excused, keep=keep, rooms=rooms, beside=beside)


def find_in(
    window: Window,
    setup: Setup,
    wish: Wish,
    start: datetime,
    *,
    excused: Collection[Reason] = (),
    keep: Booking | None = None,
    rooms: Sequence[int] = (),
    beside: Place | None = None,
) -> Place:
    """The same in a window that was read before. No statement."""
    people = setup.givers(wish.length.treatment, wish.therapist)
    tick = int(start.timestamp()) // TICK_SECONDS - window.origin
    free = _free_therapists(_excuse(window, excused), tick)
    if not free or start.timestamp() % TICK_SECONDS:
        raise SlotTaken
    state = next((state for state in free if keep and state.id == keep.therapist_id), None)
    state = state or least_loaded(free, tick, window)
    person, ranges = next(person for person in people if person.pk == state.id), ranges_of(start, state.terms)
    taken = {beside.room} if beside and meet(beside.room_block, ranges[2]) else set()
    fitting = [room for room in free_rooms(tick, state.terms, window.rooms) if room not in taken]
    wanted = [*rooms, keep.room_id] if keep else rooms
    return Place(person, _first_of(wanted, fitting), *ranges)


def _first_of(wanted: Sequence[int | None], fitting: Sequence[int]) -> int:
    """The first wanted room that fits, else the least equipped that does. Raises SlotTaken."""
    if not fitting:
        raise SlotTaken
    return next((room for room in wanted if room in fitting), fitting[0])


def lacks_props(setup: Setup, length: Length, room: int) -> bool:
    """Whether a room has not what a treatment needs, however free it is."""
    kinds = {prop.kind for row in setup.rooms if row.id == room for prop in row.props}
    return any(kinds.isdisjoint(group) for group in length.treatment.needed_props)


def meet(one: DateTimeTZRange, other: DateTimeTZRange) -> bool:
    return one.lower < other.upper and other.lower < one.upper


def _window(setup: Setup, wish: Wish, start: datetime, now: datetime) -> Window:
    window = load_window(
        setup,
        location=wish.location,
        length=wish.length,
        therapists=setup.givers(wish.length.treatment, wish.therapist),
        first_day=start.astimezone(wish.location.zone).date(),
        days=1,
        now=now,
        but=wish.but,
    )
    return without_gap_rule(window)


def without_gap_rule(window: Window) -> Window:
    """The gap rule only chooses what is shown: whoever saw a time that is free gets it."""
    return replace(window, rules=replace(window.rules, gap_rule=False))


def _free_therapists(window: Window, tick: int) -> list[TherapistState]:
    return [
        state
        for state in window.states
        if tick >= 0 and therapist_starts(state, window.rooms, window.rules) >> tick & 1
    ]


def _excuse(window: Window, excused: Collection[Reason]) -> Window:
    """The window without these rules. What is taken stays taken, and a certificate stays needed."""
    every = (1 << window.ticks) - 1
    rules, states = window.rules, window.states
    if Reason.PAST in excused:
        rules = replace(rules, now=0, earliest=0)
    if Reason.NOTICE in excused:
        rules = replace(rules, earliest=rules.now)
    if Reason.HORIZON in excused:
        rules = replace(rules, latest=window.ticks)
    if Reason.CLOSED in excused:
        rules = replace(rules, opening=every)
    if Reason.GRID in excused:
        rules = replace(rules, grid=every)
    if Reason.OFF in excused:
        states = tuple(replace(state, working=every & window.certified.get(state.id, every)) for state in states)
    if Reason.LIMIT in excused:  # rest is one of her limits, and goes with them
        states = tuple(replace(state, limits=()) for state in states)
    return replace(window, rules=rules, states=states)


def least_loaded(free: Sequence[TherapistState], tick: int, window: Window) -> TherapistState:
    """The one with the least massage on that day; among equals, the longest rested."""
    day = next(day for day in window.rules.days if day.start <= tick < day.end)

    def load(state: TherapistState) -> tuple[int, int]:
        today = [(start, end) for start, end in state.sessions if day.start <= start < day.end]
        last_end = max((end for _start, end in today if end <= tick), default=day.start)
        return sum(end - start for start, end in today), last_end

    return min(free, key=load)


def ranges_of(start: datetime, terms: Terms) -> tuple[DateTimeTZRange, DateTimeTZRange, DateTimeTZRange]:
    tick = tick_of(start)
    end = tick + terms.hands_on
    return (
        _range(tick, end),
        _range(tick - terms.before, end + terms.after),
        _range(tick - terms.room_before, end + terms.room_after),
    )


def _range(start: int, end: int) -> DateTimeTZRange:
    return DateTimeTZRange(instant_of(start), instant_of(end))


def take_whole_time(booking: Booking) -> None:
    """Give a session that had ended the blocks of its whole time again; the constraints say whether they are free."""
    own = TherapistTreatment.objects.filter(therapist=booking.therapist_id, treatment=booking.length.treatment_id)
    terms = terms_with(own.values(before=F("before_minutes"), after=F("after_minutes")).first(), booking.length)
    _during, booking.therapist_block, room_block = ranges_of(booking.during.lower, terms)
    booking.room_block = room_block if booking.room_id else None


def expire_in_the_way(booking: Booking, now: datetime) -> None:
    """Holds that ran out still stand in the constraint's way until somebody says so."""
    same = Q(therapist=booking.therapist_id, therapist_block__overlap=booking.therapist_block)
    if booking.room_id:
        same |= Q(room=booking.room_id, room_block__overlap=booking.room_block)
    Booking.objects.stale_holds(now).filter(same).exclude(pk=booking.pk).update(status=Status.EXPIRED)


def gone(setup: Setup, wish: Wish, start: datetime, now: datetime) -> SlotTaken | NotOffered:
    """The exception for a time that cannot be had, with the times near it."""
    near = nearest(setup, wish, start, now)
    why = explain(setup, wish, start, now)
    return NotOffered(why, near) if why and why.reason in _NEVER else SlotTaken(near, why)
