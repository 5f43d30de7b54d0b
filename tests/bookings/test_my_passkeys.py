"""A client's passkey: another key to "my bookings", never a lock. The ceremony itself is in tests/browser."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from accounts.models import User
from bookings import privacy
from bookings.models import Message
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, PASSWORD, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
KEYS, DOOR = "/my/passkeys/", "/my/passkey/"


@pytest.fixture
def robin(settings) -> Client:
    set_clock(NOW)
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    robin = make.client(name="Robin Hale", email="robin@mail.example")
    make.booking(start=at(9, days=-14), status="done", client=robin)
    return robin


def sign_in(client, email="robin@mail.example"):
    client.post("/my/sign-in/", {"email": email})
    said = re.search(r"Your code: (\S+)", Message.objects.latest("pk").text)[1]
    return client.post("/my/code/", {"code": said, "next": "/my/"})


def key(user: User, name="Phone") -> Authenticator:
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})


def test_a_code_never_asks_for_the_passkey_that_she_has(client, robin):
    sign_in(client)
    key(User.objects.get())
    client.logout()
    assert (sign_in(client).url, client.get("/my/").status_code) == ("/my/", 200)


def test_of_staff_it_is_still_a_second_factor(client, robin):
    dee = make.user(role="front desk")
    key(dee)
    assert (
        client.post("/accounts/login/", {"login": dee.email, "password": PASSWORD}).url == "/accounts/2fa/authenticate/"
    )


def test_who_signed_in_just_now_may_add_one(client, robin):
    sign_in(client)
    page = client.get(KEYS).text
    assert "Add a passkey" in page and '"residentKey": "required"' in page


def test_who_signed_in_long_ago_is_mailed_a_code_first(client, robin):
    sign_in(client)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= timedelta(minutes=16).total_seconds()
    session.save()
    page, mails = client.get(KEYS).text, Message.objects.count()
    assert "add_passkey" not in page and "Before a passkey is added we mail you a new code." in page
    assert client.post(KEYS).url == f"/my/code/?next={KEYS}"
    assert (Message.objects.count(), client.get("/my/").status_code) == (mails + 1, 302)


@pytest.mark.parametrize("credential", ["", "x", "{}", "[]", '{"id": "AAAA"}'])
def test_nonsense_makes_no_passkey(client, robin, credential):
    sign_in(client)
    client.get(KEYS)
    answer = client.post(KEYS, {"name": "x", "credential": credential})
    assert (answer.status_code, Authenticator.objects.count()) == (422, 0)
    assert "could not be added. Nothing has changed" in answer.text


def test_she_removes_her_own_and_nobody_elses(client, robin):
    sign_in(client)
    own, other = key(User.objects.get()), key(make.user())
    answers = [client.post(f"{KEYS}{one.pk}/remove/").status_code for one in (other, own)]
    assert (answers, list(Authenticator.objects.all())) == ([404, 303], [other])


def test_what_fails_leads_back_to_the_door_of_clients(client, robin):
    for answer in (client.get(DOOR), client.post(DOOR, {"credential": "x", "next": "/my/"})):
        assert answer.url == "/my/sign-in/"
    assert "That passkey did not open the door." in client.get("/my/sign-in/").text


def test_erasing_her_takes_her_passkeys_with_her(client, robin):
    sign_in(client)
    key(User.objects.get())
    robin.refresh_from_db()
    privacy.erase(client=robin, now=NOW)
    assert not Authenticator.objects.exists()
