"""`manage.py calendar_feed <therapist>`: the private address under which her calendar reads her sessions."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from spa import clock
from therapists import feeds
from therapists.models import Therapist


class Command(BaseCommand):
    help = "Print a new private calendar address of a therapist, once; her earlier one ends. --revoke only ends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("therapist", help="the last part of her page's address, like ana")
        parser.add_argument("--revoke", action="store_true", help="end the address in use and make no new one")

    def handle(self, *args: Any, therapist: str, revoke: bool, **options: Any) -> None:
        found = Therapist.objects.filter(slug=therapist).first()
        if found is None:
            known = ", ".join(Therapist.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no therapist {therapist!r}. These there are: {known}.")
        now = clock.now()
        if revoke:
            ended = feeds.revoke_feed(found, now)
            self.stdout.write("Her calendar's address is ended." if ended else "She has no address: nothing to end.")
            return
        self.stdout.write(f"{settings.SITE_URL}/calendar/{feeds.make_feed(found, now)}.ics")
        self.stdout.write("It is shown this once. Whoever has it reads her sessions: give it to nobody else.")
