"""The card and the list of an ill therapist say who is asked for another time, and take the question back."""

import pytest
from django.urls import reverse

from bookings.models import Booking, Message
from tests import factories as make
from tests.desk.people import robins
from tests.desk.test_ill import PATH, choose, ill
from tests.desk.test_telling import told
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]
WORDS = "Asked on Monday 23 November 2026, 12:00, no answer yet"


@pytest.fixture
def asked(client, cast) -> Booking:
    """Robin's session at 14:00 with Ana, who is ill; she has her confirmation."""
    booking = told(robins(cast))
    ill(client, **choose(booking, "ask"))
    return Booking.objects.get()


def sent() -> None:
    Message.objects.filter(kind="other_time").update(state="sent", sent_at=NOW)


def unask(client, booking, **words):
    address = reverse("desk_unask", args=[booking.pk])
    return client.post(address, {"version": booking.version} | words, follow=True)


def test_the_card_and_the_list_say_since_when_she_is_asked(client, asked):
    card = client.get(reverse("desk_booking", args=[asked.pk])).text
    page = client.get(PATH).text
    assert [WORDS in text for text in (card, page)] == [True, True]
    assert f'action="{reverse("desk_unask", args=[asked.pk])}"' in card
    assert '<p class="bk sign is-asked"><span class="state">no answer</span>' in card


def test_one_press_takes_it_back_and_says_that_nobody_hears_of_it(client, asked):
    page = unask(client, asked).text
    assert "The question to Robin Hale is taken back: the session stands." in page
    assert "The client had not read it: nothing is sent." in page
    card = client.get(reverse("desk_booking", args=[asked.pk])).text
    assert (WORDS in card, "Dee Moss took the question for another time back" in " ".join(card.split())) == (
        False,
        True,
    )


def test_whoever_has_read_it_is_told_in_three_minutes_unless_the_desk_says_otherwise(client, asked):
    sent()
    page = unask(client, asked).text
    tell = f"{reverse('desk_tell', args=[asked.pk])}?version=3"
    assert ("The client is told in 3 minutes." in page, f'formaction="{tell}"' in page) == (True, True)
    assert ">Undo<" not in page
    answer = client.post(tell, {"tell": "not"}, follow=True)
    assert ("Nobody is told." in answer.text, ">Undo<" in answer.text) == (True, False)
    assert Message.objects.get(kind="stands").state == "withdrawn"


def test_told_at_once_it_leaves_now(client, asked):
    sent()
    unask(client, asked)
    client.post(f"{reverse('desk_tell', args=[asked.pk])}?version=3", {"tell": "now"})
    assert Message.objects.get(kind="stands").due_at == NOW


def test_only_whoever_is_asked_has_the_question_taken_back_in_the_list(client, cast, asked):
    kim = told(robins(cast, start=at(15), client=make.client(name="Kim Bell", email="kim@mail.example")))
    page = client.get(PATH)
    assert [(row["booking"], row["may_ask"], row["may_unask"]) for row in page.context["rows"]] == [
        (asked, False, True),
        (kim, True, False),
    ]
    assert page.text.count('<option value="unask">Take the question back</option>') == 1
    assert page.text.count("<form") == client.get("/desk/therapists/mei/ill/").text.count("<form")


def test_in_the_list_it_is_taken_back_in_the_press_that_looks_after_the_others(client, cast, asked):
    kim = told(robins(cast, start=at(15), client=make.client(name="Kim Bell", email="kim@mail.example")))
    page = ill(client, **choose(asked, "unask"), **choose(kim, cast.mei.pk))
    assert (page.status_code, Booking.objects.get(pk=kim.pk).therapist) == (303, cast.mei)
    said = "Robin Hale: the question is taken back, the session stands. The client had not read it: nothing is sent."
    after = client.get(PATH)
    assert said in after.text
    assert [(row["booking"], row["asked"], row["may_ask"]) for row in after.context["rows"]] == [(asked, "", True)]
    assert [(one.verb, one.reason) for one in asked.events.order_by("pk")][1:] == [("question taken back", "")]


