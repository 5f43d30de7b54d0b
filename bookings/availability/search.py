"""The offers of some days, and the nearest ones when a time is gone."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bookings.scheduling.hours import LocalDay
from bookings.scheduling.offers import offers
from bookings.scheduling.spread import spread
from bookings.scheduling.timeline import TICK_MINUTES, instant_of, starts_of
from locations.models import Location
from therapists.models import Therapist
from treatments.models import Length

from .rows import But, Rows, further, read_rows
from .setup import Setup
from .window import Window, paint

SHORT_LIST = 12
NEARBY_DAYS = 7
PARTS = {"morning": (0, 12 * 60), "afternoon": (12 * 60, 17 * 60), "evening": (17 * 60, 24 * 60)}
"""Minutes since local midnight."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for. `therapist` None is anyone; `part` "" is any time; `open_day` lists all its times.

    `but` is the id of a booking whose own time counts as free, the one to be moved; or several ids.
    """

    location: Location
    length: Length
    therapist: Therapist | None
    first_day: date
    days: int = 14
    part: str = ""
    open_day: date | None = None
    but: But = None


class Offer(NamedTuple):
    """A start on the location's wall clock, and who is free at it, in the studio's order."""

    start: datetime
    end: datetime
    therapists: tuple[Therapist, ...]


@dataclass(frozen=True, slots=True)
class DayOffers:
    """One day: the offers to show, how many there are in all, and why there are none.

    `reason` is "" or one of: over, notice, horizon, closed, off, full.
    """

    day: date
    offers: tuple[Offer, ...]
    total: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`soonest` are the first offers from now on, whatever the first day of the page.

    When no day has an offer, `nearest` are at most three ways on within the time that can be booked.
    """

    days: tuple[DayOffers, ...]
    soonest: tuple[Offer, ...]
    total: int
    nearest: tuple["Suggestion", ...] = ()


class Suggestion(NamedTuple):
    """A time near one that is gone. `kind` is same (the therapist asked for), anyone, or length (another length)."""

    kind: str
    length: Length
    offer: Offer


def search(setup: Setup, wish: Wish, now: datetime) -> Answer:
    """The offers for a wish. Two statements beside those of the set-up, and one more when there are none."""
    today = now.astimezone(wish.location.zone).date()
    first_day = max(wish.first_day, today)
    rows = read_rows(wish.location, today, (first_day - today).days + wish.days, now, wish.but)
    window = _window_for(setup, wish, rows, now)
    people = {person.pk: person for person in setup.therapists}
    found = offers(window.states, window.rooms, window.rules)
    make = _OfferMaker(window, people)
    days = [_day(window, day, _of_day(found, day), wish, make) for day in window.days(first_day)]
    end = window.rules.days[-1].end if window.rules.days else 0
    soonest = [make(start, who) for start, who in found[:3] if start < end]
    total = sum(day.total for day in days)
    ways_on = () if total else _ways_on(setup, wish, rows, first_day, now)
    return Answer(tuple(days), tuple(soonest), total, ways_on)


def offers_in(setup: Setup, wish: Wish, rows: Rows, now: datetime) -> Iterator[Offer]:
    """Every offer of a wish in rows that were read already, the earliest first. No statement."""
    window = _window_for(setup, wish, rows, now)
    make = _OfferMaker(window, {person.pk: person for person in setup.therapists})
    end = window.rules.days[-1].end if window.rules.days else 0
    return (make(start, who) for start, who in offers(window.states, window.rooms, window.rules) if start < end)


def nearest(setup: Setup, wish: Wish, start: datetime, now: datetime) -> list[Suggestion]:
    """At most three times within a week of `start`: with the same therapist, with anyone, of another length."""
    zone = wish.location.zone
    today = now.astimezone(zone).date()
    first_day = max(today, start.astimezone(zone).date() - timedelta(days=NEARBY_DAYS))
    rows = read_rows(wish.location, first_day, 2 * NEARBY_DAYS + 1, now, wish.but)
    return _nearest_in(setup, wish, rows, start, now)


def _ways_on(setup: Setup, wish: Wish, rows: Rows, first_day: date, now: datetime) -> tuple[Suggestion, ...]:
    """For a page without offers: what is near its first noon, as far ahead as can be booked."""
    noon = datetime.combine(first_day, time(12), tzinfo=wish.location.zone)
    all_days = max(rows.days, wish.location.horizon_days + 1)
    everything = further(rows, wish.location, all_days, now, wish.but)
    return tuple(_nearest_in(setup, wish, everything, noon, now))


