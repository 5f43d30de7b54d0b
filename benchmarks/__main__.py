"""`make bench`: build the studios, measure, write docs/benchmarks.md. About a quarter of an hour."""

import os
import time
from contextlib import ExitStack

import django

from spa import embedded, local


def main() -> None:
    """Run every benchmark on databases of its own, beside whatever else the server has."""
    started = time.monotonic()
    with ExitStack() as stack:
        if given := os.environ.get("DATABASE_URL"):
            os.environ["BENCH_SERVER"] = given
        else:
            stack.enter_context(embedded.postgres())
        local.make_secrets()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spa.settings")
        django.setup()
        run(stack, started)


def run(stack: ExitStack, started: float) -> None:
    from benchmarks import board, booking, lighthouse, messages, pages, report, searching, studio
    from benchmarks.databases import databases, point_at
    from spa import clock

    def say(words: str) -> None:
        print(f"{time.monotonic() - started:5.0f} s  {words}", flush=True)

    say("building the studios")
    stack.enter_context(databases(pages.SMALL, pages.OLD, pages.LARGE, booking.BUSY, board.DAY, messages.DUE))
    sizes = ((pages.OLD, 10, 730), (pages.LARGE, 200, 14), (pages.SMALL, 10, 14))
    for name, therapists, history in sizes:
        point_at(name)
        built = studio.build(therapists=therapists, history=history, now=clock.now())
        say(f"{name}: {built.share:.0%} booked")
    point_at(board.DAY)
    board.build(clock.now())
    results = []
    parts = (pages, searching, booking, board, messages, lighthouse)
    for part in parts:
        for result in part.measure():
            results.append(result)
            say(f"{result.name}: {report.figure(result.value)} {result.unit}")
    report.write(results, built.share, clock.now().date())
    say(f"wrote {report.FILE}")


if __name__ == "__main__":
    main()
