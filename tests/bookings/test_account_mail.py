"""The mails of signing in leave through the outbox, and the links in them are deleted once they have."""

import re

import pytest
from django.core import mail

from bookings.models import Message
from bookings.outbox import delivery
from spa import clock
from tests import factories as make

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://localhost:8000(/accounts/password/reset/key/\S+)")


@pytest.fixture
def ana():
    make.studio()
    return make.user(email="ana@stoneandstep.example", role="front desk")


def ask_for_link(client, email="ana@stoneandstep.example"):
    client.post("/accounts/password/reset/", {"email": email})


def test_a_link_becomes_a_secret_row_and_the_page_waits_for_no_mail_server(client, ana):
    ask_for_link(client)
    message = Message.objects.get()
    assert (message.recipient, message.kind, message.state, message.is_secret) == (ana.email, "account", "queued", True)
    assert (message.subject.split(": ")[0], bool(LINK.search(message.text))) == ("Stone & Step", True)
    assert mail.outbox == []


def test_the_link_in_the_mail_works_and_is_deleted_from_the_row(client, ana):
    ask_for_link(client)
    assert delivery.deliver_due(clock.now()) == {"sent": 1}
    page = client.get(LINK.search(mail.outbox[0].body)[1], follow=True)
    assert 'type="password"' in page.content.decode()
    assert Message.objects.values_list("state", "text", "html").get() == ("sent", "", "")


def test_a_stranger_is_sent_nothing(client, ana):
    ask_for_link(client, email="stranger@mail.example")
    assert not Message.objects.exists()


def test_a_link_that_waited_an_hour_is_not_sent(client, ana):
    ask_for_link(client)
    message = Message.objects.get()
    assert delivery.deliver_due(message.useful_until) == {"skipped": 1}
    message.refresh_from_db()
    assert (message.text, mail.outbox) == ("", [])
