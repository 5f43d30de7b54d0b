"""From the database to the answer: availability.search beside the bare fetching of the rows that it reads."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from benchmarks import check
from benchmarks.databases import backends, point_at
from benchmarks.measure import alternate, cpu_seconds, ratio
from benchmarks.pages import SMALL
from benchmarks.results import Result
from bookings import availability
from bookings.availability import Setup, Wish
from spa import clock

TIMES = 20
WHY = (
    "Fetching ends at tuples of integers. The search then paints each row into two masks (its therapist's and its "
    "room's) and notes its session for the limits, works out every therapist's limits and rest, finds and spreads the "
    "starts and builds up to 168 offers with their local times. Painting and the rules cost about as much as "
    "the fetching; finding and building the offers half of it. The 0.14 ms foreseen for a horizon was for masks "
    "that are painted already, without limits."
)


def measure() -> Iterator[Result]:
    """Both run the same SQL on the same connection; "fetching" stops at rows of Python values."""
    point_at(SMALL)
    now, setup = clock.now(), availability.load_setup()
    wish = Wish(setup.locations[0], setup.lengths[0], None, now.astimezone(setup.locations[0].zone).date())
    assert_right(setup, wish, now)
    statements = captured(lambda: availability.search(setup, wish, now))
    processes = [os.getpid(), *backends(SMALL)]

    def cost(act: Callable[[], Any]) -> float:
        before = cpu_seconds(processes)
        for _ in range(TIMES):
            act()
        return (cpu_seconds(processes) - before) * 1000 / TIMES

    rounds = alternate(
        {
            "fetching the rows": lambda: cost(lambda: fetch(statements)),
            "search": lambda: cost(lambda: availability.search(setup, wish, now)),
        }
    )
    note = f"{len(statements)} statements, {fetch(statements)} rows"
    yield Result(
        "database to answer, 10 therapists and 14 days, against fetching its rows",
        ratio(rounds, "search", "fetching the rows"),
        1.5,
        note=note,
        why=WHY,
        rounds=rounds,
    )


def assert_right(setup: Setup, wish: Wish, now: datetime) -> None:
    """Every shown offer, with who is free at it, is the oracle's."""
    wanted = check.expected(wish.location, wish.length, wish.days, now)
    for day in availability.search(setup, wish, now).days:
        assert day.total == len(wanted[day.day]), day.day
        for offer in day.offers:
            who = [person.pk for person in offer.therapists]
            assert who == wanted[day.day][offer.start.astimezone(UTC)], offer


def captured(act: Callable[[], Any]) -> list[tuple[str, Any]]:
    """The statements, with their parameters, that an act runs."""
    statements = []

    def note(execute: Callable, sql: str, parameters: Any, many: bool, context: dict) -> Any:
        statements.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        act()
    return statements


def fetch(statements: list[tuple[str, Any]]) -> int:
    """Run the statements and fetch their rows; return how many there were."""
    rows = 0
    with connection.cursor() as cursor:
        for sql, parameters in statements:
            cursor.execute(sql, parameters)
            rows += len(cursor.fetchall())
    return rows
