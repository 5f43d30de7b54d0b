"""The page of free times through a real web process: its cost, statements and memory, and that it is never stale."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import psycopg
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import check
from benchmarks.databases import point_at, url
from benchmarks.measure import alternate, ratio
from benchmarks.results import Result
from benchmarks.web import Web, web
from bookings import actions, availability
from bookings.models import Booking
from bookings.models.event import SYSTEM
from locations.models import Location
from spa import clock
from treatments.models import Length

PAGE, NOTHING = "/book/", "/nothing/"
SMALL, OLD, LARGE = "bench_10_14", "bench_10_730", "bench_200_14"
MEMORY_REQUESTS = 500
PAGE_WHY = (
    "The empty view is Django's middleware and nothing else. Of the page's time in the web process about two fifths "
    "are the search (over a thousand rows as tuples, painted, and every therapist's limits and rest), a quarter the "
    "list of up to 168 buttons, a quarter the other templates; a tenth of the whole is PostgreSQL. A process already "
    "keeps the set-up, the cards of the filters and the foot while the set-up's revision stays the same; what is left "
    "depends on what is booked at this moment, which is never kept."
)


def measure() -> Iterator[Result]:
    """The page of fourteen days in three studios and an empty view, in one alternating run of real web processes."""
    with ExitStack() as stack:
        served = {name: stack.enter_context(web(name)) for name in (SMALL, OLD, LARGE)}
        for name, process in served.items():
            assert_right(name, process)
        rounds = alternate(
            {
                "empty view": lambda: served[SMALL].cost(NOTHING, 100),
                "10 therapists, 14 days stored": lambda: served[SMALL].cost(PAGE, 30),
                "10 therapists, 730 days stored": lambda: served[OLD].cost(PAGE, 30),
                "200 therapists, 14 days stored": lambda: served[LARGE].cost(PAGE, 5),
                "10 therapists, set-up read anew for each page": lambda: served[SMALL].cost(PAGE, 15, change_setup),
            }
        )
        empty, small, old, large, anew = rounds
        note = f"{ratio(rounds, anew, empty):.1f} when the set-up is read anew for each page"
        name = "page of 14 days against an empty view"
        yield Result(name, ratio(rounds, small, empty), 12, aim=6, note=note, why=PAGE_WHY, rounds=rounds)
        yield Result("730 days of history against 14", ratio(rounds, old, small), 1.2)
        yield Result("200 therapists against 10", ratio(rounds, large, small), 18)
        yield from statements()
        yield memory(served[SMALL])
        assert_fresh(served[SMALL])


def change_setup() -> None:
    """What saving a form in the office does to every process: the next page reads the set-up anew."""
    with psycopg.connect(url(SMALL), autocommit=True) as connection:
        connection.execute("UPDATE bookings_setuprevision SET number = gen_random_uuid()")


def assert_right(name: str, process: Web) -> None:
    """The page that this process serves has the oracle's times. Asked again when five minutes were just full."""
    point_at(name)
    place, length = Location.objects.get(), Length.objects.order_by("treatment__order", "-minutes")[0]
    while True:
        now = clock.now()
        page, later = process.get(PAGE), clock.now()
        if now.timestamp() // check.TICK == later.timestamp() // check.TICK:
            return check.assert_page(page, check.expected(place, length, 14, now))


def statements() -> Iterator[Result]:
    """SQL statements of one page without session and user: when the process has the set-up, and when it reads it."""
    counts: dict[str, list[float]] = {}
    for name in (SMALL, OLD, LARGE):
        point_at(name)
        for state in ("set-up just changed", "set-up known"):
            with CaptureQueriesContext(connection) as queries:
                assert Client(headers={"host": "localhost"}).get(PAGE).status_code == 200
            counts.setdefault(state, []).append(len(queries))
    for state, numbers in counts.items():
        assert len(set(numbers)) == 1, (state, numbers)
        note = "the same at 10 and 200 therapists, 14 and 730 days of history"
        yield Result(f"statements of a page, {state}", numbers[0], 8, unit="statements", note=note)


def memory(process: Web) -> Result:
    for _ in range(MEMORY_REQUESTS):
        process.get(PAGE)
    note = f"proportional set size after more than {MEMORY_REQUESTS} pages"
    return Result("memory of a web worker", process.memory(), 80, unit="MiB", note=note)


def assert_fresh(process: Web) -> None:
    """A booking that was just made is gone from the next page, and back on the one after its cancellation."""
    point_at(process.database)
    now, setup = clock.now(), availability.load_setup()
    day = now.date() + timedelta(days=2)
    anyone = availability.Wish(setup.locations[0], setup.lengths[0], None, day, days=1)
    offer = availability.search(setup, anyone, now).days[0].offers[0]
    wish = replace(anyone, therapist=offer.therapists[0])
    path = f"{PAGE}?with={wish.therapist.slug}&from={day}&all={day}"
    assert is_offered(process, path, offer.start)
    booked = book(wish, offer.start, now)
    assert not is_offered(process, path, offer.start), "a fresh booking is still offered"
    actions.cancel(booking=booked, by=SYSTEM, now=clock.now())
    assert is_offered(process, path, offer.start), "a cancelled time is not offered again"


def is_offered(process: Web, path: str, start: datetime) -> bool:
    return start in [time for _count, times in check.shown(process.get(path)).values() for time in times]


def book(wish: availability.Wish, start: datetime, now: datetime) -> Booking:
    """Hold a time and book it."""
    holder = actions.Holder(uuid4(), "192.0.2.1")
    held = actions.hold(wish=wish, start=start, holder=holder, now=now)
    details = actions.Details(name="Robin Hale", email="robin@mail.example")
    return actions.book(key=held.key, holder=holder, details=details, now=now)
