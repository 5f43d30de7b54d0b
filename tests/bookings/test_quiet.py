"""The desk decides anew whether a client hears of a move, while the senders are already at it."""

import pytest

from bookings.actions import telling
from bookings.models import Message
from tests.bookings.mail_server import MailServer
from tests.bookings.procfile import wait_for
from tests.bookings.quiet import race

RACES = 40


@pytest.mark.django_db(transaction=True)
def test_who_is_kept_quiet_about_hears_nothing_and_everybody_else_hears_it_once():
    with MailServer(pause=0.005) as server:
        seen = race(server, RACES)
    assert (seen.heard_all_the_same, seen.twice, seen.never) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_without_either_guard_silence_is_promised_and_broken(monkeypatch):
    """The desk withdraws what it saw waiting, the sender hands over what it claimed, and neither looks again."""

    def without_a_second_look(row, answers, change) -> int:
        seen = Message.objects.filter(pk__in=list(answers.values_list("pk", flat=True)))
        wait_for(lambda: not seen.filter(state="queued").exists(), 10)
        return seen.update(state="withdrawn")

    monkeypatch.setattr(telling, "_keep_quiet", without_a_second_look)
    with MailServer(pause=0.03) as server:
        seen = race(server, 6, "unguarded", apart=1, early=0.6)
    assert seen.heard_all_the_same > 0
