"""What stands in a column: cards, turnovers, free gaps, what blocks and what is shut, each at its place by classes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bookings.models.status import OVER
from bookings.scheduling.timeline import TICK_MINUTES, Span, ceil_tick, instant_of, mask_of, runs
from spa.texts import clock_in

from .cards import Words
from .lanes import Lane
from .look import Look, link
from .rows import OFF, Dated, Session

SHORTEST_GAP = 4
"""Ticks: less than the shortest session is no gap that anybody books."""
AMPLE = 9
"""Ticks in which every session fits, with the time after it."""
HOUR = 12
CARD, TURN, GAP, BLOCKED, SHUT = "card", "turn", "gap", "blocked", "shut"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a lane. `at` and `look` are classes: of its place, of its state. `lines` stand below.

    `link`: where it leads; `why`: the page that says why nothing can be booked there.
    """

    kind: str
    start: int
    at: str
    head: str = ""
    until: str = ""
    name: str = ""
    warn: str = ""
    lines: tuple[str, ...] = ()
    look: str = ""
    state: str = ""
    link: str = ""
    why: str = ""
    version: int = 0
    ticks: int = 0


@dataclass
class Sheet:
    """One drawing of a day: what is looked at, and when. `shown` are the first and last tick that the board shows."""

    look: Look
    now: datetime
    shown: Span

    @cached_property
    def words(self) -> Words:
        return Words(self.look, self.now)

    @cached_property
    def first(self) -> int:
        """The tick of the day's midnight."""
        return self.look.first

    @cached_property
    def soon(self) -> int:
        """The first tick from midnight that is not over."""
        return ceil_tick(self.now) - self.first

    @cached_property
    def clocks(self) -> dict[int, str]:
        return {}

    def clock(self, tick: int) -> str:
        """The wall clock at a tick counted from midnight."""
        if tick not in self.clocks:
            wall = instant_of(self.first + tick).astimezone(self.look.place.zone)
            self.clocks[tick] = clock_in(get_language(), wall)
        return self.clocks[tick]

    def span(self, start: int, end: int) -> str:
        return _("%(start)s to %(end)s") % {"start": self.clock(start), "end": self.clock(end)}

    def until(self, tick: int) -> str:
        """The other half of a range, for whoever hears the card read aloud: "to 14:50"."""
        return self.to % {"time": self.clock(tick)}

    @cached_property
    def to(self) -> str:
        return _("to %(time)s")

    @cached_property
    def turnovers(self) -> dict[int, str]:
        return {}

    def turnover(self, minutes: int) -> str:
        if minutes not in self.turnovers:
            self.turnovers[minutes] = _("turnover %(minutes)s") % {"minutes": minutes}
        return self.turnovers[minutes]

    def at(self, start: int, end: int) -> str:
        """The classes of a place, counted from midnight: its start, and its minutes or, past an hour, its end."""
        begins = f"h{start // HOUR} m{start % HOUR * TICK_MINUTES}"
        if end - start <= HOUR:
            return f"{begins} d{(end - start) * TICK_MINUTES}"
        return f"{begins} eh{end // HOUR} em{end % HOUR * TICK_MINUTES}"

    def mask(self, start: int, end: int) -> int:
        """The mask of absolute ticks, cut to what is shown."""
        first, last = self.shown
        return mask_of([(start, end)], self.first, last) >> first << first


def items_of(lane: Lane, sheet: Sheet) -> list[Item]:
    """All of a column, from morning to evening; nothing overlaps."""
    found, taken = list(_sessions(lane, sheet)), 0
    for session in (*lane.sessions, *lane.elsewhere):
        taken |= sheet.mask(*lane.block(session))
    for session in lane.elsewhere:
        found += _blocked(
            sheet, sheet.mask(*lane.block(session)), _("At %(place)s") % {"place": session.place_name}, lane
        )
    everything, off = sheet.mask(sheet.first + sheet.shown[0], sheet.first + sheet.shown[1]), 0
    for row in lane.off:
        # Who is away takes her away from her hours only; a shut house is shut for everybody.
        mask = sheet.mask(row.start, row.end) & (lane.works or everything) & ~taken & ~off
        found += _blocked(sheet, mask, row.reason or _("Closed"), lane, lift_link(row))
        off |= mask
    found += _shut(sheet, everything & ~lane.there & ~taken & ~off, lane)
    found += _gaps(sheet, lane.there & everything & ~taken & ~off, lane)
    return sorted(found, key=lambda item: item.start)


