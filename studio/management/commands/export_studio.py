"""`manage.py export_studio`: the whole set-up as one YAML file, on the standard output."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from spa import clock
from studio.carry.out import export
from studio.carry.snapshot import snapshot
from therapists.models import Therapist


class Command(BaseCommand):
    help = "Print the set-up of the studio as one YAML file: no clients, no bookings, no sign-ins, no photos."

    def handle(self, *args: Any, **options: Any) -> None:
        with snapshot():
            self._tell()

    def _tell(self) -> None:
        try:
            text = export(clock.now())
        except LookupError:
            raise CommandError("There is no studio yet: set one up under /studio/ first.") from None
        self.stdout.write(text, ending="")
        for words, people in (
            ("Photos", Therapist.objects.exclude(photo="")),
            ("Files of certificates", Therapist.objects.filter(certificates__file__gt="").distinct()),
        ):
            if names := list(people):
                self.stderr.write(f"{words} stay here: choose them again for {', '.join(map(str, names))}.")
