"""A therapist cannot come: her whole day is looked after in one pass."""

import pytest

from bookings.models import Booking, Message
from tests import factories as make
from tests.desk.people import robins
from tests.factories import NOW, at
from therapists.models import TimeOff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]
PATH = "/desk/therapists/ana/ill/"


def ill(client, **choices):
    return client.post(PATH, {"day": "2026-11-23"} | choices)


def choose(booking, choice) -> dict:
    return {f"do-{booking.pk}": choice, f"version-{booking.pk}": booking.version}


def test_each_session_names_who_else_could_take_it_those_who_asked_for_her_first(client, cast, day):
    Booking.objects.filter(pk=day[1].pk).update(asked_for_therapist=True)
    make.booking(therapist=cast.mei, length=cast.back30, room=cast.bar_room, start=at(14))
    rows = client.get(PATH).context["rows"]
    assert [(row["booking"], row["others"]) for row in rows] == [(day[1], (cast.mei,)), (day[0], ())]


def test_one_pass_gives_away_notes_and_takes_her_out_of_the_day(client, cast, day):
    choices = choose(day[0], cast.mei.pk) | choose(day[1], "contacted") | {"off": "on"}
    assert ill(client, **choices).status_code == 303
    first = Booking.objects.get(pk=day[0].pk)
    assert (first.therapist, first.during.lower) == (cast.mei, at(14))
    assert [(one.verb, one.reason) for one in day[1].events.all()] == [("contacted", "Ana is ill")]
    assert (TimeOff.objects.get().kind, TimeOff.objects.get().during.lower) == ("illness", NOW)


def test_pressing_twice_takes_her_out_once(client, day):
    assert [ill(client, off="on").status_code for _ in range(2)] == [303, 303]
    assert TimeOff.objects.count() == 1


def test_one_that_fails_keeps_none_from_the_rest(client, cast, day):
    make.booking(therapist=cast.mei, length=cast.back30, room=cast.bar_room, start=at(14))
    answer = ill(client, **choose(day[0], cast.mei.pk), **choose(day[1], cast.mei.pk))
    assert (answer.status_code, [one.booking for one in answer.context["refused"]]) == (409, [day[0]])
    assert Booking.objects.get(pk=day[1].pk).therapist == cast.mei
    assert [(one.booking, one.words) for one in answer.context["done"]] == [
        (day[1], "with Mei now. The client is told now.")
    ]
    assert "Robin Hale: That time is taken. Something else stands there by now, or" in answer.text


def test_a_session_that_nobody_takes_is_cancelled_and_its_client_told(client, day):
    page = client.post(PATH, choose(day[0], "cancel"), follow=True).text
    assert "Robin Hale: cancelled. The client is told now." in page
    assert [(one.verb, one.cause, one.reason) for one in day[0].events.all()] == [
        ("cancelled", "illness", "Ana is ill")
    ]


def test_who_was_contacted_says_by_whom_and_when(client, day):
    ill(client, **choose(day[0], "contacted"))
    page = client.get(PATH).text
    assert "contacted 12:00, Dee Moss" in page
    assert ill(client, **choose(day[0], "contacted")).status_code == 409


def test_who_is_asked_for_another_time_stays_in_the_list_and_waits(client, day):
    assert ill(client, **choose(day[0], "ask")).status_code == 303
    page = client.get(PATH)
    assert [(row["booking"], row["asked"]) for row in page.context["rows"]] == [
        (day[0], "Asked on Monday 23 November 2026, 12:00, no answer yet"),
        (day[1], ""),
    ]
    assert (page.text.count('value="ask"'), "Asked on Monday 23 November 2026, 12:00, no answer yet" in page.text) == (
        1,
        True,
    )


def test_a_question_that_did_not_leave_is_told_on_the_phone(client, day):
    ill(client, **choose(day[0], "ask"))
    Message.objects.filter(kind="other_time").update(state="failed", failed_at=NOW)
    assert client.get(PATH).context["rows"][0]["asked"] == "The question for another time did not leave: ring"


@pytest.mark.parametrize("choices", [{}, {"do-1": "x"}])
def test_nothing_chosen_is_asked_for(client, day, choices):
    assert ill(client, **choices).status_code == 422


def test_a_stale_list_gives_nothing_away(client, cast, day):
    client.post(f"/desk/bookings/{day[0].pk}/step/", {"to": "arrived", "version": 1})
    assert ill(client, **choose(day[0], cast.mei.pk)).status_code == 409
    assert Booking.objects.get(pk=day[0].pk).therapist == cast.ana


def test_nobody_has_no_day(client, cast):
    assert client.get("/desk/therapists/nobody/ill/").status_code == 404


@pytest.mark.parametrize("others", [1, 3])
def test_a_whole_day_takes_as_many_queries_however_long(client, cast, others, django_assert_num_queries):
    for number in range(others):
        robins(cast, start=at(13 + number), client=make.client())
    client.get(PATH)
    with django_assert_num_queries(2 + 12):
        client.get(PATH)
