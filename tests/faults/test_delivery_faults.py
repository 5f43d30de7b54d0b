"""The long form: two thousand confirmations, four senders, a hundred kills."""

import time

import pytest

from bookings.models import Message
from tests.bookings.mail_server import MailServer
from tests.bookings.senders import confirmations, doubled, kill_senders, senders

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
ROWS, WORKERS, KILLS = 2_000, 4, 100
PATIENCE_SECONDS = 300


def test_a_hundred_kills_lose_nothing_and_double_at_most_once_each():
    with MailServer(pause=0.01) as server:
        confirmations(ROWS)
        kill_senders(server, workers=WORKERS, kills=KILLS)
        taken_among_kills = len(server.taken)
        drain(server)
        assert 0 < taken_among_kills < ROWS
        assert Message.objects.filter(state="sent").count() == len(set(server.ids)) == ROWS
        assert doubled(server) <= KILLS


def drain(server: MailServer) -> None:
    """Four senders that live finish the work; what the dead left they take when its lease has really ended."""
    with senders(server, WORKERS):
        until = time.monotonic() + PATIENCE_SECONDS
        while Message.objects.filter(state__in=["queued", "sending"]).exists() and time.monotonic() < until:
            time.sleep(0.5)
