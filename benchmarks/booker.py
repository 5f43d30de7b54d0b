"""One client process: books free times one after the other for as long as it is told to. Started by `booking`."""

import sys
import time
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402 - models need Django set up

from benchmarks.slots import pair_of, start_of  # noqa: E402
from bookings import actions, availability  # noqa: E402
from bookings.models import Booking  # noqa: E402
from spa import clock  # noqa: E402


def book_slot(number: int) -> tuple[actions.Holder, Booking]:
    """Hold and book one free time the way the views do: the clock, the set-up, one action, for each of two requests."""
    now, setup = clock.now(), availability.load_setup()
    therapist, _room = pair_of(number)
    start = start_of(number, now)
    wish = availability.Wish(setup.locations[0], setup.lengths[0], setup.therapists[therapist], start.date(), days=1)
    holder = actions.Holder(UUID(int=number + 1), f"192.0.2.{number}")
    held = actions.hold(wish=wish, start=start, holder=holder, now=now)
    details = actions.Details(name="Robin Hale", email=f"robin{number}@mail.example")
    return holder, actions.book(key=held.key, holder=holder, details=details, now=clock.now())


def book_for(seconds: float, first: int) -> int:
    """Book every fourth free time from `first` on; return how many."""
    done, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        book_slot(first + 4 * done)
        done += 1
    return done


if __name__ == "__main__":
    client = int(sys.argv[1])
    connection.ensure_connection()
    print("ready", flush=True)
    for line in sys.stdin:
        print(book_for(float(line), client), flush=True)
