"""Bookings a second at four connections: the actions beside pgbench, which runs the very same statements."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from benchmarks.databases import point_at, url
from benchmarks.measure import Rounds, alternate, ratio
from benchmarks.results import Result
from benchmarks.script import Sample, script
from benchmarks.slots import build, pair_of, pgbench_variables, start_of
from benchmarks.studio import Studio, settle
from bookings.models import Booking, BookingEvent, Message
from clients.models import Client
from spa import clock, embedded
from spa.local import BASE

BUSY = "bench_busy"
CLIENTS, SECONDS, ROUNDS = 4, 3, 7
SAMPLE_SLOT = 40 * 24 + 6
MADE = (Message, BookingEvent, Booking, Client)


def measure() -> Iterator[Result]:
    """Seven rounds of three seconds each; what a round has booked is deleted before the next."""
    point_at(BUSY)
    studio = build(clock.now())
    before = {model: model.objects.order_by("pk").values_list("pk", flat=True).last() or 0 for model in MADE}
    text = captured_script(studio)
    forget(before)
    rounds = compare(text, before)
    yield Result(
        "bookings a second at 4 connections, of what pgbench reaches with the same statements",
        ratio(rounds, "actions", "pgbench") * 100,
        8,
        unit="percent",
        at_most=False,
        aim=12,
        note=f"{text.count(';')} statements a booking with its hold; at one place, whose rooms are locked in turn",
        rounds=rounds,
        rounds_unit="bookings a second",
    )


def compare(text: str, before: dict) -> Rounds:
    """Rounds of pgbench with this script and of the actions, in turn."""
    with tempfile.TemporaryDirectory() as folder, bookers() as processes:
        file = Path(folder) / "book.sql"
        file.write_text(text)

        def ours() -> float:
            done = book_at_once(processes)
            assert_booked(before, done)
            forget(before)
            return done / SECONDS

        def bench() -> float:
            rate = pgbench(file)
            assert Booking.objects.filter(pk__gt=before[Booking], status="booked").count() > rate
            forget(before)
            return rate

        return alternate({"pgbench": bench, "actions": ours}, ROUNDS)


def captured_script(studio: Studio) -> str:
    """Book one free time here, and make a script of the statements that this took."""
    from benchmarks.booker import book_slot

    book_slot(SAMPLE_SLOT - 24)  # the set-up is read and statements are written once per process
    transactions: list[list[tuple[str, Any, bool]]] = [[]]

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: dict) -> Any:
        if "clock_timestamp" in sql and transactions[-1]:
            transactions.append([])
        transactions[-1].append((sql, parameters, connection.in_atomic_block))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        holder, booked = book_slot(SAMPLE_SLOT)
    therapist, room = pair_of(SAMPLE_SLOT)
    assert (booked.therapist_id, booked.room_id) == (studio.therapists[therapist].pk, studio.rooms[room].pk)
    own = {
        booked.pk: ":bookings_booking_id",
        booked.client_id: ":clients_client_id",
        booked.key: "md5('key' || :slot)::uuid",
        holder.session: "md5('session' || :slot)::uuid",
        holder.address_mark: "repeat(md5('address' || :slot), 2)",
        booked.reference: "'SS' || :slot",
        booked.email: "'robin' || :slot || '@mail.example'",
    }
    sample = Sample(start_of(SAMPLE_SLOT, clock.now()), booked.therapist_id, booked.room_id, own)
    return script(pgbench_variables(studio, clock.now()), transactions, sample)


def assert_booked(before: dict, done: int) -> None:
    """Each booking that was counted stands, in its own time, with its client, its event and its confirmation."""
    made = Booking.objects.filter(pk__gt=before[Booking], status="booked")
    assert made.count() == done == made.values("therapist", "start_tick").distinct().count()
    assert Client.objects.filter(pk__gt=before[Client]).count() == done
    assert Message.objects.filter(pk__gt=before[Message], kind="confirmation").count() == done


def forget(before: dict) -> None:
    """Delete what was made since; the trigger that keeps events is off for that moment."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE bookings_bookingevent DISABLE TRIGGER USER")
        for model, last in before.items():
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id > %s", [last])
        cursor.execute("ALTER TABLE bookings_bookingevent ENABLE TRIGGER USER")
    settle()


@contextmanager
def bookers() -> Iterator[list[subprocess.Popen]]:
    """Four client processes, connected and waiting."""
    told = {"DATABASE_URL": url(BUSY), "DJANGO_SETTINGS_MODULE": "spa.settings"}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.booker", str(number)],
            cwd=BASE,
            env=os.environ | told,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(CLIENTS)
    ]
    try:
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        yield processes
    finally:
        for process in processes:
            process.stdin.close()
            process.wait()


def book_at_once(processes: list[subprocess.Popen]) -> int:
    for process in processes:
        process.stdin.write(f"{SECONDS}\n")
        process.stdin.flush()
    return sum(int(process.stdout.readline()) for process in processes)


def pgbench(file: Path) -> float:
    """Bookings a second that pgbench reaches, without the time of connecting."""
    program = embedded.wheel_program("pgbench") or "pgbench"
    words = ["-n", "-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS), "-D", "n=0", "-f", str(file), url(BUSY)]
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    assert done.returncode == 0 and rate and "number of failed transactions: 0 " in done.stdout, (
        done.stdout + done.stderr
    )
    return float(rate[1])
