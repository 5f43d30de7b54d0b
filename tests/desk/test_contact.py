"""Correcting an address at the desk: what failed leaves again, to where the client really reads."""

import pytest
from django.urls import reverse

from bookings import reminders
from bookings.models import Message
from tests import factories as make
from tests.desk.people import robins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]


@pytest.fixture
def failed(cast) -> Message:
    """Robin's confirmation came back: there is a slip in the address."""
    booking = robins(cast, client=make.client(name="Robin Hale", email="robin@mial.example", phone="+447700900123"))
    reminders.plan(booking=booking, now=make.NOW)
    booking.messages.filter(kind="confirmation").update(state="failed", failed_at=make.NOW, reason="Not taken (550).")
    return booking.messages.get(kind="confirmation")


def path(booking, name="contact") -> str:
    return reverse(f"desk_{name}", args=[booking.pk])


def post(client, booking, **words):
    known = {"email": "robin@mail.example", "phone": "07700 900123", "version": booking.version}
    return client.post(path(booking), known | words)


def test_the_failed_message_and_the_card_lead_to_it(client, failed):
    link = f'href="{path(failed.booking)}"'
    for page in (reverse("desk_message", args=[failed.pk]), path(failed.booking, "booking")):
        assert link in client.get(page).text


def test_what_stands_there_now_can_be_corrected(client, failed):
    html = client.get(path(failed.booking)).text
    assert ('value="robin@mial.example"' in html, 'value="+447700900123"' in html) == (True, True)


def test_corrected_the_confirmation_leaves_again_and_what_waits_goes_there(client, failed):
    assert post(client, failed.booking).status_code == 303
    waiting = Message.objects.filter(booking=failed.booking, state="queued", recipient="robin@mail.example")
    assert set(waiting.values_list("kind", flat=True)) >= {"confirmation", "aftercare"}
    failed.booking.refresh_from_db()
    assert (failed.booking.email, failed.booking.link_version) == ("robin@mail.example", 2)
    assert not Message.objects.filter(recipient="robin@mial.example", state="queued").exists()


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"email": "robin@mial.example"}, 422),
        ({"email": "robin"}, 422),
        ({"phone": "12"}, 422),
        ({"version": ""}, 422),
        ({"version": "7"}, 409),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(client, failed, words, status):
    assert post(client, failed.booking, **words).status_code == status
    failed.booking.refresh_from_db()
    assert failed.booking.email == "robin@mial.example"


def test_the_address_of_a_session_that_is_off_stays(client, failed):
    type(failed.booking).objects.update(status="cancelled")
    assert post(client, failed.booking).status_code == 409
