"""Ten thousand due messages: two workers beside a bare loop of smtplib that sends the same words to the same sink."""

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from benchmarks.databases import point_at, url
from benchmarks.measure import Rounds, alternate, ratio
from benchmarks.results import Result
from benchmarks.slots import build
from benchmarks.studio import settle
from bookings import reminder_rows
from bookings.models import Booking, Message
from bookings.outbox import channels
from bookings.outbox.compose import compose
from bookings.reminder_rules import Due, Kind
from spa import clock
from spa.local import BASE

DUE = "bench_due"
WORKERS, ROUNDS, A_ROUND = 2, 5, 2_000
QUEUED = (ROUNDS + 1) * A_ROUND  # one round does not count
RENDERED = 200
SOON = timedelta(days=3)


def measure() -> Iterator[Result]:
    """Five rounds of two thousand messages each, and what the workers' memory did meanwhile."""
    point_at(DUE)
    now = clock.now()
    build(now)
    queue(now)
    mails, memory = rendered(), []
    with ExitStack() as stack:
        sink, workers = stack.enter_context(running_sink()), []
        port = int(sink.stdout.readline())
        workers = [stack.enter_context(running_worker(port)) for _ in range(WORKERS)]
        rounds = compare(mails, port, workers, memory)
        assert ask(sink, "") == [str(QUEUED + (ROUNDS + 1) * A_ROUND)]
    assert Message.objects.filter(state="sent").count() == QUEUED
    yield throughput(rounds)
    yield Result(
        f"memory of a worker after {ROUNDS * A_ROUND} messages against after {A_ROUND // WORKERS}",
        max(last / first for first, last in zip(memory[0], memory[-1], strict=True)),
        1.1,
        note=f"resident set, {max(memory[-1]) / 1024:.0f} MiB at the end",
    )


def throughput(rounds: Rounds) -> Result:
    return Result(
        "messages a second with 2 workers, of what a bare loop of smtplib reaches with the same mails",
        ratio(rounds, "two workers", "smtplib"),
        0.5,
        at_most=False,
        note=f"{ROUNDS * A_ROUND} reminders, read, judged, written and marked one by one; the sink keeps nothing",
        why=WHY,
        rounds=rounds,
        rounds_unit="messages a second",
    )


WHY = (
    "The bare loop writes finished bytes into a socket of the same machine, and its server keeps nothing. A worker "
    "looks at the booking under a lock, asks whether the message is still wanted, writes subject, text and HTML from "
    "the studio's words, and marks the row, all for each message; it waits for its own database, the bare loop for "
    "nobody. So the more others want the processors, the further the two are apart. Two fifths of a worker's processor "
    "time go into writing the three parts, a quarter into building the mail and talking to the server, the rest into "
    "six statements."
)


def queue(now: datetime) -> None:
    """One reminder for each of so many sessions, each with an address of its own, due since yesterday."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bookings_booking SET email = 'robin' || id || '@mail.example'")
    ahead = Booking.objects.filter(during__startswith__gt=now + SOON).select_related("client", "location")
    due_at = now - timedelta(days=1)
    rows = [
        reminder_rows.row_of(booking, Due(Kind.DAY_BEFORE, due_at, booking.during.lower), "mail", booking.email, now)
        for booking in ahead.order_by("start_tick", "pk")[:QUEUED]
    ]
    assert len(Message.objects.bulk_create(rows, batch_size=2_000)) == QUEUED
    connection.cursor().execute("UPDATE locations_location SET quiet_from = '00:00', quiet_until = '00:00'")
    settle()


def rendered() -> list[bytes]:
    """The mails of some of these messages, as bytes."""
    rows = Message.objects.order_by("due_at", "pk")[:RENDERED]
    return [channels._email(row, compose(row)).message().as_bytes(linesep="\r\n") for row in rows]


def compare(mails: list[bytes], port: int, workers: list[subprocess.Popen], memory: list[list[int]]) -> Rounds:
    """Rounds of the bare loop and of the workers, in turn; the workers' memory after each round goes into `memory`."""

    def bare() -> float:
        began = time.perf_counter()
        with smtplib.SMTP("127.0.0.1", port) as server:
            for number in range(A_ROUND):
                server.sendmail(settings.DEFAULT_FROM_EMAIL, ["robin@mail.example"], mails[number % RENDERED])
        return A_ROUND / (time.perf_counter() - began)

    def ours() -> float:
        began = time.perf_counter()
        for worker in workers:
            tell(worker, str(A_ROUND // WORKERS))
        answers = [worker.stdout.readline().split() for worker in workers]
        spent = time.perf_counter() - began
        assert [int(sent) for sent, _kib in answers] == [A_ROUND // WORKERS] * WORKERS
        memory.append([int(kib) for _sent, kib in answers])
        return A_ROUND / spent

    return alternate({"smtplib": bare, "two workers": ours}, ROUNDS)


@contextmanager
def running_sink() -> Iterator[subprocess.Popen]:
    with running("sink", {}) as sink:
        yield sink


@contextmanager
def running_worker(port: int) -> Iterator[subprocess.Popen]:
    told = {"DATABASE_URL": url(DUE), "DJANGO_SETTINGS_MODULE": "spa.settings"}
    with running("sender", told | {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}) as worker:
        assert worker.stdout.readline() == "ready\n"
        yield worker


@contextmanager
def running(name: str, told: dict[str, str]) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    words = {"cwd": BASE, "env": os.environ | told, "text": True}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **words)
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait()


def tell(process: subprocess.Popen, words: str) -> None:
    process.stdin.write(f"{words}\n")
    process.stdin.flush()


def ask(process: subprocess.Popen, words: str) -> list[str]:
    tell(process, words)
    return process.stdout.readline().split()
