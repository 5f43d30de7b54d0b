from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.signing import dumps
from django.urls import reverse

from accounts import roles, setup, throttle
from accounts.models import Attempt, User
from accounts.tasks import forget
from bookings.models import Message
from spa import clock
from tests.factories import NOW, PASSWORD, at, owner, user

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def sign_in(client, email="desk@mail.example", password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


@pytest.fixture
def desk():
    return user(email="desk@mail.example", role=roles.FRONT_DESK)


def test_the_front_desk_lands_on_its_messages(client, desk):
    assert sign_in(client).url == reverse("landing")
    assert client.get(reverse("landing")).url == reverse("desk_day")


def test_the_owner_lands_in_the_studio_others_at_the_desk_or_on_the_start_page(client):
    for person, address in (
        (owner(), reverse("studio")),
        (user(role=roles.STUDIO_ADMIN), reverse("desk_day")),
        (user(), "/"),
    ):
        client.force_login(person)
        assert client.get(reverse("landing")).url == address


def test_the_admin_has_the_same_door(client, desk):
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/accounts/login/?next=/admin/"
    client.force_login(user())
    assert client.get("/admin/login/").status_code == 404


def test_a_wrong_password_says_so_and_keeps_the_address(client, desk):
    page = sign_in(client, password="wrong")
    assert page.status_code == 200
    assert 'value="desk@mail.example"' in page.text
    assert "wrong" not in page.context["form"]["password"].as_widget()


def test_who_is_switched_off_does_not_get_in(client, desk):
    User.objects.update(is_active=False)
    sign_in(client)
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"


def test_switching_off_ends_an_open_session(client, desk):
    client.force_login(desk)
    assert client.get("/admin/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_a_demo_sign_in_opens_nothing_on_a_public_host(client, desk, settings):
    settings.LOCAL = False
    assert sign_in(client).status_code == 200
    assert "_auth_user_id" not in client.session


def test_ten_tries_then_a_pause_then_it_works_again(client, desk):
    for _ in range(throttle.SIGN_INS_OF_BOTH):
        sign_in(client, password="wrong")
    assert "Too many" in sign_in(client).text
    assert sign_in(client, REMOTE_ADDR="203.0.113.9").status_code == 302
    Attempt.objects.update(made_at=NOW - timedelta(days=900))
    assert throttle.allow_sign_in("desk@mail.example", "127.0.0.1", NOW)


def test_a_throttle_counts_up_to_its_limit_and_lets_go_by_itself():
    assert [throttle.allow("hold", "192.0.2.1", 2, MINUTE, NOW) for _ in range(4)] == [True, True, False, False]
    assert throttle.allow("hold", "192.0.2.2", 2, MINUTE, NOW)
    assert throttle.allow("link", "192.0.2.1", 2, MINUTE, NOW)
    assert throttle.allow("hold", "192.0.2.1", 2, MINUTE, NOW + MINUTE)


def test_a_household_shares_its_ipv6_network():
    assert throttle.hash_of("hold", "2001:db8::1") == throttle.hash_of("hold", "2001:db8::ffff")
    assert throttle.hash_of("hold", "2001:db8::1") != throttle.hash_of("hold", "2001:db8:0:1::1")
    assert throttle.hash_of("sign-in account", "Ana@mail.example") == throttle.hash_of(
        "sign-in account", "ana@mail.example"
    )


def test_an_attempt_holds_no_address():
    throttle.allow("hold", "192.0.2.1", 2, MINUTE, NOW)
    (subject,) = Attempt.objects.values_list("subject", flat=True)
    assert (len(subject), "192" in subject[:3]) == (64, False)


def test_old_attempts_are_forgotten():
    throttle.allow("hold", "192.0.2.1", 2, MINUTE, at(11, days=-1))
    throttle.allow("hold", "192.0.2.1", 2, MINUTE, at(13, days=-1))
    assert (throttle.prune(NOW), Attempt.objects.count()) == (1, 1)


def test_the_hourly_task_forgets_what_is_over(client):
    throttle.allow("hold", "192.0.2.1", 2, MINUTE, clock.now() - timedelta(days=2))
    client.session.save()
    Session.objects.update(expire_date=clock.now() - MINUTE)
    assert (forget(), Attempt.objects.count(), Session.objects.count()) == (1, 0, 0)


def test_a_forgotten_password_is_set_anew_by_mail(client, desk):
    client.post(reverse("account_reset_password"), {"email": "desk@mail.example"})
    mail = Message.objects.get()
    link = next(line for line in mail.text.splitlines() if "/password/reset/key/" in line)
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "new-steady-steps", "password2": "new-steady-steps"})
    assert (mail.recipient, sign_in(client, password="new-steady-steps").status_code) == ("desk@mail.example", 302)


def test_nobody_learns_who_signs_in_here(client, desk):
    known = client.post(reverse("account_reset_password"), {"email": "desk@mail.example"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@mail.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.recipient for message in Message.objects.all()] == ["desk@mail.example"]


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password"])
def test_there_is_no_signing_up(client, name):
    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name), {"email": "new@mail.example"}).status_code == 404


@pytest.mark.parametrize("make, led", [(owner, True), (lambda: user(role=roles.STUDIO_ADMIN), True), (user, False)])
def test_admins_are_led_to_a_second_factor_when_it_is_asked_for(client, settings, make, led):
    settings.REQUIRE_ADMIN_SECOND_FACTOR = True
    somebody = make()
    client.force_login(somebody)
    assert (client.get("/admin/").url == reverse("mfa_activate_totp")) is led
    Authenticator.objects.create(user=somebody, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert reverse("mfa_activate_totp") not in client.get("/admin/").headers.get("Location", "")


def test_the_set_up_link_makes_one_owner_once(client):
    link = setup.make_link()
    assert client.get(link).status_code == 200
    words = {"name": "Olive", "email": "olive@mail.example", "password": "slow-steady-steps"}
    assert client.post(link, words).url == reverse("account_login")
    assert User.objects.get().is_superuser
    assert [client.get(link).status_code, client.post(link, words).status_code] == [404, 404]


@pytest.mark.parametrize(
    "token", ["nonsense", dumps("owner", salt="other"), "x" * 3000], ids=["nonsense", "another purpose", "long"]
)
def test_a_forged_set_up_link_opens_nothing(client, token):
    assert client.get(reverse("setup", args=[token])).status_code == 404


def test_a_set_up_link_ends_after_a_day(client, monkeypatch):
    link = setup.make_link()
    monkeypatch.setattr("accounts.setup.VALID_SECONDS", -1)
    assert client.get(link).status_code == 404


def test_a_weak_password_is_refused_and_the_rest_is_kept(client):
    page = client.post(setup.make_link(), {"name": "Olive", "email": "olive@mail.example", "password": "password"})
    assert (page.status_code, User.objects.count()) == (422, 0)
    assert 'value="olive@mail.example"' in page.text
