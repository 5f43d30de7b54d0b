"""Which starts are offered: every rule is a mask of the starts it lets through, the offer is what all share.

All ticks are relative to one origin, the same for every mask of a search. Masks should reach about a day past
both ends of the searched days, so that no free interval seems to end at the horizon.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bookings.scheduling.hours import LocalDay
from bookings.scheduling.limits import Limit, full_days, without_rest
from bookings.scheduling.timeline import (
    Span,
    bits,
    first_bits,
    from_seeds_on,
    last_bits,
    span_mask,
    starts_of,
    touched,
    up_to_seeds,
)

Offer = tuple[int, tuple[int, ...]]


class Reason(StrEnum):
    """Why a start is not offered. HELD, AWAY, PROP, STYLE and CERTIFICATE are for callers that know more."""

    PAST = "past"
    NOTICE = "notice"
    HORIZON = "horizon"
    STYLE = "style"
    CERTIFICATE = "certificate"
    CLOSED = "closed"
    OFF = "off"
    AWAY = "away"
    BUSY = "busy"
    HELD = "held"
    ROOM = "room"
    PROP = "prop"
    GRID = "grid"
    LIMIT = "limit"
    REST = "rest"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Terms:
    """The ticks of one session: hands-on time, and what the therapist and the room need before and after."""

    hands_on: int
    before: int = 0
    after: int = 0
    room_before: int = 0
    room_after: int = 0

    def __post_init__(self) -> None:
        if self.hands_on < 1 or min(self.before, self.after, self.room_before, self.room_after) < 0:
            raise ValueError("A session takes at least one tick, and no time before or after it is negative.")


@dataclass(frozen=True, slots=True)
class TherapistState:
    """One therapist in the searched horizon.

    `working` and `busy` (blocks, time off, closures) are masks; `sessions` are the spans of her sessions without
    the time before and after, for the limits; `shortest_block` is the shortest block she sells, in ticks: a
    smaller piece of free time is a gap.
    """

    id: int
    working: int
    busy: int
    terms: Terms
    sessions: tuple[Span, ...] = ()
    limits: tuple[Limit, ...] = ()
    shortest_block: int = 1

    @property
    def free(self) -> int:
        return self.working & ~self.busy


@dataclass(frozen=True, slots=True)
class RoomState:
    """A room with the needed props: the mask of its free ticks in service; the lowest `rank` is taken first."""

    id: int
    free: int
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for everybody in one search.

    `opening` is the mask of the location's opening hours, `grid` that of the wall-clock starts; `earliest` is now
    plus the notice; a start lies at or after `earliest` and before `latest`. `days` are the local days, for the
    limits. `gap_rule` is a rule of display: switch it off when you re-check a start that was already offered.
    """

    opening: int
    grid: int
    now: int
    earliest: int
    latest: int
    days: tuple[LocalDay, ...] = ()
    gap_rule: bool = True


def offers(therapists: Iterable[TherapistState], rooms: Sequence[RoomState], rules: Rules) -> list[Offer]:
    """Every offered start, sorted, with the ids of the therapists who are free at it, in the order given."""
    common: dict[Terms, int] = {}
    found: dict[int, list[int]] = {}
    for therapist in therapists:
        terms = therapist.terms
        if terms not in common:
            common[terms] = _common_starts(terms, rooms, rules)
        for start in bits(_offered(therapist, common[terms], rules)):
            if start in found:
                found[start].append(therapist.id)
            else:
                found[start] = [therapist.id]
    return [(start, tuple(found[start])) for start in sorted(found)]


def therapist_starts(state: TherapistState, rooms: Sequence[RoomState], rules: Rules) -> int:
    """The mask of the session starts offered for this therapist."""
    return _offered(state, _common_starts(state.terms, rooms, rules), rules)


def why_not(start: int, state: TherapistState, rooms: Sequence[RoomState], rules: Rules) -> Reason | None:
    """The rule that keeps this start out, the first in the order of Reason; None exactly when it is offered."""
    if start < 0:
        return Reason.PAST if start < rules.now else Reason.HORIZON
    return min(broken_rules(start, state, rooms, rules), key=list(Reason).index, default=None)


