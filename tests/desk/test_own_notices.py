"""A therapist switches on and off what she is told by mail."""

import pytest

from accounts import roles
from bookings import staff_notices
from tests import factories as make
from therapists.models import Therapist

pytestmark = pytest.mark.django_db
PAGE = "/desk/mine/mails/"
ON = {"hears_new": "on", "hears_moved": "on", "hears_cancelled": "on", "hears_morning": "on"}


@pytest.fixture
def ana(client, cast) -> Therapist:
    """Ana is signed in."""
    person = make.user(role=roles.THERAPIST, email="ana@stoneandstep.example")
    Therapist.objects.filter(pk=cast.ana.pk).update(user=person)
    client.force_login(person)
    return cast.ana


def switches(therapist: Therapist) -> dict[str, bool]:
    return Therapist.objects.filter(pk=therapist.pk).values(*staff_notices.SWITCHES.values()).get()


def test_the_page_says_where_the_mails_go_and_that_all_are_on(client, ana):
    html = client.get(PAGE).text
    assert (html.count(" checked"), "ana@stoneandstep.example" in html) == (4, True)


@pytest.mark.parametrize("field", ON)
def test_each_is_switched_off_by_itself_and_on_again(client, ana, field):
    kept = {name: word for name, word in ON.items() if name != field}
    assert client.post(PAGE, kept | {"do": "save"}).headers["Location"] == f"{PAGE}?done=saved"
    assert switches(ana) == {name: name != field for name in ON}
    client.post(PAGE, ON | {"do": "save"})
    assert switches(ana) == dict.fromkeys(ON, True)


def test_what_was_cut_off_on_its_way_switches_nothing_off(client, ana):
    answer = client.post(PAGE, {})
    assert (answer.status_code, switches(ana)) == (422, dict.fromkeys(ON, True))
    assert "Nothing was changed" in answer.text


def test_another_therapist_keeps_hers(client, ana, cast):
    client.post(PAGE, {"do": "save"})
    assert (switches(ana), switches(cast.mei)) == (dict.fromkeys(ON, False), dict.fromkeys(ON, True))


def test_her_own_pages_lead_to_one_another(client, ana):
    for page in ("/desk/mine/", PAGE, "/calendar/"):
        html = client.get(page).text
        assert [f'href="{link}"' in html for link in ("/desk/mine/", "/calendar/", PAGE)] == [True, True, True]


def test_the_page_takes_as_many_queries_however_many_therapists_there_are(client, ana, django_assert_num_queries):
    for _number in range(9):
        make.therapist()
    with django_assert_num_queries(2 + 4):  # session and user; her groups, herself, her address, the house
        client.get(PAGE)
