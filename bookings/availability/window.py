"""The rows of one search as masks: hours, exceptions, rooms and what is taken. Two statements, at any size."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bookings.models.status import Status
from bookings.scheduling.hours import DAY_TICKS, LocalDay, grid_mask, horizon_spans, local_days, wall_to_tick
from bookings.scheduling.offers import RoomState, Rules, TherapistState
from bookings.scheduling.timeline import ceil_tick, floor_tick, mask_of, span_mask
from locations.models import Location
from therapists.models import Therapist
from treatments.models import Length, Treatment

from .rows import But, Rows, read_rows
from .setup import PropRow, Setup, Week, certified_days, terms_of

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """One search: the masks of every therapist asked for and of every room that has the props.

    `origin` is the absolute tick of bit 0, the local midnight a day before the first searched day. `certified` are
    the masks of those who need a certificate; `holds` are (therapist, room, from, until); `away` are the masks of time
    off, and under None of the closures of the house.
    """

    location: Location
    length: Length
    origin: int
    ticks: int
    rules: Rules
    states: tuple[TherapistState, ...]
    rooms: tuple[RoomState, ...]
    holds: tuple[tuple, ...]
    certified: dict[int, int]
    away: dict[int | None, int]

    def at_desk(self) -> "Window":
        """The same for somebody who stands at the desk: no notice, any full five minutes, and gaps are her business."""
        every = (1 << self.ticks) - 1
        rules = replace(self.rules, grid=every, earliest=self.rules.now, latest=self.ticks, gap_rule=False)
        return replace(self, rules=rules)

    def days(self, first_day: date) -> list[LocalDay]:
        return [day for day in self.rules.days if day.date >= first_day]


def load_window(
    setup: Setup,
    *,
    location: Location,
    length: Length,
    therapists: Iterable[Therapist],
    first_day: date,
    days: int,
    now: datetime,
    but: But = None,
) -> Window:
    """Read the rows for `days` local days and paint them. `but`: bookings whose own time counts as free."""
    rows = read_rows(location, first_day, days, now, but)
    return paint(setup, rows, location=location, length=length, therapists=therapists, now=now)


def paint(
    setup: Setup, rows: Rows, *, location: Location, length: Length, therapists: Iterable[Therapist], now: datetime
) -> Window:
    """The masks of these rows for one length and some therapists. No statement."""
    people = {person.pk: person for person in therapists}
    masks = _Masks(location.zone, rows.first_day, rows.days, rows.origin, rows.ticks)
    masks.add_weekly(None, setup.weeks.get(location.pk))
    for person in people.values():
        masks.add_weekly(person.pk, person.contract.weeks.get(location.pk))
    masks.add_dated(rows.dated)
    masks.add_bookings(rows.bookings)
    rooms = _rooms(setup, location, length, masks)
    states = (_state(person, length, masks) for person in people.values())
    return Window(
        location,
        length,
        rows.origin,
        rows.ticks,
        _rules(location, masks, now),
        tuple(states),
        rooms,
        tuple(masks.holds),
        masks.certified,
        masks.away,
    )


class _Masks:
    """The masks while they are painted, by therapist or room id; None stands for the location."""

    def __init__(self, zone: ZoneInfo, first_day: date, days: int, origin: int, ticks: int) -> None:
        self.zone, self.first_day, self.days, self.origin, self.ticks = zone, first_day, days, origin, ticks
        self.working: dict[int | None, int] = defaultdict(int)
        self.busy: dict[int | None, int] = defaultdict(int)
        self.away: dict[int | None, int] = defaultdict(int)
        self.room_busy: dict[int, int] = defaultdict(int)
        self.sessions: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.holds: list[tuple] = []
        self.certified: dict[int, int] = {}

    def add_weekly(self, who: int | None, week: Week | None) -> None:
        if week is not None:
            self.working[who] = week_mask(week, self.first_day - _ONE_DAY, self.days + 2, self.zone)

    def add_dated(self, rows: Iterable[tuple]) -> None:
        for kind, who, room, during in rows:
            if kind == "extra":
                start, end = ceil_tick(during.lower), floor_tick(during.upper)
                self.working[who] |= mask_of([(start, end)], self.origin, self.ticks)
                continue
            mask = mask_of([(floor_tick(during.lower), ceil_tick(during.upper))], self.origin, self.ticks)
            if room is not None:
                self.room_busy[room] |= mask
            else:
                self.busy[who] |= mask
                self.away[who] |= mask

    def add_bookings(self, rows: Iterable[tuple]) -> None:
        """Paint what is booked. A search has over a thousand of these rows, so each costs two shifts and no call."""
        # A block may begin before the horizon: painting begins a day earlier, and that day is cut off.
        origin, first, sessions = self.origin - DAY_TICKS, self.origin, self.sessions
        held, no_show = str(Status.HELD), str(Status.NO_SHOW)
        busy: dict[int, int] = defaultdict(int)
        room_busy: dict[int, int] = defaultdict(int)
        for who, room, start, end, begins, ends, room_begins, room_ends, status in rows:
            block = ((1 << (ends - begins)) - 1) << (begins - origin)
            busy[who] |= block
            if room is not None:
                if room_begins is not None or room_ends is not None:
                    room_begins, room_ends = room_begins or begins, room_ends or ends
                    block = ((1 << (room_ends - room_begins)) - 1) << (room_begins - origin)
                room_busy[room] |= block
            if status != no_show:
                sessions[who].append(((start or begins) - first, end - first))
            if status == held:
                self.holds.append((who, room, begins - first, ends - first))
        for painted, masks in ((busy, self.busy), (room_busy, self.room_busy)):
            for key, mask in painted.items():
                masks[key] |= mask >> DAY_TICKS


@lru_cache(maxsize=4096)
def week_mask(week: Week, first_day: date, days: int, zone: ZoneInfo) -> int:
    """The mask of weekly blocks over these local days, from the first midnight to the last."""
    start = wall_to_tick(first_day, time(), zone)
    end = wall_to_tick(first_day + days * _ONE_DAY, time(), zone)
    return mask_of(horizon_spans(week.rules, first_day, days, zone), start, end - start)


def _rules(location: Location, masks: _Masks, now: datetime) -> Rules:
    today = now.astimezone(masks.zone).date()
    last = wall_to_tick(today + (location.horizon_days + 1) * _ONE_DAY, time(), masks.zone)
    return Rules(
        opening=masks.working[None] & ~masks.busy[None],
        grid=grid_mask(masks.first_day, masks.days, masks.zone, location.start_step_minutes, masks.origin, masks.ticks),
        now=ceil_tick(now) - masks.origin,
        earliest=ceil_tick(now + location.lead) - masks.origin,
        latest=last - masks.origin,
        days=local_days(masks.first_day, masks.days, masks.zone, masks.origin),
        gap_rule=location.gap_rule,
    )


def _state(therapist: Therapist, length: Length, masks: _Masks) -> TherapistState:
    treatment = length.treatment
    working = masks.working[therapist.pk]
    if treatment.style.needs_certificate:
        masks.certified[therapist.pk] = _certified(therapist, treatment, masks)
        working &= masks.certified[therapist.pk]
    return TherapistState(
        id=therapist.pk,
        working=working,
        busy=masks.busy[therapist.pk] | masks.busy[None],
        terms=terms_of(therapist, length),
        sessions=tuple(masks.sessions[therapist.pk]),
        limits=therapist.contract.limits,
        shortest_block=therapist.contract.shortest_block,
    )


def _certified(therapist: Therapist, treatment: Treatment, masks: _Masks) -> int:
    end = masks.first_day + (masks.days + 2) * _ONE_DAY
    spans = []
    for since, until in certified_days(therapist, treatment):
        last = min(until or end, end)
        spans.append((wall_to_tick(since, time(), masks.zone), wall_to_tick(last + _ONE_DAY, time(), masks.zone)))
    return mask_of(spans, masks.origin, masks.ticks)


def _rooms(setup: Setup, location: Location, length: Length, masks: _Masks) -> tuple[RoomState, ...]:
    """The rooms that have what the treatment needs, and when they are free with all of it in service."""
    everything = (1 << masks.ticks) - 1
    rooms = []
    for room in setup.rooms:
        usable = everything if room.location_id == location.pk else 0
        for group in length.treatment.needed_props:
            in_service = 0
            for prop in room.props:
                if prop.kind in group:
                    in_service |= _in_service(prop, masks)
            usable &= in_service
        if usable:
            rooms.append(RoomState(room.id, usable & ~masks.room_busy[room.id], len(room.props)))
    return tuple(rooms)


def _in_service(prop: PropRow, masks: _Masks) -> int:
    """A prop serves until its inspection lapses, and not while it is out of service."""
    mask = (1 << masks.ticks) - 1
    if prop.inspected:
        lapses = wall_to_tick(prop.inspected + _ONE_DAY, time(), masks.zone)
        mask &= span_mask(0, lapses - masks.origin)
    if prop.out:
        back = ceil_tick(prop.back) - masks.origin if prop.back else masks.ticks
        mask &= ~span_mask(floor_tick(prop.out) - masks.origin, back)
    return mask
