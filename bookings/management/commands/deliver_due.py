"""Send what is due: once, for cron or for a look at what the worker would do, or again and again in place of Celery."""

import logging
import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from bookings.outbox import delivery
from spa import clock

PAUSE_SECONDS = 5

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Plan what leaves once a day, send the messages that are due, and say how many ended in each state."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--loop",
            action="store_true",
            help="Go on until stopped: sends without Celery. A message that is being sent is finished first.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        if not options["loop"]:
            self.tick(stop)
            return
        before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            self.loop(stop)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def loop(self, stop: Event) -> None:
        """Tick every five seconds. A database that cannot be reached is asked again at the next tick."""
        while not stop.is_set():
            try:
                self.tick(stop)
            except DatabaseError as error:
                logger.warning("The database cannot be asked (%s); the next try is in a moment.", type(error).__name__)
            close_old_connections()
            stop.wait(PAUSE_SECONDS)

    def tick(self, stop: Event) -> None:
        for state, count in delivery.tick(clock.now(), stopping=stop.is_set).items():
            self.stdout.write(f"{state}: {count}")