def broken_rules(start: int, state: TherapistState, rooms: Sequence[RoomState], rules: Rules) -> list[Reason]:
    """Every rule that keeps this start, zero or later, out; empty exactly when it is offered."""
    fences = [*_common_fences(state.terms, rooms, rules), *_own_fences(state, rules)]
    broken = [reason for reason, allowed in fences if not allowed >> start & 1]
    if Reason.OFF in broken and not _is_busy(start, state):
        broken.remove(Reason.BUSY)  # she is not free then, but nobody has her time
    if broken or therapist_starts(state, rooms, rules) >> start & 1:
        return broken
    return [Reason.GAP]


def _is_busy(start: int, state: TherapistState) -> bool:
    begins, ends = start - state.terms.before, start + state.terms.hands_on + state.terms.after
    return bool(state.busy & span_mask(max(begins, 0), ends))


def room_starts(terms: Terms, rooms: Iterable[RoomState]) -> int:
    """The mask of the session starts at which some room is free for its whole block."""
    block = terms.room_before + terms.hands_on + terms.room_after
    starts = 0
    for room in rooms:
        starts |= starts_of(room.free, block)
    return starts << terms.room_before


def free_rooms(start: int, terms: Terms, rooms: Iterable[RoomState]) -> list[int]:
    """The ids of the rooms that are free for a session at this start, the least equipped first."""
    fitting = [room for room in rooms if start >= 0 and room_starts(terms, [room]) >> start & 1]
    return [room.id for room in sorted(fitting, key=lambda room: (room.rank, room.id))]


def _common_fences(terms: Terms, rooms: Iterable[RoomState], rules: Rules) -> Iterator[tuple[Reason, int]]:
    """The hard rules that are the same for all therapists on these terms, each with the starts it lets through."""
    yield Reason.PAST, -1 << max(rules.now, 0)
    yield Reason.NOTICE, -1 << max(rules.earliest, 0)
    yield Reason.HORIZON, (1 << max(rules.latest, 0)) - 1
    yield Reason.CLOSED, starts_of(rules.opening, terms.hands_on)
    yield Reason.ROOM, room_starts(terms, rooms)


def _own_fences(state: TherapistState, rules: Rules) -> Iterator[tuple[Reason, int]]:
    """The hard rules that look at one therapist's time."""
    terms = state.terms
    block = terms.before + terms.hands_on + terms.after
    yield Reason.OFF, starts_of(state.working, block) << terms.before
    yield Reason.BUSY, starts_of(state.free, block) << terms.before
    yield Reason.GRID, rules.grid | _edges(state.free, terms)
    if state.limits:
        yield Reason.LIMIT, ~full_days(terms.hands_on, state.sessions, state.limits, rules.days)
        yield Reason.REST, ~without_rest(terms.hands_on, state.sessions, state.limits, rules.days)


def _common_starts(terms: Terms, rooms: Iterable[RoomState], rules: Rules) -> int:
    starts = -1
    for _reason, allowed in _common_fences(terms, rooms, rules):
        starts &= allowed
    return starts


def _offered(state: TherapistState, common: int, rules: Rules) -> int:
    """What is left of the starts common to all when this therapist's own rules have spoken, the gap rule last."""
    starts = common
    for _reason, allowed in _own_fences(state, rules):
        starts &= allowed
    return _without_gaps(starts, state) if starts and rules.gap_rule else starts


def _edges(free: int, terms: Terms) -> int:
    """The starts whose block begins, or ends, exactly where a free interval does."""
    return first_bits(free) << terms.before | last_bits(free) >> (terms.hands_on + terms.after - 1)


def _without_gaps(starts: int, state: TherapistState) -> int:
    """The starts that leave no unsellable piece on either side; all of them where a free interval has none.

    A free interval counts from the block of its first possible start to that of its last one. What lies outside is
    lost whatever is booked: it is over, or a rest, or no room is free. It must not make the next start a gap.
    """
    free, terms, shortest = state.free, state.terms, state.shortest_block
    until_end = terms.hands_on + terms.after
    sellable = from_seeds_on(free, starts >> terms.before) & up_to_seeds(free, starts << (until_end - 1))
    nothing_before = first_bits(sellable) << terms.before
    enough_before = starts_of(sellable, shortest) << (shortest + terms.before)
    nothing_after = last_bits(sellable) >> (until_end - 1)
    enough_after = starts_of(sellable, shortest) >> until_end
    clean = starts & (nothing_before | enough_before) & (nothing_after | enough_after)
    return clean | (starts & ~touched(free, clean))
