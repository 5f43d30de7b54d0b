"""The constraints hold between two connections that know nothing of our actions and take no locks."""

import threading
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from bookings.models import Booking
from tests import factories as make
from tests.factories import at

from .databases import database_url, fresh_database, overlaps, own_name

TO_ANA = "UPDATE bookings_booking SET therapist_id = %s WHERE id = %s"
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
def others_are_hers(django_db_blocker) -> Iterator[tuple[int, list[int]]]:
    """Ana's id, and two sessions of others at one time, in rooms of their own."""
    with django_db_blocker.unblock(), fresh_database(own_name("raw")):
        ana = make.therapist()
        yield ana.pk, [make.booking(start=at(9)).pk for _ in range(2)]


def both_at_once(ana: int, rows: list[int], end: str) -> str:
    """Two connections give Ana a session each; the first ends with `end` while the second waits for it."""
    heard: list[str] = []

    def second() -> None:
        with psycopg.connect(database_url(), autocommit=True) as other:
            try:
                other.execute(TO_ANA, [ana, rows[1]])
                heard.append("done")
            except psycopg.errors.ExclusionViolation as refused:
                heard.append(str(refused.diag.constraint_name))

    with psycopg.connect(database_url()) as first:
        first.execute(TO_ANA, [ana, rows[0]])
        waiting = threading.Thread(target=second)
        waiting.start()
        wait_for_a_waiter()
        first.execute(end)
    waiting.join()
    return heard[0]


def wait_for_a_waiter() -> None:
    with psycopg.connect(database_url(), autocommit=True) as watch:
        for _ in range(1000):
            if watch.execute(WAITS).fetchone()[0]:
                return
            threading.Event().wait(0.01)


def test_the_second_is_refused_when_the_first_commits(others_are_hers):
    ana, rows = others_are_hers
    assert both_at_once(ana, rows, "COMMIT") == "booking_therapist_is_free"
    assert (Booking.objects.filter(therapist=ana).count(), overlaps()) == (1, 0)
    connection.close()


def test_the_second_passes_when_the_first_takes_it_back(others_are_hers):
    ana, rows = others_are_hers
    assert both_at_once(ana, rows, "ROLLBACK") == "done"
    assert (Booking.objects.filter(therapist=ana).count(), overlaps()) == (1, 0)
    connection.close()
