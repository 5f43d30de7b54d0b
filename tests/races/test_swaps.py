"""Two at the desk swap the same sessions all day, each in her own order: both places change hands, or neither."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from itertools import count

import pytest
from django.db import OperationalError, connection

from bookings import actions
from bookings.actions import Change, Tell, swapping
from bookings.models import Booking
from bookings.models.event import Actor
from tests import factories as make
from tests.factories import NOW, at

from .databases import WITHOUT_CONSTRAINTS, fresh_database, overlaps, own_name, run_sql
from .fixtures import in_words

STAFF = Change(by=Actor("staff"), now=NOW, tell=Tell.NOT)


@pytest.fixture
def sessions(django_db_blocker) -> Iterator[list[int]]:
    """Six sessions of two therapists in two rooms."""
    with django_db_blocker.unblock(), fresh_database(own_name("swaps")):
        cast = make.small_studio()
        seats = [(cast.ana, cast.mat_room), (cast.mei, cast.bar_room)]
        yield [
            make.booking(therapist=who, room=room, length=cast.back30, start=at(hour, days=1)).pk
            for who, room in seats
            for hour in (9, 10, 11)
        ]


def places() -> Counter:
    """Who has a session when. At the same time two sessions keep their rooms."""
    return Counter(Booking.objects.values_list("therapist", "start_tick"))


def swap(pair: list[int]) -> str:
    """Swap two sessions as they are seen now; in a word what came of it."""
    first, second = (Booking.objects.select_related("location", "length__treatment__style").get(pk=pk) for pk in pair)
    try:
        actions.swap(first=first, second=second, change=STAFF)
    except (actions.Stale, actions.SlotTaken) as lost:
        return type(lost).__name__
    except OperationalError as error:
        return type(error.__cause__).__name__
    return "swapped"


def swap_all_day(sessions: list[int], times: int) -> Counter:
    """Two members of staff swap pairs that have a session in common; what they saw."""
    together, seen = threading.Barrier(2), []

    def staff(turn: int) -> None:
        draw = random.Random(17)  # both draw the same sessions
        for number in range(times):
            first, second, third = draw.sample(sessions, 3)
            theirs = ([first, second], [second, first] if number % 2 else [second, third])
            together.wait(60)
            seen.append(swap(theirs[turn]))
        connection.close()

    threads = [threading.Thread(target=staff, args=(turn,)) for turn in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(seen)


def assert_all_or_nothing(sessions: list[int], before: Counter, seen: Counter, times: int) -> None:
    versions = sum(Booking.objects.filter(pk__in=sessions).values_list("version", flat=True))
    assert (places(), overlaps(), versions) == (before, 0, len(sessions) + 2 * seen["swapped"])
    assert (set(seen) <= {"swapped", "Stale"}, seen.total()) == (True, times)


def test_a_hundred_swaps_of_the_same_sessions_never_deadlock(sessions, figures):
    before = places()
    seen = swap_all_day(sessions, 50)
    assert_all_or_nothing(sessions, before, seen, 100)
    figures(in_words(seen))


@pytest.mark.faults
def test_two_thousand_swaps_of_the_same_sessions_never_deadlock(sessions, figures):
    before = places()
    seen = swap_all_day(sessions, 1000)
    assert_all_or_nothing(sessions, before, seen, 2000)
    figures(in_words(seen))


def test_without_locks_and_constraints_two_sessions_get_the_same_place(sessions, figures, monkeypatch):
    monkeypatch.setattr(swapping, "lock", lambda **_all: None)
    monkeypatch.setattr(swapping, "locked", lambda booking: booking)
    run_sql(WITHOUT_CONSTRAINTS)
    for turn in count(1):
        swap_all_day(sessions, 10)
        if overlaps() or turn == 30:
            break
    assert overlaps() > 0
    figures(f"{overlaps()} overlapping pairs after {20 * turn} swaps")
