"""Send what is due, once: for cron, or for a look at what the worker would do."""

from typing import Any

from django.core.management.base import BaseCommand

from bookings.outbox import delivery
from spa import clock


class Command(BaseCommand):
    help = "Send the messages that are due, once, and say how many ended in each state."

    def handle(self, *args: Any, **options: Any) -> None:
        for state, count in delivery.deliver_due(clock.now()).items():
            self.stdout.write(f"{state}: {count}")
