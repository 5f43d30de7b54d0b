"""/studio/staff/: the list, inviting, roles, the therapist somebody is, the second factor; each with who did it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import roles
from accounts.models import Door, Invitation, StaffEvent, User
from bookings.models import Message
from bookings.outbox import delivery
from spa import clock
from tests import factories as make
from tests.malformed import NASTY
from therapists.models import Therapist

pytestmark = pytest.mark.django_db
LIST, INVITE = "/studio/staff/", "/studio/staff/invite/"
TYPED = {"email": "mei@mail.example", "name": "Mei Lin", "roles": [roles.FRONT_DESK], "therapist": ""}


def invited(client, **typed) -> User:
    """Somebody was just invited."""
    assert client.post(INVITE, TYPED | typed).status_code == 303
    return User.objects.get(email=(TYPED | typed)["email"])


def send(client, person, status, **typed) -> str:
    """Save her page as it is opened, but for what is typed."""
    path = f"{LIST}{person.pk}/"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]
    own = Therapist.objects.filter(user=person).values_list("pk", flat=True).first()
    held = list(person.groups.values_list("name", flat=True))
    answer = client.post(path, {"seen": seen, "name": person.name, "roles": held, "therapist": own or ""} | typed)
    assert answer.status_code == status
    return answer.text


def press(client, person, do) -> int:
    return client.post(f"{LIST}{person.pk}/step/", {"do": do}).status_code


def link_in(message) -> str:
    return re.search(r"http://localhost:8000(/accounts/invitation/\S+)", message.text)[1]


def test_an_invitation_leaves_by_mail_and_its_words_are_deleted(client, ada, cast, mailoutbox):
    person = invited(client, roles=[roles.THERAPIST], therapist=cast.mei.pk)
    message = Message.objects.get()
    assert (message.recipient, message.kind, message.is_secret) == (person.email, "invitation", True)
    assert "Ada asks you to work with the pages of Stone & Step" in message.text.replace("\n", " ")
    path = link_in(message)
    assert delivery.deliver_due(clock.now()) == {"sent": 1}
    assert (path in mailoutbox[0].body, Message.objects.get().text) == (True, "")
    client.logout()
    assert client.get(path).status_code == 200
    assert Therapist.objects.get(user=person) == cast.mei


def test_sent_again_the_former_mail_and_link_end(client, ada, cast):
    person = invited(client)
    former = link_in(Message.objects.get())
    assert press(client, person, "again") == 303
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "queued"]
    assert (client.get(former).status_code, client.get(link_in(Message.objects.last())).status_code) == (404, 200)


def test_withdrawn_she_is_gone_with_her_mail_and_the_therapist_is_free(client, ada, cast):
    person = invited(client, roles=[roles.THERAPIST], therapist=cast.mei.pk)
    assert press(client, person, "withdraw") == 303
    assert not User.objects.filter(email="mei@mail.example").exists()
    assert Message.objects.values_list("state", "text").get() == ("withdrawn", "")
    assert Therapist.objects.get(pk=cast.mei.pk).user is None
    assert "mei@mail.example, invitation withdrawn" in client.get(LIST).text


def test_an_address_that_exists_already_says_so(client, ada, cast):
    dee = make.user(role=roles.FRONT_DESK, email="dee@mail.example", name="Dee")
    answer = client.post(INVITE, TYPED | {"email": "DEE@mail.example"})
    assert (answer.status_code, f"{LIST}{dee.pk}/" in answer.text) == (422, True)
    assert answer.text.count("Somebody who works here has this address") == 2
    make.user(email="robin@mail.example")
    answer = client.post(INVITE, TYPED | {"email": "robin@mail.example"})
    assert answer.text.count("A client signs in with this address: use another one") == 2
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"email": ""}, "Write her e-mail address, like name@example.com."),
        ({"email": "a@mail.example, b@mail.example"}, "Write one e-mail address, like name@example.com."),
        ({"email": "mei"}, "Write one e-mail address, like name@example.com."),
        ({"name": ""}, "Write her name."),
        ({"name": "x" * 81}, "Shorten the name to 80 letters or fewer."),
        ({"roles": []}, "Choose at least one. To let her in no more, switch her off instead."),
        ({"roles": ["owner"]}, "Choose from the list."),
        ({"roles": [roles.THERAPIST]}, "Choose which therapist she is, or take the role of therapist away."),
        ({"therapist": "0"}, "Choose from the list."),
    ],
)
def test_an_invitation_that_cannot_be_is_told_at_the_field(client, ada, cast, typed, words):
    answer = client.post(INVITE, TYPED | typed)
    assert (answer.status_code, answer.text.count(words)) == (422, 2)
    assert (Invitation.objects.count(), Message.objects.count()) == (0, 0)


def test_roles_and_therapist_change_at_once_and_stand_with_their_author(client, ada, cast):
    dee = make.user(role=roles.FRONT_DESK, name="Dee")
    send(client, dee, 303, roles=[roles.FRONT_DESK, roles.THERAPIST], therapist=cast.ana.pk)
    html = client.get(f"{LIST}{dee.pk}/").text
    assert "changed: Dee, front desk, therapist, signs in as Ana" in html and ", Ada<br>" in html
    client.force_login(dee)
    assert client.get("/desk/mine/").status_code == 200
    client.force_login(ada)
    send(client, dee, 303, roles=[roles.FRONT_DESK], therapist="")
    client.force_login(dee)
    assert client.get("/desk/mine/").status_code == 404


def test_a_therapist_has_one_sign_in(client, ada, cast):
    Therapist.objects.filter(pk=cast.ana.pk).update(user=make.user(role=roles.THERAPIST))
    assert ">Ana</option>" not in client.get(INVITE).text
    answer = client.post(INVITE, TYPED | {"roles": [roles.THERAPIST], "therapist": cast.ana.pk})
    assert answer.text.count("Choose from the list.") == 2


def test_the_last_admin_is_refused_at_the_field_and_at_the_button(client, ada, cast):
    html = send(client, ada, 422, roles=[roles.FRONT_DESK])
    assert html.count("Nobody else keeps the studio. Make somebody else a studio admin first") == 2
    answer = client.post(f"{LIST}{ada.pk}/step/", {"do": "off"})
    assert (answer.status_code, "then switch this one off" in answer.text) == (409, True)
    assert (ada.has_role(roles.STUDIO_ADMIN), StaffEvent.objects.count()) == (True, 0)


def test_nobody_saves_over_what_she_has_not_seen(client, ada, cast):
    dee = make.user(role=roles.FRONT_DESK, name="Dee")
    html = client.get(f"{LIST}{dee.pk}/").text
    seen = re.search(r'name="seen" value="(\w+)"', html)[1]
    send(client, dee, 303, name="Dee Dee")
    late = {"seen": seen, "name": "D", "roles": [roles.FRONT_DESK], "therapist": ""}
    answer = client.post(f"{LIST}{dee.pk}/", late)
    assert (answer.status_code, "Somebody else saved this page meanwhile" in answer.text) == (409, True)
    assert User.objects.get(pk=dee.pk).name == "Dee Dee"


def test_an_admin_looks_at_an_owner_and_changes_nothing(client, ada, cast):
    boss = make.owner()
    html = client.get(f"{LIST}{boss.pk}/").text
    assert "only an owner changes what stands here" in html and "/step/" not in html
    assert (press(client, boss, "off"), client.post(f"{LIST}{boss.pk}/", {"name": "x"}).status_code) == (409, 409)
    assert User.objects.get(pk=boss.pk).is_active


def test_a_client_is_nobody_here(client, ada, cast):
    robin = make.user(email="robin@mail.example")
    assert (client.get(f"{LIST}{robin.pk}/").status_code, press(client, robin, "off")) == (404, 404)
    assert "robin@mail.example" not in client.get(LIST).text


def test_the_second_factor_is_asked_for_by_a_press(client, ada, cast):
    assert client.post(f"{LIST}second-factor/", {"do": "ask"}).status_code == 303
    assert (Door.objects.get().second_factor, client.get(LIST).url) == (True, "/accounts/2fa/app/activate/")
    assert StaffEvent.objects.values_list("verb", "actor").get() == ("asked", ada.pk)


def test_switched_off_and_on_again(client, ada, cast):
    dee = make.user(role=roles.FRONT_DESK, name="Dee")
    assert (press(client, dee, "off"), "switched off" in client.get(LIST).text) == (303, True)
    assert (press(client, dee, "on"), press(client, dee, "sideways")) == (303, 404)
    assert User.objects.get(pk=dee.pk).is_active


def test_anything_typed_is_answered(client, ada, cast):
    dee = make.user(role=roles.FRONT_DESK, name="Dee")
    for path in (INVITE, f"{LIST}{dee.pk}/"):
        for value in NASTY:
            body = "&".join(f"{name}={value}" for name in ("seen", "email", "name", "roles", "therapist")).encode()
            answer = client.generic("POST", path, body, "application/x-www-form-urlencoded")
            assert answer.status_code in (400, 409, 422)
    assert (Invitation.objects.count(), StaffEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize("tail", ["", "invite/", "{pk}/"])
def test_a_page_takes_the_same_statements_at_any_size(client, ada, cast, tail):
    dee, counts = make.user(role=roles.FRONT_DESK), []
    for size in (0, 9):
        for number in range(size):
            invited(client, email=f"n{number}@mail.example")
            make.therapist()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST + tail.format(pk=dee.pk)).status_code == 200
        counts.append(len(queries))
    assert (counts[0] == counts[1], counts[0] <= 2 + 12) == (True, True)
