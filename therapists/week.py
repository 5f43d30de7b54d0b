"""A therapist's weekly hours as one value, to be written, kept in versions and restored: see accounts.sheets.

The content is {"plans": [...]}. A plan is what holds at one place from one day on: {"place": id, "since": "2026-12-01",
"until": "2027-01-31" or None, "every": 1 or 2 weeks, "days": [[["09:00", "13:00"], ...], ...]}, seven days from Monday.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from accounts.sheets import Content, Page
from spa import texts
from therapists.models import Therapist, WorkingHours

Plan = dict[str, Any]
DAY, FORTNIGHT = 24 * 60, 14 * 24 * 60
WEEK = range(7)


class Block(NamedTuple):
    """One block of a plan: [start, end) in minutes of a fortnight that begins on a Monday."""

    plan: int
    weekday: int
    part: int
    start: int
    end: int


def read(person: Therapist) -> Content:
    plans: dict[tuple, Plan] = {}
    for row in person.working_hours.order_by("location_id", "valid_from", "every_weeks", "weekday", "opens"):
        key = (row.location_id, row.valid_from, row.valid_until, row.every_weeks)
        plan = plans.setdefault(key, _plan(*key))
        plan["days"][row.weekday].append([f"{row.opens:%H:%M}", f"{row.closes:%H:%M}"])
    return {"plans": list(plans.values())}


def write(person: Therapist, content: Content) -> None:
    if clash := first_overlap(content["plans"]):
        raise ValidationError(overlap_words(content["plans"], clash))
    rows = [row for plan in content["plans"] for row in _rows(person, plan)]
    for row in rows:
        row.full_clean(exclude=["therapist"])
    person.working_hours.all().delete()
    WorkingHours.objects.bulk_create(rows)


HOURS = Page(kind="therapist.hours", read=read, write=write)


def _plan(place: int, since: dt.date, until: dt.date | None, every: int) -> Plan:
    dates = {"since": since.isoformat(), "until": until and until.isoformat()}
    return {"place": place, **dates, "every": every, "days": [[] for _day in WEEK]}


def _rows(person: Therapist, plan: Plan) -> Iterator[WorkingHours]:
    for weekday, opens, closes in blocks_of(plan):
        yield WorkingHours(
            therapist=person,
            location_id=plan["place"],
            weekday=weekday,
            opens=opens,
            closes=closes,
            valid_from=dt.date.fromisoformat(plan["since"]),
            valid_until=plan["until"] and dt.date.fromisoformat(plan["until"]),
            every_weeks=plan["every"],
        )


def blocks_of(plan: Plan) -> Iterator[tuple[int, dt.time, dt.time]]:
    """Weekday, from and to of each block of a plan."""
    for weekday in WEEK:
        for opens, closes in plan["days"][weekday]:
            yield weekday, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes)


def first_overlap(plans: Sequence[Plan]) -> tuple[Block, Block] | None:
    """Two blocks in which she would work twice at once; None when there are none.

    Times are compared as the wall says them, so also between two places.
    """
    blocks = [block for number, plan in enumerate(plans) for block in _fortnight(number, plan)]
    for one, other in combinations(blocks, 2):
        is_same = one[:3] == other[:3]
        if not is_same and _touch(one, other) and _hold_together(plans[one.plan], plans[other.plan]):
            return one, other
    return None


def overlap_words(plans: Sequence[Plan], clash: tuple[Block, Block]) -> str:
    one, other = (_block_words(plans[block.plan], block) for block in clash)
    return _("%(one)s and %(other)s overlap: change one of them.") % {"one": one, "other": other}


def _block_words(plan: Plan, block: Block) -> str:
    opens, closes = map(dt.time.fromisoformat, plan["days"][block.weekday][block.part])
    times = _("%(start)s to %(end)s") % {"start": texts.clock(opens), "end": texts.clock(closes)}
    return f"{WEEKDAYS[block.weekday]} {times}"


def _fortnight(number: int, plan: Plan) -> Iterator[Block]:
    """The blocks of a plan in both weeks, or in hers of the two."""
    since = dt.date.fromisoformat(plan["since"])
    hers = (since - dt.timedelta(days=since.weekday())).toordinal() // 7 % 2
    weeks = (0, 1) if plan["every"] == 1 else (hers,)
    for week in weeks:
        for weekday in WEEK:
            for part, (opens, closes) in enumerate(plan["days"][weekday]):
                start, end = _minutes(opens), _minutes(closes)
                first = (week * 7 + weekday) * DAY
                lasts = end - start if end > start else end - start + DAY
                yield Block(number, weekday, part, first + start, first + start + lasts)


def _minutes(clock: str) -> int:
    reading = dt.time.fromisoformat(clock)
    return reading.hour * 60 + reading.minute


def _touch(one: Block, other: Block) -> bool:
    """Whether they share a minute; the fortnight begins again at its end."""
    return any(one.start < other.end + turn and other.start + turn < one.end for turn in (-FORTNIGHT, 0, FORTNIGHT))


def _hold_together(one: Plan, other: Plan) -> bool:
    """Whether there are days on which both plans hold. ISO days compare like days."""
    last = "9999-12-31"
    return one["since"] <= (other["until"] or last) and other["since"] <= (one["until"] or last)
