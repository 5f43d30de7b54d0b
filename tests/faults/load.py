"""Clients at work while something happens to the database."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bookings.models import Booking
from tests.races import scripts
from tests.races.databases import overlaps
from tests.races.fixtures import Races

from .patience import Seen, keep_booking
from .postgres import OwnPostgres


@dataclass
class Shaken:
    """The site in front of a PostgreSQL that the tests may hurt, and beside a Redis that never answers."""

    races: Races
    server: OwnPostgres


@dataclass
class Load:
    """`clients` book `each` times, all at once, while something happens to the database."""

    races: Races
    clients: int
    each: int

    def during(self, trouble: Callable[[], object]) -> Seen:
        """What all of them saw together. `trouble` runs beside them, and is over before they are asked."""
        starts = self.races.studio.starts(self.clients * self.each)
        # They hold something already: a first hold whose cookie never came would look like somebody else's.
        visitors = self.races.holding(self.races.studio.starts(self.clients))
        tasks = [
            (visitor, {"starts": starts[place :: self.clients], "therapist": ("ana", "mei")[place % 2]})
            for place, visitor in enumerate(visitors)
        ]
        with ThreadPoolExecutor(1) as beside:
            playing = beside.submit(self.races.fleet.run, keep_booking, tasks)
            trouble()
            return together([seen for _, seen in playing.result()])


def together(all_seen: list[Any]) -> Seen:
    """One for all; a client whose browser gave up says so under `wrong`."""
    sum_up = Seen()
    for seen in all_seen:
        if isinstance(seen, Seen):
            sum_up.references += seen.references
            sum_up.unavailable += seen.unavailable
            sum_up.wrong += seen.wrong
        else:
            sum_up.wrong.append(str(seen))
    return sum_up


def books_at_once(races: Races) -> bool:
    """Whether one more client gets a time at the first try."""
    tasks = [(visitor, {"start": races.studio.starts(1)[0]}) for visitor in races.arrived(1)]
    return races.play(scripts.take, tasks)[1] == Counter(booked=1)


def assert_nothing_lost(shaken: Shaken, seen: Seen, count: int) -> None:
    """Everybody got every time in the end; each reference that was shown is a booking; the site is well again."""
    connection.close()
    assert seen.wrong == [], shaken.races.site.log()
    kept = Booking.objects.filter(reference__in=seen.references, status="booked")
    once = kept.filter(messages__kind="confirmation", events__verb="booked")
    assert (len(seen.references), kept.count(), once.count(), overlaps()) == (count, count, count, 0)
    assert books_at_once(shaken.races)


def wait_for_bookings(shaken: Shaken, more: int) -> None:
    """Until so many more were booked, at most half a minute."""
    count = "SELECT count(*) FROM bookings_booking WHERE status = 'booked'"
    with shaken.server.connect("studio") as watch:
        before = watch.execute(count).fetchone()[0]
        until = time.monotonic() + 30
        while watch.execute(count).fetchone()[0] < before + more and time.monotonic() < until:
            time.sleep(0.02)
