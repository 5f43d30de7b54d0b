"""The mails of signing in leave through the outbox, and their codes are deleted once they have."""

import re

import pytest
from django.core import mail

from bookings.models import Message
from bookings.outbox import delivery
from spa import clock
from tests import factories as make

pytestmark = pytest.mark.django_db
CODE = re.compile(r"^[A-Z0-9]{3,4}-[A-Z0-9]{3,4}$", re.M)


@pytest.fixture
def ana():
    make.studio()
    return make.user(email="ana@stoneandstep.example", role="front desk")


def ask_for_code(client, email="ana@stoneandstep.example"):
    return client.post("/accounts/login/code/", {"email": email})


def test_a_code_becomes_a_secret_row_and_the_page_waits_for_no_mail_server(client, ana):
    ask_for_code(client)
    message = Message.objects.get()
    assert (message.recipient, message.kind, message.state, message.is_secret) == (ana.email, "account", "queued", True)
    assert (message.subject, bool(CODE.search(message.text))) == ("Stone & Step: Sign-In Code", True)
    assert mail.outbox == []


def test_the_code_in_the_mail_signs_in_and_is_deleted_from_the_row(client, ana):
    ask_for_code(client)
    assert delivery.deliver_due(clock.now()) == {"sent": 1}
    code = CODE.search(mail.outbox[0].body)[0]
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.session["_auth_user_id"] == str(ana.pk)
    assert Message.objects.values_list("state", "text", "html").get() == ("sent", "", "")


def test_a_link_for_a_new_password_is_a_secret_too(client, ana):
    client.post("/accounts/password/reset/", {"email": ana.email})
    message = Message.objects.get()
    assert ("/accounts/password/reset/key/" in message.text, message.is_secret) == (True, True)


def test_nobody_signs_up(client):
    make.studio()
    client.post("/accounts/signup/", {"email": "a@mail.example", "password1": "a-Long-1", "password2": "a-Long-1"})
    assert not Message.objects.exists()


def test_a_code_that_waited_an_hour_is_not_sent(client, ana):
    ask_for_code(client)
    message = Message.objects.get()
    assert delivery.deliver_due(message.useful_until) == {"skipped": 1}
    message.refresh_from_db()
    assert (message.text, mail.outbox) == ("", [])
