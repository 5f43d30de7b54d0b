"""`manage.py import_studio FILE`: a set-up that export_studio has written, into an empty installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from spa import clock
from studio.carry.into import NotEmpty, bring_in
from studio.carry.nodes import LARGEST, BadFile

MOST_LINES = 20


class Command(BaseCommand):
    help = "Bring a file of export_studio into an installation that has no studio yet. All of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            with file.open("rb") as opened:
                studio = bring_in(opened.read(LARGEST + 1), clock.now())
        except OSError as problem:
            raise CommandError(f"{file} cannot be read: {problem.strerror}.") from None
        except BadFile as problem:
            raise CommandError(_refusal(file, problem)) from None
        except NotEmpty:
            raise CommandError(
                "Something of a studio stands here already, and an import never mixes with it. Nothing was changed: "
                "edit the studio under /studio/, or import into an empty database."
            ) from None
        self.stdout.write(f"{studio.name} is set up.")


def _refusal(file: Path, problem: BadFile) -> str:
    shown = [f"  line {line}: {told}" for line, told in problem.problems[:MOST_LINES]]
    more = len(problem.problems) - len(shown)
    shown += [f"  and {more} more."] if more > 0 else []
    return "\n".join([f"{file} was not imported, and nothing was saved:", *shown])
