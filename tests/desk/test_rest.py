"""Sending the rest: a link for what nobody asked on the phone."""

import pytest
from django.urls import reverse

from bookings.models import Message
from clients.models import SmsConsent
from tests import factories as make
from tests.desk.people import robins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]


@pytest.fixture(autouse=True)
def texts_leave(settings):
    settings.SMS_BACKEND = "file"


def rings(cast, **words):
    """Robin has rung: a first name and a number, and nobody has asked her anything."""
    known = {"name": "Robin", "email": "", "phone": "+447700900123"}
    return robins(cast, client=make.client(**known | words), screening="missing")


def path(booking, name="rest") -> str:
    return reverse(f"desk_{name}", args=[booking.pk])


def post(client, booking, **words):
    return client.post(path(booking), {"version": booking.version} | words)


def test_the_card_leads_to_it_while_answers_are_missing(client, cast):
    assert "Send the rest" in client.get(path(rings(cast), "booking")).text
    assert "Send the rest" not in client.get(path(robins(cast, start=make.at(16)), "booking")).text


def test_only_ways_that_lead_somewhere_can_be_chosen(client, cast):
    page = client.get(path(rings(cast))).text
    assert ('value="sms" checked' in page, 'value="mail"' in page) == (True, False)


def test_the_link_leaves_and_the_card_says_so(client, cast):
    booking = rings(cast)
    page = client.post(path(booking), {"version": 1, "channel": "sms"}, follow=True).text
    assert Message.objects.get(kind="details").channel == "sms"
    assert "A link is on its way to Robin." in page
    assert "asked the client for the rest" in client.get(path(booking, "booking")).text


@pytest.mark.parametrize("words", [{}, {"channel": "mail"}, {"channel": "dove"}])
def test_a_way_that_leads_nowhere_is_refused(client, cast, words):
    assert post(client, rings(cast), **words).status_code == 422
    assert not Message.objects.filter(kind="details").exists()


def test_a_number_that_said_stop_and_a_stale_card_are_said_in_words(client, cast):
    booking = rings(cast)
    stale = client.post(path(booking), {"version": 7, "channel": "sms"})
    SmsConsent.objects.create(number="+447700900123", stopped_at=make.NOW)
    stopped = post(client, booking, channel="sms")
    assert (stale.status_code, stopped.status_code) == (409, 409)
    assert "It has answered STOP." in stopped.text


def test_nothing_is_sent_when_nothing_is_missing(client, cast):
    booking = robins(cast)
    assert post(client, booking, channel="mail").status_code == 409
