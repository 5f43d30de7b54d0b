"""Answers about a passkey that no browser sends are refused; the real ceremony is in tests/browser."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import PASSWORD, user

pytestmark = pytest.mark.django_db
BINARY = {"clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "AAAA"}
WHOLE = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": BINARY, "clientExtensionResults": {}}
NONSENSE = [
    "",
    "x",
    "[" * 100_000,
    *[json.dumps(value) for value in (None, 1, [], {}, {"clientExtensionResults": 1e308}, {"rawId": 1}, WHOLE)],
    *[json.dumps(WHOLE | {name: value}) for name in WHOLE for value in (None, 7, "é", [], {"x": 1})],
]


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False


def test_nonsense_opens_no_door(client):
    for credential in NONSENSE:
        client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
        answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
        assert (answer.status_code, answer.url) == (302, reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_nonsense_makes_no_passkey(client):
    client.force_login(user(email="mei@mail.example"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for credential in NONSENSE:
        assert client.get(reverse("mfa_add_webauthn")).status_code == 200
        answer = client.post(reverse("mfa_add_webauthn"), {"credential": credential, "passwordless": "on"})
        assert "There is a problem" in answer.text
    assert "You have none yet" in client.get(reverse("mfa_list_webauthn")).text


def test_a_new_password_ends_other_sessions_and_its_page_says_that_passkeys_stay(client):
    mei, other, path = user(email="mei@mail.example"), Browser(), reverse("account_change_password")
    Authenticator.objects.create(user=mei, type="webauthn", data={"name": "Phone", "credential": {}})
    for browser in (client, other):
        browser.force_login(mei)
    assert "Passkeys stay" in client.get(path).text
    words = {"oldpassword": PASSWORD, "password1": "walk-slowly-again-2", "password2": "walk-slowly-again-2"}
    assert client.post(path, words).status_code == 302
    assert [browser.get("/accounts/2fa/").status_code for browser in (client, other)] == [200, 302]
    assert Authenticator.objects.count() == 1
