"""Who works here: the last admin stays, owners are changed by owners, whoever is switched off is out at once."""

import pytest
from django.db import transaction
from django.urls import reverse

from accounts import roles, second_factor, staff
from accounts.models import Door, StaffEvent, User
from tests.factories import NOW, PASSWORD, owner, user
from tests.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return user(role=roles.STUDIO_ADMIN, name="Ada")


@pytest.fixture
def dee() -> User:
    return user(role=roles.FRONT_DESK, name="Dee", email="dee@mail.example")


def change(person, by, *held):
    with staff.deciding(by):
        staff.change(person=person, name=person.name, roles=list(held), by=by)


def test_the_last_admin_keeps_her_role_until_somebody_else_has_it(ada, dee):
    with pytest.raises(staff.Refused) as said:
        change(ada, ada, roles.FRONT_DESK)
    assert (said.value.field, "Make somebody else a studio admin first" in said.value.reason) == ("roles", True)
    assert ada.has_role(roles.STUDIO_ADMIN)
    change(dee, ada, roles.STUDIO_ADMIN)
    change(ada, ada, roles.FRONT_DESK)
    assert list(staff.keepers()) == [dee]


def test_the_last_admin_does_not_switch_herself_off(ada, dee):
    with pytest.raises(staff.Refused):
        staff.switch_off(person=ada, by=ada, now=NOW)
    ada.refresh_from_db()
    assert (ada.is_active, ada.sessions_ended, StaffEvent.objects.count()) == (True, 0, 0)


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_an_admin_who_cannot_sign_in_keeps_nothing(ada, fields):
    user(role=roles.STUDIO_ADMIN, **fields)
    with pytest.raises(staff.Refused):
        staff.switch_off(person=ada, by=ada, now=NOW)


def test_an_owner_keeps_the_studio_as_well(ada):
    owner()
    staff.switch_off(person=ada, by=ada, now=NOW)
    assert not User.objects.get(pk=ada.pk).is_active


def test_only_an_owner_changes_an_owner(ada):
    boss, other = owner(), owner(email="other@mail.example")
    for act in (staff.switch_off, staff.switch_on):
        with pytest.raises(staff.Refused):
            act(person=boss, by=ada, now=NOW)
    staff.switch_off(person=boss, by=other, now=NOW)
    assert not User.objects.get(pk=boss.pk).is_active


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_whoever_is_no_admin_any_more_changes_nobody(ada, dee, fields):
    user(role=roles.STUDIO_ADMIN)
    User.objects.filter(pk=ada.pk).update(**fields)
    with pytest.raises(staff.Refused):
        staff.switch_off(person=dee, by=ada, now=NOW)
    assert User.objects.get(pk=dee.pk).is_active


def test_switched_off_she_is_out_at_once_and_an_old_session_never_comes_back(client, ada, dee):
    client.force_login(dee)
    assert client.get("/desk/").status_code == 200
    staff.switch_off(person=dee, by=ada, now=NOW)
    assert client.get("/desk/").status_code == 302
    client.force_login(ada)
    staff.switch_on(person=dee, by=ada, now=NOW)
    assert client.post(reverse("account_login"), {"login": dee.email, "password": PASSWORD}).status_code == 302


def test_a_session_from_before_she_was_switched_off_is_over_for_good(client, ada, dee):
    client.force_login(dee)
    staff.switch_off(person=dee, by=ada, now=NOW)
    staff.switch_on(person=dee, by=ada, now=NOW)
    assert client.get("/desk/").url == "/accounts/login/?next=/desk/"


def test_each_step_is_written_down_once_with_who_did_it(ada, dee):
    for act in (staff.switch_off, staff.switch_off, staff.switch_on, staff.switch_on):
        act(person=dee, by=ada, now=NOW)
    rows = StaffEvent.objects.order_by("pk").values_list("verb", "actor", "person", "email", "at")
    whole = (ada.pk, dee.pk, dee.email, NOW)
    assert list(rows) == [("off", *whole), ("on", *whole)]


def test_admins_are_led_to_a_second_factor_as_soon_as_the_studio_asks_for_it(client, ada, dee):
    second_factor.ask(is_asked=True, by=ada, now=NOW)
    for person, led in ((ada, True), (dee, False)):
        client.force_login(person)
        answer = client.get("/desk/")
        assert (answer.headers.get("Location") == reverse("mfa_activate_totp")) is led
    second_factor.ask(is_asked=False, by=ada, now=NOW)
    client.force_login(ada)
    assert client.get("/desk/").status_code == 200


def test_a_public_page_asks_nobody_for_a_second_factor(client, ada):
    Door.objects.create(pk=1, second_factor=True)
    client.force_login(ada)
    assert (client.get("/therapists/").status_code, client.get("/studio/").status_code) == (200, 302)


def test_a_house_has_one_door():
    with refused("door_is_one_row"):
        Door.objects.create(pk=2)
    Door.objects.create(pk=1)


def test_only_known_things_are_done_about_staff(ada):
    with refused("staff_event_verb_known"):
        StaffEvent.objects.create(at=NOW, actor=ada, verb="promoted")
    staff.record("invited", person=ada, by=ada, now=NOW)


def test_a_refusal_leaves_the_transaction_around_it_as_it_was(ada):
    with transaction.atomic():
        with pytest.raises(staff.Refused):
            change(ada, ada)
        assert ada.has_role(roles.STUDIO_ADMIN)


def test_the_last_owner_stays_one_also_in_the_rare_jobs(client):
    boss = owner()
    client.force_login(boss)
    page, words = reverse("admin:accounts_user_change", args=[boss.pk]), {"email": boss.email, "name": "Olive"}
    assert "Nobody else is an owner." in client.post(page, words).text
    owner(email="other@mail.example")
    assert client.post(page, words).status_code == 302
    assert not User.objects.get(pk=boss.pk).is_superuser
