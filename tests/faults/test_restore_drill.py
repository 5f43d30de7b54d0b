"""A backup taken while clients book, put back into an empty database: every promise holds there."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection
from django.db.models import Count

from bookings.models import Booking
from spa.local import BASE
from tests.races.databases import database_url, empty_database, overlaps, own_name, run_sql

from .load import Load, Shaken, assert_nothing_lost, wait_for_bookings

GUARDS = "SELECT count(*) FROM pg_constraint WHERE conrelid = 'bookings_booking'::regclass AND contype = 'x'"
APPEND_ONLY = "SELECT count(*) FROM pg_trigger WHERE tgname = 'booking_event_is_append_only'"


def run_backup(*words: str, **environment: str) -> str:
    """What `make backup` and `make restore` run."""
    command = [sys.executable, "-m", "spa.backup", *words]
    words_of_it = os.environ | {"DATABASE_URL": database_url()} | environment
    return subprocess.run(command, cwd=BASE, env=words_of_it, check=True, capture_output=True, text=True).stdout


def backup_while_booking(shaken: Shaken) -> Path:
    wait_for_bookings(shaken, 3)
    return Path(run_backup("backup").strip())


def assert_whole(before: set[str]) -> int:
    """No overlap, all guards, one event and one confirmation per booking, and nothing missing of what was there."""
    booked = Booking.objects.filter(status="booked")
    told = booked.annotate(told=Count("events", distinct=True)).values_list("told", flat=True)
    confirmed = booked.filter(messages__kind="confirmation").distinct()
    assert (overlaps(), run_sql(GUARDS), run_sql(APPEND_ONLY)) == (0, [(2,)], [(1,)])
    assert (set(told), confirmed.count()) == ({1}, booked.count())
    assert before <= set(booked.values_list("reference", flat=True))
    return booked.count()


def test_a_backup_taken_under_load_restores_whole(shaken, figures):
    before = set(Booking.objects.filter(status="booked").values_list("reference", flat=True))
    files: list[Path] = []
    seen = Load(shaken.races, clients=4, each=4).during(lambda: files.append(backup_while_booking(shaken)))
    assert_nothing_lost(shaken, seen, 16)
    try:
        with empty_database(own_name("restored")):
            run_backup("restore", FILE=str(files[0]))
            restored = assert_whole(before)
    finally:
        files[0].unlink()
        connection.close()
    figures(f"{restored} bookings restored, of {Booking.objects.filter(status='booked').count()} at the end")
