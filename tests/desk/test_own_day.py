"""A therapist's own day: her sessions, what suits each client, three buttons, and nothing of anybody else's."""

import pytest
from django.urls import reverse

from accounts import roles
from accounts.models import User
from bookings.models import Note
from tests import factories as make
from tests.desk.people import robins
from tests.factories import NOW, at
from tests.studio_clock import set_clock
from therapists.models import Therapist

pytestmark = pytest.mark.django_db
MINE = "/desk/mine/"


@pytest.fixture
def ana(client, cast) -> User:
    """Ana is signed in."""
    person = make.user(role=roles.THERAPIST, name="Ana Silva")
    Therapist.objects.filter(pk=cast.ana.pk).update(user=person)
    client.force_login(person)
    return person


def page(client, path=MINE) -> str:
    return " ".join(client.get(path).text.split())


def press(client, booking, to, version=None):
    sent = {"to": to, "version": version or booking.version}
    return client.post(f"{MINE}{booking.pk}/step/", sent)


def test_her_sessions_stand_with_what_suits_each_client(client, ana, cast):
    robin = make.client(name="Robin Hale", pressure=4, oil_free=True, avoid_areas=["neck"])
    booking = robins(cast, client=robin, note="Bad sleep.")
    (
        Note.objects.create(client=robin, at=NOW, text="Rings from work."),
        Note.objects.create(booking=booking, at=NOW, text="Comes early."),
    )
    html = page(client)
    for words in ("14:00 to 14:30", "Robin Hale", "No oil", "Leave out: neck", "Rings from work.", "Comes early."):
        assert words in html


def test_nothing_of_another_therapist_is_there(client, ana, cast):
    robins(cast, therapist=cast.mei, client=make.client(name="Kimberley Ryder"))
    html = page(client)
    assert "Kimberley" not in html
    assert "0 sessions" in html


def test_no_way_to_reach_a_client_stands_there(client, ana, cast):
    robins(cast)
    html = page(client)
    assert "+447700900123" not in html and "@mail.example" not in html


def test_arrived_started_done_by_one_press_each(client, ana, cast):
    booking = robins(cast)
    set_clock(at(14))
    for to, state in (("arrived", "arrived"), ("started", "in_session"), ("done", "done")):
        answer = press(client, booking, to)
        booking.refresh_from_db()
        assert (answer.status_code, booking.status) == (303, state)
    assert set(booking.events.values_list("actor", flat=True)) == {ana.pk}


def test_another_therapists_session_looks_like_one_that_does_not_exist(client, ana, cast):
    booking = robins(cast, therapist=cast.mei)
    assert press(client, booking, "arrived").status_code == 404
    booking.refresh_from_db()
    assert booking.status == "booked"


def test_a_page_that_is_not_new_any_more_changes_nothing(client, ana, cast):
    booking = robins(cast)
    type(booking).objects.filter(pk=booking.pk).update(version=5)
    answer = press(client, booking, "arrived", version=1)
    assert (answer.status_code, "Somebody changed this booking meanwhile" in answer.text) == (409, True)


@pytest.mark.parametrize("sent", [{}, {"to": "cancelled", "version": "1"}, {"to": "arrived", "version": "x"}])
def test_what_no_button_sends_changes_nothing(client, ana, cast, sent):
    booking = robins(cast)
    assert client.post(f"{MINE}{booking.pk}/step/", sent).status_code == 422


def test_other_days_are_a_link_away(client, ana, cast):
    robins(cast, start=at(10, days=1))
    html = page(client, f"{MINE}?day=2026-11-24")
    assert "1 session<" in html
    assert 'href="?day=2026-11-25"' in html


@pytest.mark.parametrize("day", ["soon", "0001-01-01", "9999-12-31", "\x00"])
def test_a_day_that_is_none_is_today(client, ana, cast, day):
    assert client.get(MINE, {"day": day}).context["day"] == NOW.date()


def test_a_cancelled_session_is_not_hers_any_more(client, ana, cast):
    robins(cast, status="cancelled")
    assert "0 sessions" in page(client)


def test_a_therapist_lands_on_her_day(client, ana, cast):
    assert client.get(reverse("landing")).url == MINE


@pytest.mark.parametrize("sessions", [1, 9])
def test_her_day_takes_as_many_queries_however_full_it_is(client, ana, cast, sessions, django_assert_num_queries):
    for number in range(sessions):
        robins(cast, start=at(9 + number))
    with django_assert_num_queries(2 + 6):
        client.get(MINE)