def _sessions(lane: Lane, sheet: Sheet) -> Iterator[Item]:
    for session in lane.sessions:
        begins, ends = lane.block(session)
        start, end = session.start, session.end
        if session.status in OVER:
            end = min(end, ends)  # what was left of its time is given back, and may be somebody else's by now
        clash = any(row.start < session.end and session.start < row.end for row in lane.off)
        for span in ((begins, start), (end, ends)):
            yield from _turnover(sheet, span)
        yield from _card(sheet, session, (start, end), clash, lane)


def _card(sheet: Sheet, session: Session, span: Span, clash: bool, lane: Lane) -> Iterator[Item]:
    for start, end in runs(sheet.mask(*span)):
        words = sheet.words.card(session, end - start, clash=clash, is_room=lane.is_room)
        first = sheet.first
        yield Item(
            kind=CARD,
            start=start,
            at=sheet.at(start, end),
            head=sheet.clock(session.start - first),
            until=sheet.until(session.end - first),
            name=words.name,
            warn=words.warn,
            lines=words.lines,
            look=words.look,
            state=words.state,
            link=words.link,
            version=session.version,
        )


def _turnover(sheet: Sheet, span: Span) -> Iterator[Item]:
    minutes = (span[1] - span[0]) * TICK_MINUTES
    for start, end in runs(sheet.mask(*span)) if minutes > 0 else ():
        yield Item(TURN, start, sheet.at(start, end), sheet.turnover(minutes))


def _blocked(sheet: Sheet, mask: int, reason: str, lane: Lane, where: str = "") -> Iterator[Item]:
    """`where`: the page on which the time is given back."""
    for start, end in runs(mask):
        words = {"head": sheet.clock(start), "until": sheet.until(end), "name": reason, "link": where}
        words["why"] = why_link(sheet, lane, start)
        yield Item(BLOCKED, start, sheet.at(start, end), **words)


def lift_link(row: Dated) -> str:
    """Where time off or a closed room is given back; a whole place that is shut is no business of the desk."""
    if row.kind == OFF:
        return link("desk_lift", "therapist", row.pk)
    return link("desk_lift", "room", row.pk) if row.room else ""


def _shut(sheet: Sheet, mask: int, lane: Lane) -> Iterator[Item]:
    """Outside her hours: "From 11:00" before them, "Finished at 16:00" after them."""
    for start, end in runs(mask):
        if not lane.there:
            words = _("Not in use") if lane.is_room else _("Not working today")
        elif start == sheet.shown[0]:
            words = _("From %(time)s") % {"time": sheet.clock(end)}
        elif end == sheet.shown[1]:
            words = _("Finished at %(time)s") % {"time": sheet.clock(start)}
        else:
            words = _("Pause until %(time)s") % {"time": sheet.clock(end)}
        yield Item(SHUT, start, sheet.at(start, end), words, why=why_link(sheet, lane, start))


def _gaps(sheet: Sheet, mask: int, lane: Lane) -> Iterator[Item]:
    """What is free from now on, long enough for a session."""
    for start, end in runs(mask):
        start = max(start, sheet.soon)
        if end - start >= SHORTEST_GAP:
            head, where = sheet.span(start, end), gap_link(sheet, lane, start, end)
            yield Item(GAP, start, sheet.at(start, end), head, link=where, ticks=end - start)


def gap_link(sheet: Sheet, lane: Lane, tick: int, end: int) -> str:
    """Where a click on a free time leads: the desk's booking form with place, therapist and start.

    A short one says how many minutes it has, so that the form begins with a length that fits.
    """
    start = f"{instant_of(sheet.first + tick):%Y-%m-%dT%H:%MZ}"
    free = (end - tick) * TICK_MINUTES if end - tick < AMPLE else ""
    whose = {"room" if lane.is_room else "therapist": lane.pk}
    return link("desk_book", place=sheet.look.place.slug, **whose, start=start, free=free)


def why_link(sheet: Sheet, lane: Lane, tick: int) -> str:
    """Where a click on a time that nobody can book leads: the page that says why, with therapist and start.

    The place is the one that the desk looks at, and remembered: a board has two dozen of these links.
    """
    start = f"{instant_of(sheet.first + tick):%Y-%m-%dT%H:%MZ}"
    whose = {} if lane.is_room else {"therapist": lane.pk}
    return link("desk_why", **whose, start=start)
