"""`manage.py seed_demo`: fill an empty database with the demo studio."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bookings.demo.seed import seed
from locations.models import Studio
from spa import clock


class Command(BaseCommand):
    help = "Fill an empty database with the demo studio. Only where the site is served to this computer alone."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL:
            raise CommandError("The demo's passwords are known to everybody: it is made on loopback hosts only.")
        if Studio.objects.exists():
            self.stdout.write("There is a studio already: nothing to do.")
            return
        self.stdout.write(f"The demo studio is ready, with {seed(clock.now())} sessions.")
