"""Who sends what: a row is claimed by one worker, and what a dead one left is taken up again."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from bookings.models import Heartbeat, Message
from bookings.outbox import claims, delivery
from spa import clock
from tests.bookings.senders import confirmations, doubled, finish, kill_senders
from tests.bookings.sending import age_leases, note, run, state


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_taken_up_when_its_lease_ends(server):
    message = note()
    (claimed,) = claims.claim("mail", clock.now())
    claims.begin(claimed)
    assert run() == {}
    age_leases()
    assert (run(), state(message), message.attempts) == ({"sent": 1}, ("sent", ""), 2)


@pytest.mark.django_db
def test_what_was_claimed_but_not_begun_counts_no_attempt(server):
    messages = [note() for _ in range(3)]
    claims.claim("mail", clock.now())
    age_leases()
    assert run() == {"sent": 3}
    assert [(*state(message), message.attempts) for message in messages] == [("sent", "", 1)] * 3


@pytest.mark.django_db
def test_a_message_that_kills_every_worker_is_given_up(server):
    message = note(attempts=5)
    reason = "Gave up: the sender stopped in the middle, again and again."
    assert (run(), state(message), server.taken) == ({"failed": 1}, ("failed", reason), [])


@pytest.mark.django_db
def test_a_worker_whose_lease_ended_changes_nothing_any_more(server):
    message, now = note(), clock.now()
    (slow,) = claims.claim("mail", now)
    age_leases()
    (fast,) = claims.claim("mail", clock.now())
    claims.begin(fast)
    with delivery.Mail() as mail:
        assert delivery.deliver(slow, mail, now) == "sending"
    assert (state(message), message.attempts, server.taken) == (("sending", ""), 1, [])


@pytest.mark.django_db
def test_every_run_is_a_sign_of_life(server):
    run()
    now = clock.now()
    delivery.deliver_due(now)
    assert list(Heartbeat.objects.values_list("name", "beat_at")) == [("sender", now)]


def in_parallel(workers: int) -> None:
    """Run that many workers at once, each on a database connection of its own."""

    def work() -> None:
        try:
            run()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_row_that_another_worker_is_claiming_is_passed_over(server):
    first, second = note(), note()
    with transaction.atomic():
        Message.objects.select_for_update().get(pk=first.pk)
        in_parallel(1)
    assert (state(first)[0], state(second)[0]) == ("queued", "sent")


@pytest.mark.django_db(transaction=True)
def test_three_beats_at_once_double_nothing(server):
    for _ in range(40):
        note()
    in_parallel(3)
    assert (len(server.taken), doubled(server)) == (40, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("lease", "twice"), [(60, 0), (-60, 1)], ids=["leased", "control"])
def test_what_one_sender_hands_over_is_not_another_ones(server, settings, monkeypatch, lease, twice):
    monkeypatch.setattr(claims, "LEASE", timedelta(seconds=lease))
    settings.EMAIL_TIMEOUT = 60
    server.does[note().recipient] = "first waits"
    first = threading.Thread(target=in_parallel, args=[1])
    first.start()
    assert server.arrived.wait(60)
    run()
    server.go_on.set()
    first.join()
    assert (len(server.taken), doubled(server)) == (1 + twice, twice)


@pytest.mark.django_db(transaction=True)
def test_senders_that_are_killed_lose_nothing_and_double_at_most_once_a_kill(server):
    server.pause = 0.01
    confirmations(40)
    kill_senders(server, workers=2, kills=6, batch=3)
    finish()
    assert Message.objects.filter(state="sent").count() == len(set(server.ids)) == 40
    assert doubled(server) <= 6
