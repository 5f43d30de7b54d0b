"""What is counted on a board: the load of each column, the pulse line, and who has time next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import Booking
from bookings.models.status import Status
from bookings.scheduling.limits import limit_for
from bookings.scheduling.timeline import TICK_MINUTES, floor_tick

from .cards import short_name
from .items import GAP, Item, Sheet
from .lanes import Lane
from .look import ROOM, Look
from .rows import Session


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the desk must know at a glance. `late` are the names of those who should be here."""

    here: int
    late: list[str]
    to_call: int
    unanswered: int
    failed: int
    astray: int


@dataclass(frozen=True, slots=True)
class Free:
    """A therapist's next free time today."""

    clock: str
    name: str
    minutes: int
    load: str
    link: str


def load(lane: Lane, look: Look) -> tuple[str, ...]:
    """ "5 of 10 sessions", "150 of 240 min": a session elsewhere counts too, one that did not happen does not."""
    given = [one for one in (*lane.sessions, *lane.elsewhere) if counts(one, look)]
    limit = limit_for(look.day.weekday(), lane.person.contract.limits) if lane.person else None
    if limit is None or limit.sessions is None:
        said = [ngettext("%(count)s session", "%(count)s sessions", len(given)) % {"count": len(given)}]
    else:
        words = ngettext("%(count)s of %(most)s session", "%(count)s of %(most)s sessions", limit.sessions)
        said = [words % {"count": len(given), "most": limit.sessions}]
    if limit and limit.hands_on is not None:
        minutes = {"minutes": sum(one.minutes for one in given), "most": limit.hands_on * TICK_MINUTES}
        said.append(_("%(minutes)s of %(most)s min") % minutes)
    return tuple(said)


def counts(session: Session, look: Look) -> bool:
    return session.status != Status.NO_SHOW and look.first <= session.start < look.first + look.ticks


def pulse(lanes: Sequence[Lane], look: Look, now: datetime) -> Pulse:
    """Counted over all columns of the day, also those on other pages of the board."""
    found = [(lane, one) for lane in lanes for one in lane.sessions]
    tick = floor_tick(now)
    ahead = [(lane, one) for lane, one in found if one.status in (Status.BOOKED, Status.ARRIVED)]
    late = [one for _lane, one in found if look.is_today and one.status == Status.BOOKED and is_late(one, now, tick)]
    return Pulse(
        here=sum(one.status == Status.ARRIVED for _lane, one in found),
        late=[short_name(one.name) for one in late],
        to_call=sum(one.screening == Booking.Screening.CALL_FIRST for _lane, one in ahead),
        unanswered=sum(one.screening == Booking.Screening.MISSING for _lane, one in ahead),
        failed=sum(one.failed for _lane, one in ahead),
        astray=sum(any(row.start < one.end and one.start < row.end for row in lane.off) for lane, one in ahead),
    )


def is_late(session: Session, now: datetime, tick: int) -> bool:
    """A full minute after its start: the same minute from which its card says so."""
    return session.start < tick or (session.start == tick and now.minute % TICK_MINUTES >= 1)


def free(columns: Sequence[tuple[str, list[Item], tuple[str, ...]]], sheet: Sheet) -> list[Free]:
    """Who has time next, today, the earliest first; a column is its name, its items and its load."""
    if not sheet.look.is_today or sheet.look.by == ROOM:
        return []
    found = []
    for name, items, loaded in columns:
        gap = next((item for item in items if item.kind == GAP), None)
        if gap:
            row = Free(sheet.clock(gap.start), name, gap.ticks * TICK_MINUTES, ", ".join(loaded), gap.link)
            found.append((gap.start, row))
    return [row for _start, row in sorted(found, key=lambda pair: pair[0])]
