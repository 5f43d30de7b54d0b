"""A member of staff in a process of her own, who cancels every booking of one day as soon as she sees it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from spa.local import BASE


@dataclass
class Staff:
    """`cancelled` is known after the block."""

    cancelled: int = 0


@contextmanager
def cancelling(day: str) -> Iterator[Staff]:
    """Let her work on the present database for the length of the block."""
    from .databases import database_url

    words = [sys.executable, "-W", "ignore", "-m", "tests.races.canceller", day]
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "spa.settings"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process, staff = subprocess.Popen(words, cwd=BASE, env=environment, **pipes), Staff()
    try:
        assert process.stdout and process.stdout.readline() == "ready\n"
        yield staff
        staff.cancelled = int(process.communicate("stop\n", timeout=60)[0])
    finally:
        process.kill()
        process.communicate()


def main() -> None:
    """Cancel until a line comes in, then say how many were cancelled."""
    import select

    import django

    django.setup()
    print("ready", flush=True)
    cancelled = 0
    while not select.select([sys.stdin], [], [], 0.05)[0]:
        cancelled += cancel_all(sys.argv[1])
    print(cancelled, flush=True)


def cancel_all(day: str) -> int:
    from bookings import actions
    from bookings.models import Booking
    from bookings.models.event import Actor
    from spa import clock

    rows = list(Booking.objects.ahead().filter(during__startswith__date=day))
    for booking in rows:
        actions.cancel(booking=booking, by=Actor("staff"), now=clock.now())
    return len(rows)


if __name__ == "__main__":
    main()
