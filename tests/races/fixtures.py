"""The studio, the site and the clients of the race and fault tests, and the figures that they leave behind."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from spa import clock
from tests import factories as make

from . import scripts
from .databases import WITHOUT_CONSTRAINTS, fresh_database, own_name, run_sql
from .fleet import Fleet, Task, fleet
from .site import Site, running
from .visitor import Visitor

SUNDAY = 6
OPENS = time(9)
A_DAY = 13
"""Sessions of 30 minutes and 10 of turnover that fit one after the other between 9:00 and 18:00."""


@dataclass
class RaceStudio:
    """The small studio on the wall clock of UTC. Every race takes days of its own, so none sees another's sessions."""

    cast: make.SmallStudio
    today: date
    numbers: Iterator[int] = field(default_factory=itertools.count)
    ahead: Iterator[int] = field(default_factory=lambda: itertools.count(2))

    def day(self) -> date:
        """The next weekday that no other race has had."""
        days = (self.today + timedelta(days=ahead) for ahead in self.ahead)
        return next(day for day in days if day.weekday() != SUNDAY)

    def starts(self, count: int) -> list[str]:
        """That many starts that leave each other room, on days of their own, as the page's buttons name them."""
        days = [self.day() for _ in range(-(-count // A_DAY))]
        return [start_on(day, 40 * place) for day in days for place in range(A_DAY)][:count]

    def visitors(self, site: Site, count: int) -> list[Visitor]:
        return [Visitor(next(self.numbers), site.port) for _ in range(count)]


@dataclass
class Races:
    """Everything one race needs: the studio, the site in front of it, and the clients' processes."""

    studio: RaceStudio
    site: Site
    fleet: Fleet

    def arrived(self, count: int) -> list[Visitor]:
        """Visitors who have the page of times before them."""
        day = self.studio.today.isoformat()
        tasks = [(visitor, {"day": day}) for visitor in self.studio.visitors(self.site, count)]
        return self.all_do("here", scripts.arrive, tasks)

    def typed(self, count: int) -> list[Visitor]:
        """Visitors who hold a time each and have typed their details into its form."""
        starts = self.studio.starts(-(-count // 2))
        seats = list(itertools.product(starts, ("ana", "mei")))[:count]
        visitors = self.studio.visitors(self.site, count)
        tasks = [
            (visitor, {"day": start[:10], "start": start, "therapist": therapist})
            for visitor, (start, therapist) in zip(visitors, seats, strict=True)
        ]
        return self.all_do("typed", scripts.type_details, tasks)

    def holding(self, starts: Sequence[str], therapist: str = "") -> list[Visitor]:
        """A visitor for each start, who holds it."""
        tasks = [
            (visitor, {"start": start, "therapist": therapist})
            for visitor, start in zip(self.arrived(len(starts)), starts, strict=True)
        ]
        return self.all_do("held", scripts.hold, tasks)

    def all_do(self, word: str, script: Callable[..., Any], tasks: Sequence[Task]) -> list[Visitor]:
        """Play a script that must go well for everybody, and give the visitors as they are afterwards."""
        visitors, seen = self.play(script, tasks)
        assert seen == Counter({word: len(tasks)}), self.site.log()
        return visitors

    def play(self, script: Callable[..., Any], tasks: Sequence[Task]) -> tuple[list[Visitor], Counter]:
        """The visitors afterwards, and how many saw what."""
        results = self.fleet.run(script, tasks)
        return [visitor for visitor, _ in results], Counter(word for _, word in results)


@pytest.fixture(scope="package")
def clients() -> Iterator[Fleet]:
    with fleet() as made:
        yield made


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="package")
def races(django_db_blocker, clients: Fleet, folder: Path) -> Iterator[Races]:
    """The site as it is served, in front of a database of its own."""
    with django_db_blocker.unblock(), fresh_database(own_name("races")), running(folder) as site:
        yield Races(new_studio(), site, clients)


@pytest.fixture
def controls(races: Races, folder: Path) -> Iterator[Callable[..., Any]]:
    """Make a site whose guards are off: `controls(locks=False, constraints=False)` is a context manager."""

    @contextmanager
    def without(*, locks: bool = True, constraints: bool = True) -> Iterator[Races]:
        with fresh_database(own_name("controls")):
            if not constraints:
                run_sql(WITHOUT_CONSTRAINTS)
            with running(folder, "spa.wsgi" if locks else "tests.races.unguarded") as site:
                yield Races(new_studio(), site, races.fleet)

    return without


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Leave a line of figures for the end of the run."""
    return lambda line: request.node.user_properties.append(("figures", line))


def new_studio() -> RaceStudio:
    cast = make.small_studio(zone_name="UTC", lead_minutes=0, horizon_days=366)
    return RaceStudio(cast, clock.now().date())


def in_words(seen: Counter) -> str:
    """ "195 taken, 5 booked"."""
    return ", ".join(f"{count} {word}" for word, count in seen.most_common())


def start_on(day: date, minutes: int) -> str:
    """The instant that many minutes after opening, as a button names it."""
    return f"{datetime.combine(day, OPENS, UTC) + timedelta(minutes=minutes):%Y-%m-%dT%H:%MZ}"


def instant(start: str) -> datetime:
    return datetime.strptime(start, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
