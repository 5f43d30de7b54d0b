"""One sender in a process of its own, until it is killed: `python -m tests.bookings.sender`."""

import time

import django

django.setup()

from bookings.outbox import delivery  # noqa: E402 - Django first
from spa import clock  # noqa: E402

if __name__ == "__main__":
    print("ready", flush=True)
    while True:
        if not delivery.deliver_due(clock.now()):
            time.sleep(0.1)
