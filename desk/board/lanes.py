"""The columns of a board before they are drawn: for each therapist or room, when it is there and what takes its time.

A mask counts from the day's midnight, as do the spans made from it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bookings.availability import Setup
from bookings.availability.setup import Week
from bookings.availability.window import week_mask
from bookings.scheduling.timeline import Span, mask_of
from therapists.models import Therapist

from .look import Look
from .rows import CLOSED, EXTRA, OFF, Dated, Session


@dataclass(slots=True)
class Lane:
    """`works`: within her hours, or in use; `there`: and the place is open. `off` is what takes her away.

    `sessions` are those of this place, `elsewhere` those of a therapist at another one. `day` counts for her limits.
    """

    key: str
    pk: int | None
    name: str
    works: int
    there: int
    person: Therapist | None = None
    sessions: list[Session] = field(default_factory=list)
    elsewhere: list[Session] = field(default_factory=list)
    off: list[Dated] = field(default_factory=list)
    is_room: bool = False

    def block(self, session: Session) -> Span:
        """The absolute ticks that a session takes here, with the time before and after it."""
        if self.is_room and session.room_from is not None:
            return session.room_from, session.room_until
        return session.from_tick, session.until_tick


@dataclass(frozen=True, slots=True)
class Around:
    """The day itself: when the place is open by its hours, and what shuts it or a room of it."""

    opening: int
    dated: list[Dated]


def around(setup: Setup, look: Look, dated: list[Dated]) -> Around:
    return Around(week_of(setup.weeks.get(look.place.pk), look), dated)


def therapist_lanes(setup: Setup, look: Look, sessions: Iterable[Session], day: Around) -> list[Lane]:
    """Everybody who works here on this day or has a session here, in the studio's order."""
    mine = defaultdict(list)
    for session in sessions:
        mine[session.therapist].append(session)
    lanes = [own_lane(person, look, mine[person.pk], day) for person in setup.therapists]
    known = {person.pk for person in setup.therapists}
    for pk, theirs in mine.items():
        if pk not in known:
            lane = Lane(theirs[0].therapist_slug, pk, theirs[0].therapist_name, _extra(pk, look, day), 0)
            lanes.append(_fill(lane, theirs, look, day))
    return [lane for lane in lanes if lane.sessions or lane.works]


def own_lane(person: Therapist, look: Look, sessions: Iterable[Session], day: Around) -> Lane:
    """The day of one therapist, with her own sessions only."""
    works = week_of(person.contract.weeks.get(look.place.pk), look) | _extra(person.pk, look, day)
    return _fill(Lane(person.slug, person.pk, person.name, works, works & day.opening, person), sessions, look, day)


def _extra(therapist: int, look: Look, day: Around) -> int:
    spans = [(row.start, row.end) for row in day.dated if row.kind == EXTRA and row.therapist == therapist]
    return mask_of(spans, look.first, look.ticks)


def _fill(lane: Lane, sessions: Iterable[Session], look: Look, day: Around) -> Lane:
    lane.sessions = [session for session in sessions if session.place == look.place.pk]
    lane.elsewhere = [session for session in sessions if session.place != look.place.pk]
    lane.off = [row for row in day.dated if _is_hers(row, lane.pk)]
    return lane


def _is_hers(row: Dated, therapist: int | None) -> bool:
    return (row.kind == OFF and row.therapist == therapist) or (row.kind == CLOSED and row.room is None)


def room_lanes(setup: Setup, look: Look, sessions: Iterable[Session], day: Around) -> list[Lane]:
    """Every room in use here; sessions at the clients' homes have none."""
    here = [session for session in sessions if session.place == look.place.pk]
    lanes = []
    for room in setup.rooms:
        if room.location_id == look.place.pk:
            lane = Lane(f"room-{room.id}", room.id, room.name, day.opening, day.opening, is_room=True)
            lane.sessions = [session for session in here if session.room == room.id]
            lane.off = [row for row in day.dated if row.kind == CLOSED and row.room in (None, room.id)]
            lanes.append(lane)
    return lanes


def week_of(week: Week | None, look: Look) -> int:
    """Weekly hours on this day; a block of the evening before reaches in, one that passes midnight is cut."""
    return week_mask(week, look.day, 1, look.place.zone) if week else 0
