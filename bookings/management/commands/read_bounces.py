"""Read mails that came back, from a mailbox on this machine or one at a time from the mail server."""

import mailbox
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bookings.outbox import bounces
from spa import clock

STDIN = "-"


class Command(BaseCommand):
    help = "Mark the messages whose mails came back as failed. The mailbox is read only; running twice does no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mailbox", help="a Maildir folder, an mbox file, or - for one mail on standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        counts = Counter(bounces.note(raw, now) for raw in mails(options["mailbox"]))
        for found in bounces.Found:
            if counts[found]:
                self.stdout.write(f"{found}: {counts[found]}")


def mails(path: str) -> Iterator[bytes]:
    """Every mail of a mailbox, as it lies there."""
    if path == STDIN:
        yield sys.stdin.buffer.read(bounces.LARGEST + 1)
        return
    place = Path(path)
    if not place.exists():
        raise CommandError(f"There is no mailbox at {path}.")
    box = mailbox.Maildir(path, create=False) if place.is_dir() else mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    except (OSError, mailbox.Error) as error:
        raise CommandError(f"{path} cannot be read as a mailbox: {error}") from error
    finally:
        box.close()
