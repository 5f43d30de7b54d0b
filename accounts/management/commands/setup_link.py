"""`manage.py setup_link`: the one-time address at which the owner of an empty installation makes her sign-in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts import setup


class Command(BaseCommand):
    help = "Print a one-time link, valid for 24 hours, that makes the first owner."

    def handle(self, *args: Any, **options: Any) -> None:
        if setup.has_owner():
            self.stdout.write("The studio has an owner already: sign in, or reset the password on the sign-in page.")
            return
        link = f"{settings.SITE_URL}{setup.make_link()}"
        self.stdout.write(f"Open this link within 24 hours to make the owner's sign-in: {link}")