def test_from_the_list_whoever_has_read_it_is_told_at_once_as_all_others_are(client, asked):
    sent()
    ill(client, **choose(asked, "unask"))
    assert "the session stands. The client is told now." in client.get(PATH).text
    assert Message.objects.get(kind="stands").due_at == NOW


def test_in_the_list_too_nothing_is_taken_back_of_what_somebody_answered_meanwhile(client, cast, asked):
    ill(client, **choose(asked, "unask"))
    answer = ill(client, **choose(asked, "unask"))
    assert (answer.status_code, [one.booking for one in answer.context["refused"]]) == (409, [asked])
    assert Booking.objects.get().edition == 2


def test_whoever_comes_later_is_told_what_changed(client, asked):
    unask(client, asked)
    late = unask(client, asked)
    assert (late.status_code, "took the question for another time back" in late.text) == (409, True)
    assert unask(client, Booking.objects.get()).status_code == 409


def test_a_question_that_did_not_leave_says_ring(client, asked):
    Message.objects.filter(kind="other_time").update(state="failed", failed_at=at(12))
    card = client.get(reverse("desk_booking", args=[asked.pk])).text
    assert "The question for another time did not leave: ring" in card


def ring(client) -> None:
    """The question did not leave, and the desk rings instead."""
    Message.objects.filter(kind="other_time").update(state="failed", failed_at=NOW)
    question = Message.objects.get(kind="other_time")
    client.post(reverse("desk_message_called", args=[question.pk]), {"note": "Robin, who looks for another time"})


def test_once_somebody_rang_the_board_the_card_and_the_list_say_that_she_is_asked(client, asked):
    ring(client)
    card, page = client.get(reverse("desk_booking", args=[asked.pk])).text, client.get(PATH).text
    assert ["Asked by phone, no answer yet" in text for text in (card, page)] == [True, True]
    assert ["did not leave" in text for text in (card, page)] == [False, False]
    assert '<p class="bk sign is-asked"><span class="state">no answer</span>' in card
    assert "no answer</i>" in client.get(f"{reverse('desk_day')}?day=2026-11-23").text


def test_whoever_was_asked_by_phone_is_told_that_her_session_stands(client, asked):
    ring(client)
    page = unask(client, asked).text
    assert ("The client is told in 3 minutes." in page, "had not read it" in page) == (True, False)


def unask_in_the_list(client, booking):
    ill(client, **choose(booking, "unask"))
    return client.get(PATH)


@pytest.mark.parametrize("take_back", [unask, unask_in_the_list])
def test_and_who_cannot_be_written_to_is_to_be_told_by_the_desk(client, asked, take_back):
    ring(client)
    Booking.objects.update(email="", phone="")
    page = take_back(client, asked)
    assert "the session stands. Nothing can be sent to the client: tell her yourself." in page.text
    assert Message.objects.filter(kind="stands").count() == 0


def give_to_mei_and_undo(client, cast, booking):
    ill(client, **choose(booking, cast.mei.pk))
    return client.post(f"{reverse('desk_undo', args=[booking.pk])}?version=3", follow=True).text


def test_an_undo_says_that_she_is_still_asked_and_the_card_says_since_when(client, cast, asked):
    sent()
    page = give_to_mei_and_undo(client, cast, asked)
    assert "The client is still asked to choose another time, and has not answered yet." in page
    assert ("no answer</i>" in page, WORDS in client.get(PATH).text) == (True, True)


def test_or_that_she_is_asked_anew(client, cast, asked):
    page = give_to_mei_and_undo(client, cast, asked)
    assert "The client is asked again to choose another time. The message leaves now." in page
    assert "no answer</i>" in page


def test_once_it_should_have_begun_nothing_is_left_to_take_back(client, asked):
    set_clock(at(14, 1))
    card = client.get(reverse("desk_booking", args=[asked.pk])).text
    assert ("late 1 min" in card, "Take the question back" in card) == (True, False)
    assert [(row["may_ask"], row["may_unask"]) for row in client.get(PATH).context["rows"]] == [(False, False)]
