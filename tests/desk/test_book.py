"""Booking in seconds at the desk: for a client found by three letters, or for somebody new."""

import pytest

from bookings.models import Booking, Message
from clients.models import Client
from tests import factories as make
from tests.factories import at, span

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]
PATH = "/desk/book/"
KEY = "0d3f4f6e-56b5-4f10-a3a5-3c2f7f1d9a10"


@pytest.fixture
def robin(db) -> Client:
    return make.client(name="Robin Hale", email="robin@mail.example", phone="+447700900123")


def ask(cast, **words) -> dict:
    """A gap of Ana's at 14:00, for half an hour on the mat."""
    gap = {"place": "weir-lane", "therapist": cast.ana.pk, "start": at(14).isoformat(), "length": cast.back30.pk}
    return gap | words


def post(browser, cast, **words):
    return browser.post(PATH, ask(cast, key=KEY) | words)


@pytest.mark.parametrize(
    "letters", ["rob", "HAL", "hal rob", "robin@", "ROBIN@MAIL.EX", "07700 900", "900123", "+44 7700"]
)
def test_a_client_is_found_by_three_letters_of_name_phone_or_mail(client, cast, robin, letters):
    assert client.get(PATH, ask(cast, q=letters)).context["matches"] == [robin]


@pytest.mark.parametrize("letters", ["", "ro", "xyz", "555", "%%%", "\x00\x00\x00", "x" * 300])
def test_nobody_is_found_by_what_does_not_fit(client, cast, robin, letters):
    answer = client.get(PATH, ask(cast, q=letters))
    assert (answer.status_code, answer.context["matches"]) == (200, [])


def test_the_live_list_is_the_part_that_the_page_includes(client, cast, robin):
    words = {"HX-Request": "true", "HX-Target": "found"}
    page = client.get(PATH, ask(cast, q="rob"), headers=words).text
    assert ("<main" in page, 'id="found"' in page, "1 client" in page) == (False, True, True)


def test_a_known_client_is_booked_with_one_button(client, cast, dee, robin):
    assert post(client, cast, client=robin.pk).status_code == 303
    made = Booking.objects.get()
    assert (made.client, made.name, made.therapist, made.during.lower) == (robin, "Robin Hale", cast.ana, at(14))
    assert (made.source, made.screening, made.events.get().actor) == ("desk", "missing", dee)
    assert Message.objects.get(kind="confirmation").recipient == "robin@mail.example"


def test_somebody_new_needs_a_first_name_and_a_phone_number(client, cast):
    assert post(client, cast, name="Kim", phone="07700 900456").status_code == 303
    made = Booking.objects.get()
    assert (made.name, made.phone, made.client.phone) == ("Kim", "+447700900456", "+447700900456")


def test_an_address_that_is_known_stays_with_its_owner(client, cast, robin):
    post(client, cast, name="Kim", email="ROBIN@mail.example")
    made = Booking.objects.get()
    assert (made.client == robin, made.client.email, made.email) == (False, "", "ROBIN@mail.example")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Find a client, or enter a first name"),
        ({"name": "Kim"}, "Enter a phone number or an e-mail address"),
        ({"name": "123", "phone": "07700 900456"}, "Find a client, or enter a first name"),
        ({"name": "www.win.com", "phone": "07700 900456"}, "Enter a name without a web or e-mail address"),
        ({"name": "Kim", "phone": "12"}, "Check the phone number"),
        ({"name": "Kim", "email": "a@b.example, c@d.example"}, "Enter one e-mail address only"),
        ({"client": "999999"}, "That client is no longer there. Search again."),
        ({"client": "x"}, "That client is no longer there. Search again."),
        ({"name": "Kim", "phone": "07700 900456", "length": "999999"}, "That treatment is no longer on the menu."),
        ({"name": "Kim", "phone": "07700 900456", "therapist": "999999"}, "That therapist takes no bookings now."),
        ({"name": "Kim", "phone": "07700 900456", "start": "14:20"}, "We do not know that time."),
        ({"name": "Kim", "phone": "07700 900456", "place": "closed-one"}, "That place takes no bookings now."),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_booked(client, cast, typed, words):
    answer = post(client, cast, **typed)
    assert (answer.status_code, words in answer.text, Booking.objects.count()) == (422, True, 0)


