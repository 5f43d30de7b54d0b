"""A week of hours as a strip: seven rows with their blocks, placed by classes, and the sessions that fall outside."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import Booking
from spa import texts
from therapists.week import WEEK, Plan, blocks_of

USUAL, HOURS = 8, 14
"""The strip shows fourteen hours, from 8:00 unless the plan begins earlier or ends later."""


class Piece(NamedTuple):
    """A block, or a session outside of all of them. `classes` say from when to when."""

    classes: str
    words: str
    is_clash: bool


class Strip(NamedTuple):
    """`classes`: which hours are shown. `rows`: short and whole name of the day, and what stands in it."""

    classes: str
    hours: str
    rows: list[tuple[str, str, list[Piece]]]
    total: str


def strip(plan: Plan, outside: Iterable[Booking]) -> Strip:
    blocks = list(blocks_of(plan))
    clashes = [_clash(row) for row in outside if row.location_id == plan["place"]]
    first, last = _bounds(blocks, clashes)
    rows: list[tuple[str, str, list[Piece]]] = [(str(WEEKDAYS_ABBR[day]), str(WEEKDAYS[day]), []) for day in WEEK]
    for weekday, opens, closes in blocks:
        rows[weekday][2].append(Piece(_classes(opens, closes), texts.span(opens, closes), is_clash=False))
    for weekday, starts, ends in clashes:
        rows[weekday][2].append(Piece(_classes(starts, ends), _("a session outside these hours"), is_clash=True))
    wide = "" if last - first <= HOURS else " day"
    shown = {"start": texts.clock(dt.time(first)), "end": texts.clock(dt.time(last % 24))}
    return Strip(f"open-{first}{wide}", _("%(start)s to %(end)s, one line an hour.") % shown, rows, _total(blocks))


def _clash(booking: Booking) -> tuple[int, dt.time, dt.time]:
    zone = booking.location.zone
    start, end = booking.starts_at.astimezone(zone), booking.ends_at.astimezone(zone)
    return start.weekday(), start.time(), end.time()


def _bounds(blocks: Iterable[tuple], clashes: Iterable[tuple]) -> tuple[int, int]:
    """The first and the last full hour that are shown: fourteen of them, or the whole day."""
    found = [(opens.hour, _end_hour(opens, closes)) for _day, opens, closes in [*blocks, *clashes]]
    first, last = min([USUAL, *(one for one, _last in found)]), max([0, *(end for _first, end in found)])
    if last - first <= HOURS:
        return min(first, 24 - HOURS), min(first, 24 - HOURS) + HOURS
    return 0, 24


def _end_hour(opens: dt.time, closes: dt.time) -> int:
    return 24 if closes <= opens else closes.hour + bool(closes.minute)


def _classes(opens: dt.time, closes: dt.time) -> str:
    """What runs past midnight is drawn up to it."""
    ends = "eh24 em0" if closes <= opens else f"eh{closes.hour} em{closes.minute}"
    return f"h{opens.hour} m{opens.minute} {ends}"


def _total(blocks: Iterable[tuple[int, dt.time, dt.time]]) -> str:
    minutes = sum(((c.hour - o.hour) * 60 + c.minute - o.minute) % (24 * 60) or 24 * 60 for _day, o, c in blocks)
    hours, rest = divmod(minutes, 60)
    said = ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    if rest:
        said = f"{said} " + ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest}
    return _("%(hours)s in the week.") % {"hours": said}