def _nearest_in(setup: Setup, wish: Wish, rows: Rows, start: datetime, now: datetime) -> list[Suggestion]:
    lengths = [length for length in setup.lengths if length.treatment_id == wish.length.treatment_id]
    asks = [("anyone", replace(wish, therapist=None))]
    if wish.therapist is not None:
        asks.insert(0, ("same", wish))
    if wish.but is None:  # what is moved keeps its length, and so its price
        asks += [("length", replace(wish, length=other)) for other in lengths if other != wish.length]
    near = [(kind, ask.length, _by_nearness(setup, ask, rows, start, now)) for kind, ask in asks]
    return _pick_three(near)


def _pick_three(near: Sequence[tuple[str, Length, list[Offer]]]) -> list[Suggestion]:
    """The nearest of each kind, then the next nearest, each start once."""
    picked: list[Suggestion] = []
    for rank in range(3):
        for kind, length, found in near:
            taken = {(suggestion.offer.start, suggestion.length) for suggestion in picked}
            fresh = [offer for offer in found if (offer.start, length) not in taken]
            if len(picked) < 3 and rank < len(found) and fresh:
                picked.append(Suggestion(kind, length, fresh[0]))
    return picked


def _by_nearness(setup: Setup, wish: Wish, rows: Rows, start: datetime, now: datetime) -> list[Offer]:
    window = _window_for(setup, wish, rows, now)
    make = _OfferMaker(window, {person.pk: person for person in setup.therapists})
    wanted = int(start.timestamp()) // (TICK_MINUTES * 60) - window.origin
    end = window.rules.days[-1].end if window.rules.days else 0
    found = [row for row in offers(window.states, window.rooms, window.rules) if row[0] < end]
    found.sort(key=lambda row: (abs(row[0] - wanted), row[0]))
    return [make(tick, who) for tick, who in found[:3]]


def _window_for(setup: Setup, wish: Wish, rows: Rows, now: datetime) -> Window:
    people = setup.givers(wish.length.treatment, wish.therapist)
    return paint(setup, rows, location=wish.location, length=wish.length, therapists=people, now=now)


class _OfferMaker:
    """Turns a tick of a window and ids into an offer."""

    def __init__(self, window: Window, people: dict[int, Therapist]) -> None:
        self.origin, self.zone, self.people = window.origin, window.location.zone, people
        self.lasts = window.length.minutes // TICK_MINUTES

    def __call__(self, tick: int, who: Iterable[int]) -> Offer:
        start = self.origin + tick
        people = tuple([self.people[pk] for pk in who])
        return Offer(wall_clock(start, self.zone), wall_clock(start + self.lasts, self.zone), people)


@lru_cache(maxsize=16_384)
def wall_clock(tick: int, zone: ZoneInfo) -> datetime:
    """What the wall clock of a zone shows at an absolute tick. Every page asks for the same few thousand."""
    return instant_of(tick).astimezone(zone)


def _of_day(found: list[tuple[int, tuple]], day: LocalDay) -> list[tuple[int, tuple]]:
    return found[bisect_left(found, (day.start,)) : bisect_left(found, (day.end,))]


def _day(window: Window, day: LocalDay, found: list, wish: Wish, make: _OfferMaker) -> DayOffers:
    minutes = _wall_minutes(found, window.origin, window.location.zone)
    if wish.part:
        begins, ends = PARTS[wish.part]
        kept = [place for place, minute in enumerate(minutes) if begins <= minute < ends]
        found, minutes = [found[place] for place in kept], [minutes[place] for place in kept]
    shown = range(len(found)) if wish.open_day == day.date else spread(minutes, SHORT_LIST)
    reason = "" if found else _why_empty(window, day)
    return DayOffers(day.date, tuple([make(*found[place]) for place in shown]), len(found), reason)


def _wall_minutes(found: list[tuple[int, tuple]], origin: int, zone: ZoneInfo) -> list[int]:
    readings = [wall_clock(origin + tick, zone) for tick, _who in found]
    return [reading.hour * 60 + reading.minute for reading in readings]


def _why_empty(window: Window, day: LocalDay) -> str:
    """The plainest reason for a day without offers."""
    rules = window.rules
    here = ((1 << day.end) - 1) & (-1 << day.start)
    if day.end <= rules.now:
        return "over"
    if day.start >= rules.latest:
        return "horizon"
    opening = starts_of(rules.opening, window.length.minutes // TICK_MINUTES) & here
    if not opening:
        return "closed"
    if opening >> max(rules.now, 0) == 0:
        return "over"
    if opening >> max(rules.earliest, 0) == 0:
        return "notice"
    if not any(state.working & here for state in window.states):
        return "off"
    return "full"
