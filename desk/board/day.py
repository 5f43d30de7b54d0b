"""The whole board of a day: its columns with their heads, and what is counted over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bookings.availability import Setup
from bookings.scheduling.timeline import TICK_MINUTES, Span, floor_tick, last_bits
from bookings.views.near import PRESSURE
from therapists.models import Therapist

from .counts import Free, Pulse, free, load, pulse
from .draw import draw
from .items import HOUR, Item, Sheet, items_of
from .lanes import Lane, around, room_lanes, therapist_lanes
from .look import A_GROUP, ROOM, Look, link
from .pulse import digest
from .rows import dated_of, sessions_of

FEWEST_HOURS, USUAL = 3, (9, 18)


@dataclass(frozen=True, slots=True)
class Column:
    """A therapist or a room: `under` are the lines below its name, `is_chosen` is the one that a phone shows."""

    key: str
    pk: int | None
    name: str
    under: tuple[str, ...]
    items: list[Item]
    is_chosen: bool
    address: str
    week: str = ""

    @property
    def drawn(self) -> SafeString:
        return draw(self.items, reverse("desk_day"))


@dataclass(frozen=True, slots=True)
class Board:
    look: Look
    now: datetime
    digest: str
    opens: int
    hours: int
    axis: list[Item]
    now_at: str
    now_clock: str
    columns: list[Column]
    groups: list[tuple[str, str, bool]]
    pulse: Pulse
    free: list[Free]

    @property
    def midnight(self) -> int:
        """Seconds since 1970 at the day's midnight."""
        return self.look.first * TICK_MINUTES * 60

    @property
    def seconds(self) -> int:
        """Seconds since 1970 when this was read, for clocks that are wrong."""
        return int(self.now.timestamp())

    @property
    def clock(self) -> str:
        return wall_clock(self.now, self.look)

    @property
    def look_address(self) -> str:
        """Where to ask whether this is still the day."""
        group = self.look.group if self.look.group > 1 else ""
        return link("desk_pulse", day=self.look.day, place=self.look.place.slug, group=group)


def wall_clock(now: datetime, look: Look) -> str:
    """To the second, as the board says when it was read: "9:52:10"."""
    return f"{now.astimezone(look.place.zone):%H:%M:%S}".removeprefix("0")


def read_board(setup: Setup, look: Look, now: datetime) -> Board:
    """Three statements. The digest is read first: what changes while the rest is read shows in the next one."""
    seen = digest(look, now)
    sessions = sessions_of(look, now)
    day = around(setup, look, dated_of(look))
    find = room_lanes if look.by == ROOM else therapist_lanes
    every = find(setup, look, sessions, day)
    lanes, groups = dozen(every, look)
    sheet = Sheet(look, now, shown(lanes, day.opening, look))
    loads = {lane.key: load(lane, look) for lane in lanes}
    columns = [column(lane, sheet, setup, loads[lane.key], chosen(lanes, look)) for lane in lanes]
    return Board(
        look=look,
        now=now,
        digest=seen,
        opens=sheet.shown[0] // HOUR,
        hours=(sheet.shown[1] - sheet.shown[0]) // HOUR,
        axis=axis(sheet),
        now_at=now_at(sheet),
        now_clock=sheet.words.clock(now),
        columns=columns,
        groups=groups,
        pulse=pulse(every, look, now),
        free=free([(one.name, one.items, loads[one.key]) for one in columns], sheet),
    )


def dozen(lanes: Sequence[Lane], look: Look) -> tuple[Sequence[Lane], list[tuple[str, str, bool]]]:
    """The twelve columns of this page, and the way to the others: words, address, whether it is this one."""
    count = -(-len(lanes) // A_GROUP)
    page = min(max(look.group, 1), max(count, 1))
    groups = []
    for number in range(1, count + 1) if count > 1 else ():
        some = lanes[(number - 1) * A_GROUP : number * A_GROUP]
        words = _("%(start)s to %(end)s") % {"start": some[0].name, "end": some[-1].name}
        groups.append((words, look.address(group=number), number == page))
    return lanes[(page - 1) * A_GROUP : page * A_GROUP], groups


def shown(lanes: Sequence[Lane], opening: int, look: Look) -> Span:
    """Whole hours around all that happens, at least three; the usual ones on a day without anything."""
    mask = reduce(or_, (lane.works for lane in lanes), opening)
    for lane in lanes:
        for session in lane.sessions:
            start, end = lane.block(session)
            mask |= 1 << max(start - look.first, 0) | 1 << max(min(end - look.first, look.ticks) - 1, 0)
    if not mask:
        return USUAL[0] * HOUR, USUAL[1] * HOUR
    first = ((mask & -mask).bit_length() - 1) // HOUR
    last = max(-(-mask.bit_length() // HOUR), first + FEWEST_HOURS)
    return first * HOUR, last * HOUR


def axis(sheet: Sheet) -> list[Item]:
    """The half hours beside the columns, with what the clock on the wall shows at them."""
    first, last = sheet.shown
    rows = [(tick, sheet.clock(tick)) for tick in range(first, last, HOUR // 2)]
    return [Item("", tick, sheet.at(tick, tick + HOUR // 2), words if tick % HOUR == 0 else "") for tick, words in rows]


def now_at(sheet: Sheet) -> str:
    """The place of the line of now; empty on other days and outside the hours that are shown."""
    tick = floor_tick(sheet.now) - sheet.look.first
    return sheet.at(tick, tick + 1) if sheet.shown[0] <= tick < sheet.shown[1] else ""


def chosen(lanes: Sequence[Lane], look: Look) -> str:
    """The column that a phone shows: the one asked for, else the first with a session."""
    if look.who in {lane.key for lane in lanes}:
        return look.who
    busy = [lane.key for lane in lanes if lane.sessions]
    return next(iter(busy or [lane.key for lane in lanes]), "")


def column(lane: Lane, sheet: Sheet, setup: Setup, loaded: tuple[str, ...], who: str) -> Column:
    look = sheet.look
    under = (styles(lane.person, setup, sheet, lane), *loaded) if lane.person else loaded
    return Column(
        key=lane.key,
        pk=lane.pk,
        name=lane.name,
        under=under,
        items=items_of(lane, sheet),
        is_chosen=lane.key == who,
        address=look.address(who=lane.key, place="", by="", group=look.group if look.group > 1 else ""),
        week="" if lane.is_room else link("desk_week", lane.key, day=look.day),
    )


def styles(person: Therapist, setup: Setup, sheet: Sheet, lane: Lane) -> str:
    """ "firm to deep, Japanese, until 16:00"."""
    names = {length.treatment.style_id: str(length.treatment.style) for length in setup.lengths}
    light, firm = PRESSURE[person.pressure_from], PRESSURE[person.pressure_to]
    said = [str(light) if light == firm else _("%(start)s to %(end)s") % {"start": light, "end": firm}]
    ends = last_bits(lane.there).bit_length()
    if lane.there and ends < sheet.shown[1]:
        said.append(_("until %(time)s") % {"time": sheet.clock(ends)})
    return ", ".join(said + [name for pk, name in names.items() if pk in person.contract.style_ids])
