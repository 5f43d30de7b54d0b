"""The desk's waiting list: who waits, an offer by hand, the answer on the phone, and people who ring."""

import pytest

from bookings import actions
from bookings.models import Booking, WaitingEntry
from tests import factories as make
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
LIST = "/desk/waiting/"
RINGS = {
    "name": "Kim Ryder",
    "phone": "07700 900456",
    "email": "",
    "length": "back-30",
    "therapist": "ana",
    "first_on": "2026-11-24",
    "last_on": "2026-11-25",
    "part": "any",
}


@pytest.fixture
def robin(cast) -> WaitingEntry:
    """Robin waits for Ana on Tuesday morning."""
    day = NOW.date().replace(day=24)
    words = {"first_on": day, "last_on": day, "until_minute": 12 * 60}
    return make.waiting(length=cast.back30, location=cast.place, therapist=cast.ana, phone="+447700900123", **words)


def page(client, path=LIST) -> str:
    return " ".join(client.get(path).text.split())


def press(client, entry, **sent):
    return client.post(f"{LIST}{entry.pk}/step/", sent)


def state(entry) -> str:
    entry.refresh_from_db()
    return entry.state


def test_the_queue_says_who_waits_for_what_and_what_could_be_offered(client, dee, robin):
    html = page(client)
    assert "1 person waits" in html
    assert "Back on the mat, 30 minutes, with Ana" in html
    assert "Offer Tuesday 24 November, 9:00, with Ana" in html
    assert 'href="tel:+447700900123"' in html


def test_an_offer_by_hand_holds_the_time(client, dee, robin):
    assert press(client, robin, do="offer", start="2026-11-24T09:00Z").status_code == 303
    held = Booking.objects.get()
    assert (state(robin), held.status, held.offer.made_by) == ("offered", "held", dee)
    assert "until Monday 23 November 2026, 12:30" in page(client)


@pytest.mark.parametrize(
    ("do", "entry_is", "booking_is"),
    [("take", "booked", "booked"), ("let go", "waiting", "expired"), ("remove", "left", "expired")],
)
def test_the_answer_on_the_phone_is_pressed_here(client, dee, robin, do, entry_is, booking_is):
    press(client, robin, do="offer", start="2026-11-24T09:00Z")
    assert press(client, robin, do=do).status_code == 303
    assert (state(robin), Booking.objects.get().status) == (entry_is, booking_is)


def test_who_would_come_earlier_moves_when_she_says_yes_on_the_phone(client, dee, cast, robin):
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room}
    robin.instead_of = make.booking(start=at(14, 20, days=4), **words)
    robin.save()
    assert "moves her session of Friday 27 November 2026, 14:20" in page(client)
    press(client, robin, do="offer", start="2026-11-24T09:00Z"), press(client, robin, do="take")
    moved = Booking.objects.get(status="booked")
    assert (moved, moved.during.lower, moved.events.get().actor) == (robin.instead_of, at(9, days=1), dee)
    assert "Moved for Robin Hale." in page(client)


def test_who_took_it_on_the_phone_stands_written(client, dee, robin):
    press(client, robin, do="offer", start="2026-11-24T09:00Z"), press(client, robin, do="take")
    event = Booking.objects.get().events.get(verb="booked")
    assert (event.by, event.actor) == ("staff", dee)


def test_a_time_that_has_gone_is_said_and_nothing_is_held(client, dee, cast, robin):
    make.booking(length=cast.back30, therapist=cast.ana, room=cast.mat_room, start=make.at(9, days=1))
    answer = press(client, robin, do="offer", start="2026-11-24T09:00Z")
    assert (answer.status_code, state(robin)) == (409, "waiting")
    assert "That time has gone in the meantime." in answer.text


@pytest.mark.parametrize("start", ["", "9:00", "2026-11-24", "2026-11-24T09:01Z", "\x00"])
def test_a_time_that_is_none_is_not_offered(client, dee, robin, start):
    assert press(client, robin, do="offer", start=start).status_code == 409
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("do", ["", "everything"])
def test_what_no_button_sends_is_not_understood(client, dee, robin, do):
    assert (press(client, robin, do=do).status_code, state(robin)) == (422, "waiting")


@pytest.mark.parametrize("do", ["take", "let go"])
def test_without_an_offer_there_is_nothing_to_take(client, dee, robin, do):
    assert press(client, robin, do=do).status_code == 409


def test_whoever_rings_is_put_on_the_list_by_name_and_number(client, dee, cast):
    assert client.post(LIST, RINGS).status_code == 303
    entry = WaitingEntry.objects.get()
    assert (entry.name, entry.phone, entry.added_by) == ("Kim Ryder", "+447700900456", dee)
    assert (entry.therapist, entry.screening, entry.client) == (cast.ana, "missing", None)


def test_a_known_client_stays_herself(client, dee, cast):
    kim = make.client(name="Kim Ryder", phone="+447700900456")
    html = page(client, f"{LIST}?client={kim.pk}")
    assert 'value="Kim Ryder"' in html
    client.post(LIST, RINGS | {"client": kim.pk})
    assert WaitingEntry.objects.get().client == kim


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "www.win.com"}, "Enter a name without a web or e-mail address"),
        ({"phone": ""}, "Enter a phone number or an e-mail address"),
        ({"phone": "12"}, "Check the phone number"),
        ({"email": "kim"}, "Enter an e-mail address"),
        ({"length": "back-99"}, "Select a valid choice"),
        ({"last_on": "2026-11-20", "first_on": "2026-11-19"}, "This day is over"),
        ({"last_on": "2026-11-23"}, "Enter a last day that is not before the first"),
        ({"first_on": "soon"}, "Enter a date, like 2026-11-20"),
    ],
)
def test_what_is_wrong_is_said_and_kept(client, dee, cast, wrong, words):
    answer = client.post(LIST, RINGS | wrong)
    assert (answer.status_code, words in answer.text, WaitingEntry.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("query", ["place=nowhere", "day=soon", "day=9999-99-99", "client=x", "client=" + "9" * 40])
def test_nonsense_in_the_address_harms_nothing(client, dee, robin, query):
    assert client.get(f"{LIST}?{query}").status_code == 200


def test_the_form_begins_on_the_day_of_the_board(client, dee, cast):
    assert 'name="first_on" type="date" autocomplete="off" value="2026-11-26"' in page(client, f"{LIST}?day=2026-11-26")


@pytest.mark.parametrize("waiting", [1, 12])
def test_the_queue_takes_as_many_queries_however_long_it_is(client, dee, cast, waiting, django_assert_num_queries):
    for _ in range(waiting):
        make.waiting(length=cast.back30, location=cast.place)
    actions.plan_offers(NOW)
    client.get(LIST)
    with django_assert_num_queries(2 + 15):
        client.get(LIST)