def test_what_was_typed_stays(client, cast):
    page = post(client, cast, name="Kim", phone="12").text
    assert ('value="Kim"' in page, 'value="12"' in page, f'name="key" value="{KEY}"' in page) == (True, True, True)


def test_pressing_twice_books_once(client, cast, robin):
    assert [post(client, cast, client=robin.pk).status_code for _ in range(2)] == [303, 303]
    assert Booking.objects.count() == 1


def test_a_page_without_its_key_books_nothing(client, cast, robin):
    assert (post(client, cast, client=robin.pk, key="x").status_code, Booking.objects.count()) == (422, 0)


def test_a_taken_time_is_refused_with_the_nearest_and_keeps_the_client(client, cast, robin):
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(14))
    answer = post(client, cast, client=robin.pk)
    assert (answer.status_code, Booking.objects.count()) == (409, 1)
    assert "Book for Robin Hale" in answer.text
    near = answer.context["near"][0]["slots"][0]["value"]
    assert post(client, cast, client=robin.pk, start=near).status_code == 303


def test_a_rule_of_the_studio_asks_for_a_reason(client, cast, robin):
    answer = post(client, cast, client=robin.pk, start=at(19).isoformat())
    assert (answer.status_code, "We are closed at that time." in answer.text) == (422, True)
    assert post(client, cast, client=robin.pk, start=at(19).isoformat(), reason="As a favour").status_code == 303
    assert Booking.objects.get().events.get().reason == "As a favour"


def test_no_reason_books_the_past_or_a_style_that_she_does_not_give(client, cast, robin):
    words = {"client": robin.pk, "reason": "please"}
    assert post(client, cast, start=at(11).isoformat(), **words).status_code == 409
    assert post(client, cast, therapist=cast.mei.pk, length=cast.oil30.pk, **words).status_code == 409
    assert post(client, cast, length=cast.oil30.pk, **words).status_code == 303


def test_no_reason_books_a_room_that_is_closed(client, cast, robin):
    make.closure(location=cast.place, room=cast.bar_room, during=span(at(14), 60))
    answer = post(client, cast, client=robin.pk, length=cast.oil30.pk, reason="please")
    assert (answer.status_code, Booking.objects.count()) == (409, 0)


def test_from_the_gap_of_a_room_that_room_is_taken_while_it_suits(client, cast, robin):
    post(client, cast, client=robin.pk, room=cast.bar_room.pk)
    assert Booking.objects.get().room == cast.bar_room


@pytest.mark.parametrize("room", ["x", "0", "٣", "9" * 30])
def test_a_room_that_is_none_is_no_matter(client, cast, robin, room):
    post(client, cast, client=robin.pk, room=room)
    assert Booking.objects.get().room == cast.mat_room


@pytest.mark.parametrize(("free", "minutes"), [("30", 20), ("45", 30), ("5", 30), ("x", 30), ("9" * 30, 30)])
def test_a_short_gap_begins_with_a_length_that_fits(client, cast, free, minutes):
    words = {name: value for name, value in ask(cast, free=free).items() if name != "length"}
    assert client.get(PATH, words).context["ask"].length.minutes == minutes


def test_who_asked_for_this_therapist_is_marked(client, cast, robin):
    post(client, cast, client=robin.pk, asked_for="on")
    assert Booking.objects.get().asked_for_therapist is True


def test_without_a_time_the_free_ones_are_listed(client, cast):
    page = client.get(PATH).text
    assert 'name="start" value="2026-11-23T16:00Z"' in page
    assert client.get(PATH, {"day": "2026-11-29"}).status_code == 200


def test_a_client_card_may_ask_for_the_same_again(client, cast, robin):
    page = client.get(PATH, ask(cast, client=robin.pk)).text
    assert f'name="client" value="{robin.pk}">Book for Robin Hale' in page


def test_a_studio_without_a_menu_says_so(client, dee):
    assert "Nothing to book yet" in client.get(PATH).text


@pytest.mark.parametrize("clients", [1, 30])
def test_the_page_takes_as_many_queries_however_many_clients(client, cast, clients, django_assert_num_queries):
    for number in range(clients):
        make.client(name=f"Robin {number}", phone="+447700900123")
    client.get(PATH, ask(cast, q="rob"))
    with django_assert_num_queries(2 + 9):
        client.get(PATH, ask(cast, q="rob"))
