"""A member of staff in a process of her own, who works on the bookings of one day while clients book it."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from spa.local import BASE

DESK = "desk"


@dataclass
class Staff:
    """How often her deed was done, and how often it was refused; known after the block."""

    done: int = 0
    refused: int = 0


@contextmanager
def at_work(deed: str, *words: str) -> Iterator[Staff]:
    """Let her `cancel` whatever is booked on a day, `move` the desk's bookings through starts, or `offer` what is free
    to who waits, all the time; `unguarded` offers as if nobody else did."""
    from .databases import database_url

    command = [sys.executable, "-W", "ignore", "-m", "tests.races.staff", deed, *words]
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "spa.settings"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process, staff = subprocess.Popen(command, cwd=BASE, env=environment, **pipes), Staff()
    try:
        assert process.stdout and process.stdout.readline() == "ready\n"
        yield staff
        staff.done, staff.refused = map(int, process.communicate("stop\n", timeout=60)[0].split())
    finally:
        process.kill()
        process.communicate()


def main() -> None:
    """Work until a line comes in, then say how much was done and how much was refused."""
    import django

    django.setup()
    import_module("bookings.actions")  # now, so that "ready" means it
    if sys.argv[1] == "unguarded":
        import_module("tests.races.unguarded")
    print("ready", flush=True)
    outcomes: list[bool] = []
    deed = {"cancel": cancel_all, "move": move_on, "offer": offer_all, "unguarded": offer_all}[sys.argv[1]]
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        outcomes += deed(*sys.argv[2:])
    print(outcomes.count(True), outcomes.count(False), flush=True)


def cancel_all(day: str) -> list[bool]:
    from bookings import actions
    from bookings.models import Booking
    from bookings.models.event import Actor
    from spa import clock

    rows = list(Booking.objects.ahead().filter(during__startswith__date=day))
    for booking in rows:
        actions.cancel(booking=booking, by=Actor("staff"), now=clock.now())
    return [True] * len(rows)


def move_on(*starts: str) -> list[bool]:
    from bookings.models import Booking

    return [_move(booking, start) for start in starts for booking in Booking.objects.ahead().filter(source=DESK)]


def _move(booking: Any, start: str) -> bool:
    from bookings import actions
    from bookings.availability import Wish
    from bookings.models.event import Actor
    from spa import clock
    from tests.races.fixtures import instant

    when = instant(start)
    wish = Wish(booking.location, booking.length, booking.therapist, when.date(), days=1)
    change = actions.Change(by=Actor("staff"), now=clock.now(), reason="asked on the phone")
    try:
        actions.move(booking=booking, wish=wish, start=when, change=change)
    except (actions.SlotTaken, actions.NotOffered):
        return False
    return True


def offer_all() -> list[bool]:
    from bookings import actions
    from spa import clock

    return [True] * actions.plan_offers(clock.now())


if __name__ == "__main__":
    main()
