"""One time, many clients: real clients over HTTP at the served site, from the page of times to the reference."""

from collections import Counter

import pytest

from . import scripts
from .databases import overlaps
from .fixtures import Races, in_words


def race(races: Races, clients: int, starts: list[str], therapist: str = "ana") -> list[Counter]:
    """Everybody presses each of the starts at one moment; what they saw, start by start."""
    visitors, seen = races.typed(clients), []
    for start in starts:
        tasks = [(visitor, {"start": start, "therapist": therapist}) for visitor in visitors]
        visitors, words = races.play(scripts.take, tasks)
        seen.append(words)
    return seen


def test_forty_clients_on_each_of_five_times(races, figures):
    seen = race(races, 40, races.studio.starts(5))
    assert seen == [Counter(booked=1, taken=39)] * 5, races.site.log()
    assert overlaps() == 0
    figures(in_words(sum(seen, Counter())))


@pytest.mark.faults
def test_two_hundred_clients_on_each_of_twenty_times(races, figures):
    seen = race(races, 200, races.studio.starts(20))
    assert seen == [Counter(booked=1, taken=199)] * 20, races.site.log()
    assert overlaps() == 0
    figures(in_words(sum(seen, Counter())))
