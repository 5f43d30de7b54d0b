"""/my/wishes/: what suits her in every session, said from her list while none is booked."""

import re

import pytest

from accounts.models import User
from bookings.models import Booking
from clients.models import Client
from clients.preferences import Preferences
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
WISHES = "/my/wishes/"
SAID = {"pressure": "4", "focus": ["hips", "neck"], "avoid": ["calves"], "oil_free": "on"}
HERS = Preferences(4, True, ("hips", "neck"), ("calves",))
NONE = Preferences(None, False)


@pytest.fixture
def robin(client) -> Client:
    """Robin, signed in, who came two weeks ago and has no session ahead."""
    set_clock(NOW)
    user = make.user(email="robin@mail.example")
    robin = make.client(name="Robin Hale", email=user.email, user=user)
    make.booking(start=at(9, days=-14), status="done", client=robin)
    client.force_login(user)
    return robin


def likes(robin: Client) -> Preferences:
    return Preferences.of(Client.objects.get(pk=robin.pk))


def test_what_she_says_stands_with_her_record_and_in_her_list(client, robin):
    answer = client.post(WISHES, SAID)
    assert (answer.status_code, answer.url, likes(robin)) == (303, "/my/?done=wishes", HERS)
    page = client.get(answer.url).text
    assert all(words in page for words in ("Saved.", "Pressure: firm", "Leave out: calves", "No oil"))


def test_what_stands_with_her_record_is_ticked(client, robin):
    client.post(WISHES, SAID)
    assert re.findall(r'value="(\w+)" checked', client.get(WISHES).text) == ["4", "neck", "hips", "calves"]


def test_nothing_ticked_is_an_answer_too(client, robin):
    client.post(WISHES, SAID)
    assert (client.post(WISHES, {}).status_code, likes(robin)) == (303, NONE)


def test_opening_the_page_changes_nothing(client, robin):
    client.post(WISHES, SAID)
    assert [client.get(WISHES, {"pressure": "1"}).status_code, client.head(WISHES).status_code] == [200, 200]
    assert likes(robin) == HERS


def test_something_to_take_care_of_is_not_hers_to_say(client, robin):
    Client.objects.filter(pk=robin.pk).update(caution=True)
    client.post(WISHES, SAID | {"caution": ""})
    assert likes(robin) == Preferences(4, True, ("hips", "neck"), ("calves",), caution=True)


def test_a_session_ahead_follows_what_she_says_last(client, robin):
    ahead = make.booking(start=at(14, 20, days=4), client=robin)
    Booking.objects.update(pressure=1, wishes_said_at=NOW)
    client.post(WISHES, SAID)
    ahead.refresh_from_db()
    assert (ahead.preferences, ahead.version) == (HERS, 2)
    assert Booking.objects.get(status="done").pressure == 1


@pytest.mark.parametrize(
    ("wrong", "target"),
    [
        ({"focus": ["hips"], "avoid": ["hips"]}, "#areas"),
        ({"pressure": "6"}, "#id_pressure_0"),
        ({"focus": ["wings"]}, "#areas"),
    ],
)
def test_nonsense_is_refused_with_a_summary_and_what_was_ticked_stays(client, robin, wrong, target):
    answer = client.post(WISHES, SAID | wrong)
    assert (answer.status_code, likes(robin)) == (422, NONE)
    assert "<title>Error:" in answer.text and f'href="{target}"' in answer.text
    assert 'name="oil_free" checked' in answer.text


def test_only_her_own_record_is_changed(client, robin):
    other = make.client(name="Sam Roe")
    client.post(WISHES, SAID | {"client": other.pk, "pk": other.pk})
    assert (likes(other), likes(robin)) == (NONE, HERS)


def test_who_is_not_signed_in_is_led_to_the_door_and_staff_find_nothing(client, robin):
    client.logout()
    assert client.post(WISHES, SAID).url == "/my/sign-in/"
    client.force_login(make.user(email="desk@mail.example", role="front desk"))
    assert (client.post(WISHES, SAID).status_code, likes(robin)) == (404, NONE)
    assert User.objects.count() == 2
