"""The banner of the desk: when messages do not leave, it says so and what to do."""

from datetime import UTC, timedelta

import pytest

from accounts import roles
from bookings.models import Heartbeat
from desk.troubles import troubles
from spa import clock
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def beat(ago: timedelta = timedelta()) -> None:
    Heartbeat.objects.create(name="sender", beat_at=NOW - ago)


def said(now=NOW) -> list[str]:
    return [trouble.what for trouble in troubles(now, UTC)]


@pytest.mark.parametrize(("seconds", "silent"), [(120, False), (121, True)])
def test_a_sender_that_is_silent_for_two_minutes_is_announced(seconds, silent):
    beat(timedelta(seconds=seconds))
    assert bool(said()) == silent


def test_it_says_since_when():
    beat(3 * MINUTE)
    assert said() == ["No message has left since Monday 23 November 2026, 11:57: the sender is silent."]


def test_a_sender_that_never_ran_is_announced():
    assert said() == ["The sender of messages has never run."]


@pytest.mark.parametrize(("failures", "words"), [(2, []), (3, ["3 messages failed in the last hour."])])
def test_failing_again_and_again_is_announced(failures, words):
    beat()
    for _ in range(failures):
        make.message(state="failed", failed_at=NOW - 59 * MINUTE)
    assert said() == words


def test_what_failed_an_hour_ago_is_no_news():
    beat()
    for _ in range(3):
        make.message(state="failed", failed_at=NOW - 60 * MINUTE)
    assert said() == []


@pytest.mark.parametrize(("minutes", "late"), [(4, False), (5, True)])
def test_mail_that_waits_for_its_server_is_announced(minutes, late):
    beat()
    make.message(due_at=NOW - minutes * MINUTE, reason="The mail server did not answer in time.")
    assert said() == (["1 message is late. The mail server did not answer in time."] if late else [])


@pytest.mark.parametrize(("attempts", "late"), [(2, []), (3, ["1 message is late. The mail server answered 451."])])
def test_mail_that_its_server_puts_off_again_and_again_is_announced(attempts, late):
    beat()
    make.message(due_at=NOW + 14 * MINUTE, attempts=attempts, reason="The mail server answered 451.")
    assert said() == late


def test_a_reminder_of_another_day_is_not_late():
    beat()
    make.message(due_at=NOW + 61 * MINUTE, attempts=3)
    assert said() == []


@pytest.mark.parametrize("messages", [0, 20])
def test_three_queries_tell(messages, django_assert_num_queries):
    for _ in range(messages):
        make.message(state="failed", failed_at=NOW)
    with django_assert_num_queries(3):
        troubles(NOW, UTC)


@pytest.mark.parametrize(("ago", "alerts"), [(timedelta(), 0), (3 * MINUTE, 1)])
def test_the_banner_is_an_alert_on_the_page(client, ago, alerts):
    Heartbeat.objects.create(name="sender", beat_at=clock.now() - ago)
    client.force_login(make.user(role=roles.FRONT_DESK))
    assert client.get("/desk/messages/").text.count('role="alert"') == alerts
