"""Clients at work while something happens to the database."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from tests.races import scripts
from tests.races.fixtures import Races

from .patience import Seen, keep_booking


@dataclass
class Load:
    """`clients` book `each` times, all at once, while something happens to the database."""

    races: Races
    clients: int
    each: int

    def during(self, trouble: Callable[[], object]) -> Seen:
        """What all of them saw together. `trouble` runs beside them, and is over before they are asked."""
        starts = self.races.studio.starts(self.clients * self.each)
        tasks = [
            (visitor, {"starts": starts[place :: self.clients], "therapist": ("ana", "mei")[place % 2]})
            for place, visitor in enumerate(self.races.arrived(self.clients))
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
