"""/healthz: everybody learns whether it is up, the owner's monitor also how the sender of messages does."""

from datetime import timedelta

import pytest
from django.test import Client

from bookings.models import Heartbeat, Message
from spa import clock

SECRET = "a secret of the monitor"
HEADERS = {"Authorization": f"Bearer {SECRET}"}


@pytest.fixture
def monitor(client: Client, settings: object) -> Client:
    settings.HEALTH_SECRET = SECRET
    return client


@pytest.mark.django_db
def test_everybody_learns_that_it_is_up_and_nothing_more(monitor: Client) -> None:
    response = monitor.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "Bearer ", f"Bearer {SECRET}!", SECRET, "Bearer \u00e9"])
def test_a_wrong_secret_opens_nothing(monitor: Client, given: str) -> None:
    assert monitor.get("/healthz", headers={"Authorization": given}).json() == {"status": "ok"}


@pytest.mark.django_db
def test_without_a_secret_set_an_empty_one_opens_nothing(client: Client, settings: object) -> None:
    settings.HEALTH_SECRET = ""
    assert client.get("/healthz", headers={"Authorization": "Bearer "}).json() == {"status": "ok"}


@pytest.mark.django_db
def test_the_monitor_sees_the_last_tick_and_the_oldest_overdue_message(monitor: Client) -> None:
    now = clock.now()
    Heartbeat.objects.create(name="tick", beat_at=now - timedelta(seconds=4))
    for minutes in (-30, -2, 10):
        Message.objects.create(key=f"m{minutes}", due_at=now + timedelta(minutes=minutes), created_at=now)
    body = monitor.get("/healthz", headers=HEADERS).json()
    assert {name: value[:23] if name != "status" else value for name, value in body.items()} == {
        "status": "ok",
        "database": "ok",
        "last_tick": (now - timedelta(seconds=4)).isoformat()[:23],
        "oldest_overdue": (now - timedelta(minutes=30)).isoformat()[:23],
    }


@pytest.mark.django_db
def test_a_new_house_has_neither_ticks_nor_messages(monitor: Client) -> None:
    body = monitor.get("/healthz", headers=HEADERS).json()
    assert body == {"status": "ok", "database": "ok", "last_tick": None, "oldest_overdue": None}


@pytest.mark.django_db
def test_it_may_only_be_read(monitor: Client) -> None:
    assert monitor.head("/healthz").status_code == 200
    assert monitor.post("/healthz").status_code == 405
