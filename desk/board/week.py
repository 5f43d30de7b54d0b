"""One therapist's week, to look at: seven days side by side."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.safestring import SafeString

from bookings.availability import Setup
from spa import texts
from therapists.models import Therapist

from .counts import load
from .day import axis, shown
from .draw import draw
from .items import Item, Sheet, items_of
from .lanes import Lane, around, own_lane
from .look import ONE_DAY, Look, link
from .rows import dated_of, sessions_with, touching

DAYS = 7


@dataclass(frozen=True, slots=True)
class WeekDay:
    """`address` is the board of that day; `here` this week with that day chosen, for a phone."""

    key: str
    name: str
    under: tuple[str, ...]
    items: list[Item]
    is_chosen: bool
    is_today: bool
    address: str
    here: str

    @property
    def drawn(self) -> SafeString:
        return draw(self.items)


@dataclass(frozen=True, slots=True)
class Week:
    """`late` and `ill` are where her day is shifted, or given to others."""

    person: Therapist
    look: Look
    opens: int
    hours: int
    axis: list[Item]
    days: list[WeekDay]
    before: str
    after: str
    late: str
    ill: str


def read_week(setup: Setup, person: Therapist, look: Look, now: datetime) -> Week:
    """The week around the day that is looked at, from Monday. Two statements."""
    monday = look.day - timedelta(days=look.day.weekday())
    looks = [replace(look, day=monday + timedelta(days=number)) for number in range(DAYS)]
    end = looks[-1].first + looks[-1].ticks
    sessions = sessions_with(person.pk, looks[0].first, end, now)
    dated = dated_of(looks[0], until=end)
    lanes = [own_lane(person, one, touching(one, sessions), around(setup, one, dated)) for one in looks]
    hours = _hours(lanes, looks)
    sheets = [Sheet(one, now, hours) for one in looks]
    return Week(
        person=person,
        look=look,
        opens=hours[0] // 12,
        hours=(hours[1] - hours[0]) // 12,
        axis=axis(sheets[0]),
        days=[_day(lane, sheet, look) for lane, sheet in zip(lanes, sheets, strict=True)],
        before=link("desk_week", person.slug, day=look.day - DAYS * ONE_DAY),
        after=link("desk_week", person.slug, day=look.day + DAYS * ONE_DAY),
        late=link("desk_late", person.slug, day=look.day) if look.is_today else "",
        ill=link("desk_ill", person.slug, day=look.day),
    )


def _hours(lanes: list[Lane], looks: list[Look]) -> tuple[int, int]:
    """The same hours for all seven days: around everything that happens in the week."""
    spans = [shown([lane], 0, look) for lane, look in zip(lanes, looks, strict=True) if lane.works or lane.sessions]
    spans = spans or [shown([], 0, looks[0])]
    return min(start for start, _end in spans), max(end for _start, end in spans)


def _day(lane: Lane, sheet: Sheet, look: Look) -> WeekDay:
    """A day of the week; its free times are shown and lead nowhere."""
    day = sheet.look
    items = [replace(item, link="") if item.kind == "gap" else item for item in items_of(lane, sheet)]
    return WeekDay(
        key=f"{day.day:%Y-%m-%d}",
        name=texts.day(day.day),
        under=load(lane, day),
        items=items,
        is_chosen=day.day == look.day,
        is_today=day.is_today,
        address=day.address(),
        here=link("desk_week", lane.key, day=day.day),
    )
