"""The database is killed, cut off and exhausted while clients book: a plain 503 page, and nothing acknowledged lost."""

import time

import pytest
from django.db import connection

from bookings.models import Booking
from tests.races.visitor import PHONE

from .load import Load, Shaken, assert_nothing_lost, books_at_once, wait_for_bookings
from .postgres import CONNECTIONS


def kill_again_and_again(shaken: Shaken, times: int) -> None:
    for _ in range(times):
        wait_for_bookings(shaken, 5)
        shaken.server.kill()
        time.sleep(0.5)
        shaken.server.start()


def cut_again_and_again(shaken: Shaken, seconds: float) -> int:
    cut, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        cut += shaken.server.cut_connections()
        time.sleep(0.1)
    return cut


def test_with_redis_frozen_clients_book(shaken):
    assert books_at_once(shaken.races), shaken.races.site.log()


def test_killed_once_under_load(shaken, figures):
    seen = Load(shaken.races, clients=4, each=6).during(lambda: kill_again_and_again(shaken, 1))
    assert_nothing_lost(shaken, seen, 24)
    figures(f"1 kill, {len(seen.references)} references shown and kept, {seen.unavailable} plain 503 pages")


@pytest.mark.faults
def test_killed_five_times_under_load(shaken, figures):
    seen = Load(shaken.races, clients=8, each=26).during(lambda: kill_again_and_again(shaken, 5))
    assert_nothing_lost(shaken, seen, 208)
    figures(f"5 kills, {len(seen.references)} references shown and kept, {seen.unavailable} plain 503 pages")


@pytest.mark.faults
def test_a_database_that_acknowledges_too_early_loses_bookings(shaken, figures):
    with shaken.server.acknowledging_too_early():
        seen = Load(shaken.races, clients=4, each=6).during(lambda: kill_again_and_again(shaken, 1))
        connection.close()
        kept = Booking.objects.filter(reference__in=seen.references)
        missing = set(seen.references) - set(kept.values_list("reference", flat=True))
        connection.close()
    assert missing
    figures(f"1 kill, {len(seen.references)} references shown, {len(missing)} of them lost")


@pytest.mark.faults
def test_connections_cut_under_load(shaken, figures):
    cut: list[int] = []
    seen = Load(shaken.races, clients=8, each=26).during(lambda: cut.append(cut_again_and_again(shaken, 10)))
    assert_nothing_lost(shaken, seen, 208)
    assert cut[0] > 0
    figures(f"{cut[0]} connections cut, {len(seen.references)} bookings, {seen.unavailable} plain 503 pages")


def test_no_connection_left(shaken, figures):
    visitor = shaken.races.arrived(1)[0]
    connection.close()
    taken = shaken.server.take_all_connections()
    pages = [visitor.get("/book/") for _ in range(12)] + [visitor.hold("2027-01-04T10:00Z")]
    for one in taken:
        one.close()
    shaken.server.wait_for_room()
    assert {(page.status, PHONE in page.text) for page in pages} == {(503, True)}, shaken.races.site.log()
    assert len(taken) == CONNECTIONS
    assert books_at_once(shaken.races)
    figures(f"{len(taken)} connections taken, 13 plain 503 pages, then booked at the first try")


@pytest.mark.faults
def test_no_connection_left_under_load(shaken, figures):
    def exhaust() -> None:
        for _ in range(5):
            taken = shaken.server.take_all_connections()
            time.sleep(1)
            for one in taken:
                one.close()
            time.sleep(0.5)

    seen = Load(shaken.races, clients=8, each=26).during(exhaust)
    assert_nothing_lost(shaken, seen, 208)
    figures(f"exhausted 5 times, {len(seen.references)} bookings, {seen.unavailable} plain 503 pages")
