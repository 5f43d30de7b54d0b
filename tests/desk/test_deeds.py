"""Cancelling at the desk, taking that back, and another length in one tap."""

import pytest
from django.urls import reverse

from bookings.models import Booking, Message
from tests import factories as make
from tests.desk.people import robins
from tests.factories import NOW, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]


def path(name, booking) -> str:
    return reverse(f"desk_{name}", args=[booking.pk])


def post(client, name, booking, **words):
    return client.post(path(name, booking), {"version": booking.version} | words)


def fresh(booking) -> Booking:
    return Booking.objects.get(pk=booking.pk)


def test_a_cancellation_is_kept_with_its_cause_and_reason(client, cast, dee):
    booking = robins(cast)
    assert post(client, "cancel", booking, cause="illness", reason="Ana has a fever").status_code == 303
    event = booking.events.get()
    assert (fresh(booking).status, event.cause, event.reason, event.actor) == (
        "cancelled", "illness", "Ana has a fever", dee,
    )  # fmt: skip


@pytest.mark.parametrize("words", [{}, {"cause": "weather"}, {"cause": "client", "reason": "x" * 201}, {"version": ""}])
def test_a_cancellation_without_its_cause_is_asked_for_it(client, cast, words):
    booking = robins(cast)
    answer = post(client, "cancel", booking, **words)
    assert (answer.status_code, fresh(booking).status, "<title>Error:" in answer.text) == (422, "booked", True)


def test_a_stale_cancellation_keeps_what_was_typed(client, cast):
    booking = robins(cast)
    client.post(path("step", booking), {"to": "arrived", "version": 1})
    answer = post(client, "cancel", booking, cause="client", reason="A cold")
    assert (answer.status_code, fresh(booking).status) == (409, "arrived")
    assert ('value="A cold"' in answer.text, "Dee Moss noted that the client is here." in answer.text) == (True, True)


def test_what_is_done_is_not_cancelled(client, cast):
    answer = post(client, "cancel", robins(cast, status="done", start=at(10)), cause="client")
    assert (answer.status_code, "The booking is done." in answer.text) == (409, True)


def test_a_cancellation_is_taken_back_with_one_button_while_the_time_is_free(client, cast):
    booking = robins(cast)
    page = client.post(path("cancel", booking), {"version": 1, "cause": "client"}, follow=True).text
    assert f'action="{path("restore", booking)}?version=2"' in page
    assert client.post(f"{path('restore', booking)}?version=2").status_code == 303
    assert fresh(booking).status == "booked"


def test_a_cancellation_stays_when_somebody_has_the_time(client, cast):
    booking = robins(cast, status="cancelled")
    robins(cast, room=cast.bar_room, client=make.client())
    answer = post(client, "restore", booking)
    assert (answer.status_code, fresh(booking).status) == (409, "cancelled")
    assert "That time is taken" in answer.text


@pytest.mark.parametrize("name", ["cancel", "restore"])
def test_the_pages_say_what_they_are_about(client, cast, name):
    page = client.get(path(name, robins(cast))).text
    assert "Back on the mat, 30 minutes with Ana, Monday 23 November 2026, 14:00 to 14:30" in page


def test_the_card_offers_the_lengths_that_are_free_now(client, cast):
    make.length(treatment=cast.back, minutes=25, price="39.00")
    booking = robins(cast, length=cast.back20)
    assert [one.minutes for one in client.get(path("booking", booking)).context["lengths"]] == [30, 25]
    make.booking(therapist=cast.ana, length=cast.back20, room=cast.bar_room, start=at(14, 35))
    assert [one.minutes for one in client.get(path("booking", booking)).context["lengths"]] == [25]


def test_another_length_in_one_tap_and_back(client, cast):
    booking = robins(cast)
    make.message(booking=booking, key=f"booking/{booking.pk}/confirmation/mail/1", state="sent", sent_at=NOW)
    page = client.post(path("length", booking), {"length": cast.back20.pk, "version": 1}, follow=True).text
    assert (fresh(booking).minutes, Message.objects.filter(kind="moved").count()) == (20, 0)
    assert f'action="{path("undo", booking)}?version=2"' in page
    client.post(path("undo", booking), {"version": 2})
    assert fresh(booking).minutes == 30


def test_a_length_that_does_not_fit_is_refused(client, cast):
    booking = robins(cast, length=cast.back20)
    make.booking(therapist=cast.ana, length=cast.back20, room=cast.bar_room, start=at(14, 30))
    answer = post(client, "length", booking, length=cast.back30.pk)
    assert (answer.status_code, fresh(booking).minutes) == (409, 20)


def test_a_length_that_breaks_a_rule_asks_for_a_reason(client, cast):
    booking = robins(cast, length=cast.back20, start=at(17, 40))
    answer = post(client, "length", booking, length=cast.back30.pk)
    assert (answer.status_code, "write why" in answer.text) == (422, True)
    assert post(client, "length", booking, length=cast.back30.pk, reason="Ana stays").status_code == 303


@pytest.mark.parametrize("number", ["", "0", "x", "999999999999999999999"])
def test_a_length_that_is_none_changes_nothing(client, cast, number):
    booking = robins(cast)
    assert post(client, "length", booking, length=number).status_code == 422
    assert fresh(booking).version == 1


@pytest.mark.parametrize("name", ["cancel", "restore"])
@pytest.mark.parametrize("others", [0, 6])
def test_a_small_form_takes_as_many_queries_at_any_size(client, cast, name, others, django_assert_num_queries):
    booking = robins(cast)
    for number in range(others):
        make.booking(therapist=cast.mei, length=cast.back20, room=cast.bar_room, start=at(9 + number))
    with django_assert_num_queries(2 + 7):
        client.get(path(name, booking))


def test_a_note_stands_on_the_card_with_its_author(client, cast):
    booking = robins(cast)
    assert post(client, "note", booking, note="Brings a friend").status_code == 303
    page = " ".join(client.get(path("booking", booking)).text.split())
    assert 'Brings a friend<br><span class="small quiet">Dee Moss, Monday 23 November 2026, 12:00' in page


@pytest.mark.parametrize(("note", "words"), [("", "Write the note first"), ("x" * 1001, "Shorten the note")])
def test_a_note_without_words_is_asked_for_them(client, cast, note, words):
    booking = robins(cast)
    answer = post(client, "note", booking, note=note)
    assert (answer.status_code, words in answer.text, booking.notes.count()) == (422, True, 0)


@pytest.mark.parametrize(("screening", "outcome"), [("call_first", "clear"), ("missing", "adapt")])
def test_a_call_is_settled_with_a_note(client, cast, screening, outcome):
    booking = robins(cast, screening=screening)
    assert "Settle the call" in client.get(path("booking", booking)).text
    assert post(client, "settle", booking, note="Rang, all is well", outcome=outcome).status_code == 303
    assert (fresh(booking).screening, booking.notes.get().text) == (outcome, "Rang, all is well")


def test_what_asks_for_no_call_is_not_settled(client, cast):
    booking = robins(cast)
    assert "Settle the call" not in client.get(path("booking", booking)).text
    assert post(client, "settle", booking, note="Rang", outcome="clear").status_code == 409


@pytest.mark.parametrize(
    "words", [{}, {"note": "Rang"}, {"note": "Rang", "outcome": "note_needed"}, {"outcome": "clear"}]
)
def test_a_call_is_settled_with_an_outcome_that_settles(client, cast, words):
    booking = robins(cast, screening="call_first")
    assert post(client, "settle", booking, **words).status_code == 422
    assert fresh(booking).screening == "call_first"
