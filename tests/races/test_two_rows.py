"""Bookings of two rows at once, as for two guests: taken in opposite order they would wait for each other for ever."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from bookings.actions.locks import constraint_of, lock
from bookings.models import Booking
from tests import factories as make

from .databases import fresh_database, overlaps, own_name, run_sql
from .fixtures import in_words

THURSDAY = datetime(2026, 1, 1, tzinfo=UTC)
# Many fit into a test then; only a superuser may say so, others wait a second for each.
FIND_DEADLOCKS_SOON = """
SELECT set_config('deadlock_timeout', '20ms', false) FROM pg_roles WHERE rolname = current_user AND rolsuper
"""
Couple = tuple[make.Therapist, make.Room]


@pytest.fixture
def cast(django_db_blocker) -> Iterator[make.SmallStudio]:
    with django_db_blocker.unblock(), fresh_database(own_name("pairs")):
        yield make.small_studio()


def two_rows(couples: Sequence[Couple], length: make.Length, start: datetime, *, guarded: bool) -> str:
    """Both sessions or none, in the order given; in a word what came of it."""
    try:
        with transaction.atomic():
            if guarded:
                lock(therapists=[who.pk for who, _ in couples], rooms=[where.pk for _, where in couples])
            for who, where in couples:
                make.new_booking(start=start, therapist=who, room=where, length=length, status="held").save()
    except IntegrityError as error:
        return f"refused by {constraint_of(error)}"
    except OperationalError as error:
        return type(error.__cause__).__name__
    return "both"


def in_opposite_order(cast: make.SmallStudio, times: int, *, guarded: bool) -> Counter:
    """Two clients want the same `times` pairs of sessions, each in her own order; what they saw."""
    couples = [(cast.ana, cast.mat_room), (cast.mei, cast.bar_room)]
    together, seen = threading.Barrier(2), []

    def client(order: Sequence[Couple]) -> None:
        run_sql(FIND_DEADLOCKS_SOON)
        for number in range(times):
            together.wait(60)
            start = THURSDAY + timedelta(minutes=40 * number)
            seen.append(two_rows(order, cast.back30, start, guarded=guarded))
        connection.close()

    threads = [threading.Thread(target=client, args=(order,)) for order in (couples, couples[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(seen)


def assert_all_or_nothing(seen: Counter, times: int) -> None:
    assert seen["both"] == times
    assert (set(seen) - {"both"}) <= {"refused by booking_therapist_is_free", "refused by booking_room_is_free"}
    assert (seen.total(), Booking.objects.count(), overlaps()) == (2 * times, 2 * times, 0)


def test_a_hundred_pairs_wanted_twice_in_opposite_order_never_deadlock(cast, figures):
    seen = in_opposite_order(cast, 100, guarded=True)
    assert_all_or_nothing(seen, 100)
    figures(in_words(seen))


@pytest.mark.faults
def test_five_thousand_bookings_of_two_rows_in_opposite_order_never_deadlock(cast, figures):
    seen = in_opposite_order(cast, 2500, guarded=True)
    assert_all_or_nothing(seen, 2500)
    figures(in_words(seen))


def test_without_the_locks_they_do(cast, figures):
    seen: Counter = Counter()
    for _ in count():
        Booking.objects.all().delete()
        seen += in_opposite_order(cast, 25, guarded=False)
        if seen["DeadlockDetected"] or seen.total() > 2000:
            break
    assert (seen["DeadlockDetected"] > 0, overlaps()) == (True, 0)
    figures(in_words(seen))
