"""The card of a booking at the desk, and the steps of a session's life."""

import pytest
from django.urls import reverse

from bookings import actions
from bookings.availability import Wish
from bookings.models import Booking
from bookings.models.event import CLIENT, Actor, record
from tests import factories as make
from tests.desk.people import robins
from tests.factories import NOW, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]


def card(client, booking, **headers) -> str:
    return " ".join(client.get(reverse("desk_booking", args=[booking.pk]), headers=headers).text.split())


def step(client, booking, to, version=None):
    words = {"to": to, "version": version or booking.version}
    return client.post(reverse("desk_step", args=[booking.pk]), words)


def test_the_card_says_what_when_who_and_where(client, cast):
    page = card(client, robins(cast))
    assert "Monday 23 November 2026, 14:00 to 14:30" in page
    for words in ("Robin Hale", "Back on the mat, 30 minutes", "Ana", "Mat room"):
        assert words in page
    assert 'href="tel:+447700900123"' in page


def test_the_dialog_gets_the_card_alone(client, cast):
    page = card(client, robins(cast), **{"HX-Request": "true"})
    assert ("<main" in page, 'id="dialog-h">Robin Hale</h2>' in page) == (False, True)


def test_the_card_shows_what_the_client_likes_and_nothing_of_health(client, cast):
    likes = {"pressure": 4, "oil_free": True, "focus_areas": ["hips"], "avoid_areas": ["neck"]}
    booking = robins(cast, client=make.client(**likes), screening="adapt", asked_for_therapist=True)
    page = card(client, booking)
    for words in ("Pressure: firm", "No oil", "More on: hips", "Leave out: neck", "Asked for Ana", "Caution: the ther"):
        assert words in page


def test_the_card_says_who_did_what_when(client, cast, dee):
    booking = robins(cast)
    record(booking=booking, verb="booked", by=CLIENT, now=NOW)
    change = actions.Change(Actor("staff", dee.pk), NOW, reason="rang")
    wish = Wish(cast.place, cast.back30, cast.ana, NOW.date())
    actions.move(booking=booking, wish=wish, start=at(16), change=change)
    page = card(client, booking)
    assert "the client booked the session." in page
    assert "Dee Moss moved the session. It was Monday 23 November 2026, 14:00 to 14:30. “rang”" in page


def test_the_card_lists_the_messages_with_their_state(client, cast):
    booking = robins(cast)
    make.message(booking=booking, state="failed", failed_at=NOW, reason="The mail server answered 550.")
    page = card(client, booking)
    assert ("✕</span> failed" in page, "The mail server answered 550." in page) == (True, True)


@pytest.mark.parametrize(
    ("status", "hour", "buttons"),
    [
        ("booked", 14, ["arrived", "started"]),
        ("booked", 11, ["arrived", "started", "no-show"]),
        ("arrived", 14, ["started", "back"]),
        ("in_session", 12, ["done", "back"]),
        ("done", 11, ["back"]),
        ("cancelled", 14, []),
    ],
)
def test_the_card_offers_the_steps_that_make_sense_now(client, cast, status, hour, buttons):
    answer = client.get(reverse("desk_booking", args=[robins(cast, status=status, start=at(hour)).pk]))
    assert [one.to for one in answer.context["steps"]] == buttons


def test_a_session_of_another_day_has_no_steps_yet(client, cast):
    answer = client.get(reverse("desk_booking", args=[robins(cast, start=at(14, days=1)).pk]))
    assert answer.context["steps"] == []


@pytest.mark.parametrize(
    ("status", "to", "after"),
    [
        ("booked", "arrived", "arrived"),
        ("arrived", "started", "in_session"),
        ("in_session", "done", "done"),
        ("booked", "no-show", "no_show"),
        ("arrived", "back", "booked"),
        ("done", "back", "in_session"),
    ],
)
def test_a_step_is_taken_and_written_down(client, cast, dee, status, to, after):
    booking = robins(cast, status=status)
    assert step(client, booking, to).status_code == 303
    booking.refresh_from_db()
    assert (booking.status, booking.version, booking.events.get().actor) == (after, 2, dee)


def test_a_step_that_the_state_forbids_is_refused_in_words(client, cast):
    booking = robins(cast, status="cancelled")
    answer = step(client, booking, "arrived")
    assert (answer.status_code, "The booking is cancelled." in answer.text) == (409, True)


def test_a_stale_card_shows_what_changed_meanwhile(client, cast):
    booking = robins(cast)
    step(client, booking, "arrived")
    answer = step(client, booking, "no-show")
    booking.refresh_from_db()
    assert (answer.status_code, booking.status) == (409, "arrived")
    assert "Somebody changed this booking meanwhile" in answer.text
    assert "Dee Moss noted that the client is here." in answer.text


@pytest.mark.parametrize("words", [{}, {"to": "fly", "version": 1}, {"to": "arrived", "version": "x"}, {"to": "\x00"}])
def test_a_step_that_is_none_changes_nothing(client, cast, words):
    booking = robins(cast)
    answer = client.post(reverse("desk_step", args=[booking.pk]), words)
    assert (answer.status_code, Booking.objects.get().version) == (422, 1)


@pytest.mark.parametrize("pk", [0, 999999, 10**30])
def test_a_booking_that_is_not_there_is_a_missing_page(client, cast, pk):
    assert client.get(f"/desk/bookings/{pk}/").status_code == 404


def test_a_held_time_has_no_card(client, cast):
    held = make.held(therapist=cast.ana, length=cast.back30, room=cast.mat_room)
    assert client.get(reverse("desk_booking", args=[held.pk])).status_code == 404


@pytest.mark.parametrize("others", [1, 20])
def test_a_card_takes_as_many_queries_whatever_happened(client, cast, others, django_assert_num_queries):
    booking = robins(cast)
    for number in range(others):
        make.message(booking=booking, key=f"other/{number}")
        record(booking=booking, verb="confirmed", by=CLIENT, now=NOW)
    card(client, booking)
    with django_assert_num_queries(2 + 14):
        card(client, booking)
