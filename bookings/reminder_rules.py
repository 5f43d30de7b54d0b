"""When the messages around a session leave: before it, after it, in no quiet hour, and only while they are of use.

Instants are aware and come back in UTC. Offsets of whole days keep the hour of the wall clock, also over a change
of the clock; all others are real minutes. What would have left by now was told by the confirmation: it carries
the whole day, so nothing is sent twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bookings.guidance import Anchor
from bookings.scheduling.hours import wall_to_tick
from bookings.scheduling.timeline import instant_of

DAY_MINUTES = 24 * 60
JUST_TOLD = timedelta(hours=1)
"""A reminder within an hour after the confirmation would repeat what was just read."""
IN_TIME = timedelta(minutes=30)
"""Put off until the quiet hours end, a message must be of use for this long."""
BEFORE_QUIET = timedelta(minutes=15)
"""Brought forward, it leaves this long before the quiet hours: a second attempt still comes before them."""


class Kind(StrEnum):
    DAY_BEFORE = "day_before"
    BEFORE_MEAL = "before_meal"
    AFTERCARE = "aftercare"
    NEXT_DAY = "next_day"


BEFORE = (Kind.DAY_BEFORE, Kind.BEFORE_MEAL)
AFTER = (Kind.AFTERCARE, Kind.NEXT_DAY)
USEFUL_AFTER = {Kind.AFTERCARE: timedelta(hours=6), Kind.NEXT_DAY: timedelta(days=1)}
"""For how long after its instant a message that follows the session is of use."""


@dataclass(frozen=True, slots=True)
class Step:
    """One message of the timeline, `offset_minutes` from the start or the end; before it is negative."""

    kind: str
    anchor: str
    offset_minutes: int


@dataclass(frozen=True, slots=True)
class Session:
    """`eat_by` is the instant of the studio's meal advice; without one there is nothing to remind of."""

    start: datetime
    end: datetime
    zone: ZoneInfo
    eat_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """No messages from one reading of the wall clock up to another, over midnight when that is earlier.
    The same reading twice: no quiet hours."""

    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Due:
    """A message to send at `at`, and of no use from `useful_until` on."""

    kind: str
    at: datetime
    useful_until: datetime


USUAL_STEPS = (
    Step(Kind.DAY_BEFORE, Anchor.START, -DAY_MINUTES),
    Step(Kind.BEFORE_MEAL, Anchor.START, -180),
    Step(Kind.AFTERCARE, Anchor.END, 60),
    Step(Kind.NEXT_DAY, Anchor.END, DAY_MINUTES),
)


def timetable(steps: Iterable[Step], session: Session, quiet: Quiet, now: datetime) -> list[Due]:
    """What is still to be sent for a session agreed at `now`, in the order of time."""
    dues: dict[str, Due] = {}
    for step in sorted(steps, key=lambda step: step.kind != Kind.BEFORE_MEAL):  # the day before gives way to the meal
        if due := _due(step, session, quiet, now, dues.get(Kind.BEFORE_MEAL)):
            dues[step.kind] = due
    return sorted(dues.values(), key=lambda due: due.at)


def instant(step: Step, session: Session) -> datetime:
    """When a step is due, whatever the hour."""
    anchor = session.start if step.anchor == Anchor.START else session.end
    days, minutes = divmod(step.offset_minutes, DAY_MINUTES)
    if minutes or not days:
        return anchor.astimezone(UTC) + timedelta(minutes=step.offset_minutes)
    local = anchor.astimezone(session.zone)
    return wall_instant(local.date() + timedelta(days=days), local.time(), session.zone)


def wall_instant(day: date, reading: time, zone: ZoneInfo) -> datetime:
    """The first instant at which the clock on the wall shows `reading`, or the end of the gap that swallows it."""
    local = datetime.combine(day, reading.replace(fold=0), zone)
    first, second = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    return first if first <= second else instant_of(wall_to_tick(day, reading, zone))


def outside_quiet(
    at: datetime, useful_until: datetime, earliest: datetime, quiet: Quiet, zone: ZoneInfo
) -> datetime | None:
    """`at`, moved out of the quiet hours: behind them while that is in time, else before them.

    None when it cannot leave from `earliest` on, outside the quiet hours and while it is of use.
    """
    hours = quiet_around(at, quiet, zone)
    if hours is None:
        return at if earliest <= at < useful_until else None
    begins, ends = hours
    moved = ends if ends + IN_TIME <= useful_until else max(begins - BEFORE_QUIET, earliest)
    return moved if earliest <= moved < useful_until and not quiet_around(moved, quiet, zone) else None


def quiet_around(at: datetime, quiet: Quiet, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """The quiet hours [from, until) that hold an instant."""
    if quiet.begins == quiet.ends:
        return None
    today = at.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        last_day = day if quiet.begins < quiet.ends else day + timedelta(days=1)
        begins, ends = wall_instant(day, quiet.begins, zone), wall_instant(last_day, quiet.ends, zone)
        if begins <= at < ends:
            return begins, ends
    return None


def _due(step: Step, session: Session, quiet: Quiet, now: datetime, meal: Due | None) -> Due | None:
    at = instant(step, session)
    until = _useful_until(step.kind, at, session, meal)
    if until is None:
        return None
    earliest = now + JUST_TOLD
    if step.kind in AFTER:
        earliest = max(session.end.astimezone(UTC), now)
        at = max(at, now)
    left_at = outside_quiet(at, until, earliest, quiet, session.zone)
    return Due(step.kind, left_at, until) if left_at else None


def _useful_until(kind: str, at: datetime, session: Session, meal: Due | None) -> datetime | None:
    """The end of its use: the next message, the meal or the start for what comes before; some hours for the rest."""
    if kind == Kind.BEFORE_MEAL:
        return session.eat_by
    if kind == Kind.DAY_BEFORE:
        return meal.at if meal and meal.at > at else session.start
    return at + USEFUL_AFTER[Kind(kind)]
