"""The link of an invitation: hers alone, once, in time; withdrawn, sent again or switched off it opens nothing."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError

from accounts import invitations, roles, staff
from accounts.models import Invitation, StaffEvent, User
from spa import clock
from tests.factories import PASSWORD, user

pytestmark = pytest.mark.django_db
MEI = {"email": "mei@mail.example", "name": "Mei Lin", "roles": [roles.FRONT_DESK]}
STRONG = "slow-steady-steps"


@pytest.fixture
def ada() -> User:
    return user(role=roles.STUDIO_ADMIN, name="Ada")


def invite(by, now=None, **words) -> Invitation:
    with staff.deciding(by):
        return invitations.invite(**MEI | words, by=by, now=now or clock.now())


def token_of(invitation) -> str:
    return invitations.make_path(invitation).split("/")[-2]


def test_she_sets_her_password_once_and_signs_in(client, ada):
    path = invitations.make_path(invite(ada))
    page = client.get(path)
    assert ("Welcome, Mei." in page.text, "mei@mail.example" in page.text) == (True, False)
    assert client.post(path, {"password": STRONG}).url == "/accounts/login/"
    assert (client.get(path).status_code, client.post(path, {"password": STRONG}).status_code) == (404, 404)
    assert client.post("/accounts/login/", {"login": "mei@mail.example", "password": STRONG}).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_looking_at_the_link_changes_nothing(client, ada):
    path = invitations.make_path(invite(ada))
    for _time in range(3):
        assert client.get(path).status_code == 200
    assert (Invitation.objects.count(), User.objects.get(email=MEI["email"]).is_active) == (1, False)


def test_before_that_nothing_lets_her_in(client, ada):
    person = invite(ada).user
    client.force_login(person)
    assert client.get("/desk/").status_code == 302
    assert list(staff.keepers()) == [ada]


@pytest.mark.parametrize("password", ["", "short", "mei@mail.example", "password"])
def test_a_weak_password_is_refused(client, ada, password):
    path = invitations.make_path(invite(ada))
    assert client.post(path, {"password": password}).status_code == 422
    assert Invitation.objects.count() == 1


def test_the_link_ends_after_seven_days(ada):
    asked = invite(ada)
    tick = timedelta(microseconds=1)
    assert invitations.read(token_of(asked), asked.until - tick) == asked
    assert invitations.read(token_of(asked), asked.until) is None
    assert asked.until - asked.sent_at == timedelta(days=7)


def test_sent_again_the_former_link_ends(client, ada):
    asked = invite(ada)
    former, later = invitations.make_path(asked), asked.until + timedelta(days=1)
    with staff.deciding(ada):
        again = invitations.again(person=asked.user, by=ada, now=later)
    assert client.get(former).status_code == 404
    assert (again.version, invitations.read(token_of(again), later)) == (2, again)


def test_withdrawn_it_opens_nothing_and_the_address_is_free(client, ada):
    asked = invite(ada)
    with staff.deciding(ada):
        invitations.withdraw(person=asked.user, by=ada, now=clock.now())
    assert client.get(invitations.make_path(asked)).status_code == 404
    assert list(StaffEvent.objects.values_list("verb", "person", "email")) == [("withdrawn", None, MEI["email"])]
    assert invite(ada).user.email == MEI["email"]


def test_switched_off_before_she_came_the_link_is_dead_for_good(client, ada):
    asked = invite(ada)
    staff.switch_off(person=asked.user, by=ada, now=clock.now())
    assert client.get(invitations.make_path(asked)).status_code == 404
    with pytest.raises(invitations.Gone):
        invitations.accept(token=token_of(asked), password=STRONG, now=clock.now())
    with pytest.raises(staff.Refused), staff.deciding(ada):
        invitations.again(person=asked.user, by=ada, now=clock.now())


@pytest.mark.parametrize("value", ["nothing", "a:b:c", "é" * 9, "x" * 3000])
def test_a_forged_link_opens_nothing(client, value):
    assert client.get(f"/accounts/invitation/{value}/").status_code == 404


def test_a_link_made_for_something_else_opens_nothing(client, ada):
    asked = invite(ada)
    other = signing.dumps([asked.user_id, asked.version], salt="accounts.setup")
    assert client.get(f"/accounts/invitation/{other}/").status_code == 404


def test_an_address_that_works_here_or_books_here_is_said_to_be_taken(ada):
    dee = user(role=roles.FRONT_DESK, email="dee@mail.example")
    user(email="robin@mail.example")
    for address, who in (("Dee@mail.example", dee), ("robin@mail.example", None)):
        with pytest.raises(invitations.Taken) as said:
            invite(ada, email=address)
        assert (said.value.field, said.value.person) == ("email", who)
    assert Invitation.objects.count() == 0


def test_somebody_is_invited_once(ada):
    asked = invite(ada)
    with pytest.raises(IntegrityError):
        Invitation.objects.create(user=asked.user, sent_at=asked.sent_at, until=asked.until)


def test_whoever_has_a_password_has_no_invitation_to_send_again(ada):
    dee = user(role=roles.FRONT_DESK)
    for act in (invitations.again, invitations.withdraw):
        with pytest.raises(staff.Refused), staff.deciding(ada):
            act(person=dee, by=ada, now=clock.now())
    assert dee.check_password(PASSWORD)
