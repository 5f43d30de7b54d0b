"""`manage.py deliver_due`: once for cron, and with --loop in place of Celery, until it is told to stop."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from bookings.models import Heartbeat, Message
from spa import clock
from tests import factories as make
from tests.bookings.mail_server import MailServer
from tests.bookings.procfile import wait_for
from tests.races.databases import database_url
from therapists.models import Therapist

SECONDS = 60


@contextmanager
def loop(server: MailServer) -> Iterator[subprocess.Popen[bytes]]:
    """The real command on this test's database, until the block ends."""
    mine = {"DATABASE_URL": database_url(), "SECRET_KEY": settings.SECRET_KEY, "DEMO": "0"}
    mine["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
    command = [sys.executable, "manage.py", "deliver_due", "--loop"]
    program = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=os.environ | mine, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def note(**fields) -> Message:
    now = clock.now()
    return make.message(**{"subject": "A note", "text": "Words\n", "due_at": now, "created_at": now} | fields)


@pytest.mark.django_db
def test_once_plans_the_day_and_says_what_became_of_what_was_due(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    note()
    said = StringIO()
    call_command("deliver_due", stdout=said)
    assert (said.getvalue(), len(list(tmp_path.iterdir()))) == ("sent: 1\n", 1)


@pytest.mark.django_db(transaction=True)
def test_the_loop_sends_without_celery_and_stops_when_asked():
    with MailServer() as server, loop(server) as program:
        assert wait_for(Heartbeat.objects.exists, SECONDS)
        note()
        assert wait_for(lambda: server.taken, SECONDS)
        program.send_signal(signal.SIGTERM)
        assert (program.wait(SECONDS), program.stderr.read()) == (0, b"")


@pytest.mark.django_db(transaction=True)
def test_asked_to_stop_in_the_middle_it_finishes_the_message_in_hand_and_leaves_the_rest():
    first, second = note(), note()
    with MailServer(pause=0.5) as server, loop(server) as program:
        assert wait_for(lambda: server.conversations, SECONDS)
        assert wait_for(Message.objects.filter(begun_at__isnull=False).exists, SECONDS)
        program.send_signal(signal.SIGTERM)
        assert program.wait(SECONDS) == 0
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {first.pk: "sent", second.pk: "queued"}


@pytest.mark.django_db(transaction=True)
def test_the_loop_plans_the_lists_of_the_day():
    cast, now = make.small_studio(quiet_from="00:00", quiet_until="00:00"), clock.now()
    behind = (now.hour - 8 + 11) % 24 - 11  # hours behind UTC, where it is about eight in the morning
    type(cast.place).objects.update(zone_name=f"Etc/GMT{behind:+d}")
    Therapist.objects.filter(pk=cast.ana.pk).update(user=make.user(email="ana@mail.example"))
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=3)
    make.booking(therapist=cast.ana, room=cast.mat_room, start=start, created_at=now - timedelta(days=3))
    with MailServer() as server, loop(server):
        assert wait_for(lambda: server.taken, SECONDS)
    assert [(mail["To"], mail["Subject"].endswith(": 1 session")) for mail in server.taken] == [
        ("ana@mail.example", True)
    ]
