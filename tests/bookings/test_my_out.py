"""Signing out everywhere: the passkeys that still open the door are named, and one press removes them."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client as Browser

from accounts.models import User
from tests import factories as make
from tests.factories import NOW
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
OUT, PAGE, DOOR = "/my/out/", "/my/signed-out/", "/my/sign-in/"
STILL = "Your passkeys still open the door"


@pytest.fixture
def robin(client) -> User:
    """Robin, signed in, with a passkey on each of two devices."""
    set_clock(NOW)
    robin = make.client(name="Robin Hale", email="robin@mail.example", user=make.user(email="robin@mail.example")).user
    for name in ("Phone", "Laptop"):
        key(robin, name)
    client.force_login(robin)
    return robin


def key(user: User, name: str) -> Authenticator:
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})


def test_the_page_that_follows_names_what_still_opens_the_door(client, robin):
    page = client.post(OUT, follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    assert [words in page.text for words in (STILL, "Phone", "Laptop", "Remove all passkeys")] == [True] * 4
    assert Authenticator.objects.count() == 2


def test_one_press_removes_hers_and_nobody_elses(client, robin):
    others = key(make.user(), "Other")
    client.post(OUT)
    page = client.post(PAGE, follow=True)
    assert (page.redirect_chain, list(Authenticator.objects.all())) == ([(PAGE, 303)], [others])
    assert "No passkey opens your bookings any more" in page.text and STILL not in page.text


def test_what_a_key_has_opened_meanwhile_ends_with_it(client, robin):
    client.post(OUT)
    found = Browser()
    found.force_login(User.objects.get(pk=robin.pk))
    assert found.get("/my/").status_code == 200
    client.post(PAGE)
    assert found.get("/my/").url == DOOR


def test_looking_removes_nothing(client, robin):
    client.post(OUT)
    assert [client.get(PAGE).status_code, client.head(PAGE).status_code] == [200, 200]
    assert Authenticator.objects.count() == 2


def test_who_has_no_passkey_reads_that_she_is_out_and_no_more(client, robin):
    Authenticator.objects.all().delete()
    page = client.post(OUT, follow=True).text
    assert ("You are signed out on every device." in page, STILL in page) == (True, False)


@pytest.mark.parametrize(("minutes", "answer", "left"), [(15, 303, 0), (16, 302, 2)])
def test_the_browser_that_signed_out_may_remove_them_for_a_quarter_of_an_hour(client, robin, minutes, answer, left):
    client.post(OUT)
    set_clock(NOW + timedelta(minutes=minutes))
    assert (client.post(PAGE).status_code, Authenticator.objects.count()) == (answer, left)


def test_another_browser_and_whoever_signed_in_since_are_led_to_the_door(client, robin):
    client.post(OUT)
    assert (Browser().post(PAGE).url, Browser().get(PAGE).url) == (DOOR, DOOR)
    client.force_login(make.client(name="Sam Roe", email="sam@mail.example", user=make.user()).user)
    assert (client.post(PAGE).url, Authenticator.objects.count()) == (DOOR, 2)


def test_staff_who_are_clients_too_keep_theirs(client, robin):
    User.objects.filter(pk=robin.pk).update(is_staff=True)
    other = Browser()
    other.force_login(User.objects.get(pk=robin.pk))
    assert client.post(OUT, follow=True).redirect_chain == [(PAGE, 302), (DOOR, 302)]
    assert (client.post(PAGE).url, Authenticator.objects.count(), other.get("/my/").status_code) == (DOOR, 2, 200)
