"""Joining the waiting list from a page with nothing free, and the page of one's place behind its link."""

import re
from datetime import timedelta

import pytest

from bookings import actions, links
from bookings.models import Booking, Message, WaitingEntry
from clients.consent import may_text
from tests import factories as make
from tests.factories import NOW
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
JOIN = "/book/waiting/"
WHAT = {"where": "weir-lane", "treatment": "back-30", "with": "mei"}
TYPED = WHAT | {
    "name": "Robin Hale",
    "email": "robin@mail.example",
    "phone": "",
    "safe": "none",
    "first_on": "2026-11-24",
    "last_on": "2026-11-25",
    "part": "morning",
}


@pytest.fixture
def cast():
    """Mei is away, and comes back on nobody knows which day."""
    set_clock(NOW)
    made = make.small_studio()
    make.time_off(therapist=made.mei, during=make.span(NOW, 60 * 24 * 70))
    return made


def page(client, address, status=200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.text.split())


def joined(client, **changes) -> str:
    """The address of her place on the list."""
    return client.post(JOIN, TYPED | changes)["Location"]


def offered(client) -> tuple[str, str]:
    """Her page once Mei is back for a morning, and the key of the time that stands on it."""
    address = joined(client)
    type(make.time_off(therapist=make.therapist(), during=make.span(NOW, 5))).objects.all().delete()
    actions.plan_offers(NOW)
    return address, re.search(r'name="seen" value="([^"]+)"', client.get(address).text)[1]


def test_nothing_free_leads_to_the_list_with_the_same_wish(client, cast):
    html = page(client, "/book/?with=mei&part=morning&from=2026-11-26")
    nearest, way, ring = (html.index(words) for words in ("Nearest with anyone", "None of these?", "Ring or write"))
    assert nearest < way < ring
    same = "where=weir-lane&amp;treatment=back-30&amp;with=mei&amp;part=morning&amp;from=2026-11-26"
    assert f"/book/waiting/?{same}" in html


def test_while_something_is_free_nobody_is_sent_to_the_list(client, cast):
    assert "None of these?" not in page(client, "/book/?with=ana")


def test_the_nearest_times_can_be_pressed_where_nothing_is_free(client, cast):
    buttons = re.findall(r'<button class="slot"[^>]*>', page(client, "/book/?with=mei"))
    assert [button for button in buttons if 'form="hold"' not in button] == []


def test_the_form_knows_the_two_weeks_that_had_nothing(client, cast):
    html = page(client, f"{JOIN}?where=weir-lane&treatment=back-30&with=mei&from=2026-11-26&part=evening")
    assert 'name="first_on" type="date" autocomplete="off" value="2026-11-26"' in html
    assert 'name="last_on" type="date" autocomplete="off" value="2026-12-09"' in html
    assert '<option value="evening" selected>' in html
    assert "Back on the mat, 30 minutes, with Mei" in html


def test_another_language_keeps_who_waits_for_what(client, cast):
    here = re.search(r'name="next" value="([^"]+)"', page(client, f"{JOIN}?treatment=back-30&with=mei"))[1]
    answer = client.post(JOIN, TYPED | {"language": "es", "next": here.replace("&amp;", "&"), "name": "Robin Hale"})
    again = page(client, answer["Location"])
    assert answer["Location"].startswith("/es/book/waiting/?")
    assert 'value="Robin Hale"' in again
    assert "con Mei" in again
    assert not WaitingEntry.objects.exists()


def test_joining_shows_her_place_and_writes_a_mail(client, cast):
    html = page(client, joined(client))
    entry = WaitingEntry.objects.get()
    assert (entry.therapist, entry.from_minute, entry.until_minute) == (cast.mei, 0, 720)
    assert "You are on the waiting list, Robin" in html
    assert "Tuesday 24 November to Wednesday 25 November 2026" in html
    assert Message.objects.get().kind == "waiting_joined"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter your full name"),
        ({"email": "robin"}, "Enter an e-mail address"),
        ({"safe": ""}, "Choose “None of these” or “One or more”"),
        ({"first_on": "soon"}, "Enter a day, like 24/11/2026"),
        ({"last_on": "2026-11-22"}, "This day is over"),
        ({"last_on": "2027-11-22"}, "We plan until Friday 22 January 2027"),
        ({"first_on": "2026-11-26"}, "Enter a last day that is not before the first"),
        ({"part": "night"}, "Select a valid choice"),
        ({"texts": "on"}, "Enter a mobile number for text messages"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, cast, wrong, words):
    answer = client.post(JOIN, TYPED | {"name": "Robin Hale"} | wrong)
    assert (answer.status_code, WaitingEntry.objects.count()) == (422, 0)
    assert words in answer.text
    assert "<title>Error:" in answer.text
    assert 'value="afternoon"' in answer.text


def test_texts_come_only_to_who_ticks_them(client, cast):
    joined(client, phone="07700 900123")
    assert not may_text("+447700900123")
    joined(client, phone="07700 900123", texts="on", last_on="2026-11-26")
    assert may_text("+447700900123")


def test_the_fourth_place_of_one_address_is_refused(client, cast):
    for day in ("25", "26", "27"):
        joined(client, last_on=f"2026-11-{day}")
    answer = client.post(JOIN, TYPED | {"last_on": "2026-11-28"})
    assert (answer.status_code, "on the list three times already" in answer.text) == (422, True)


def test_one_network_address_joins_eight_times_an_hour(client, cast):
    answers = [client.post(JOIN, TYPED | {"email": f"robin{n}@mail.example"}).status_code for n in range(9)]
    assert answers == [303] * 8 + [429]


def test_an_offer_stands_on_her_page_with_its_end(client, cast):
    address, _key = offered(client)
    html = page(client, address)
    assert "A time is free for you, Robin" in html
    assert "<b>9:00</b> to 9:30" in html
    assert "We keep this time for you until <strong>Monday 23 November 2026, 12:30</strong>." in html


def test_looking_takes_nothing(client, cast):
    address, _key = offered(client)
    client.get(address), client.head(address)
    assert Booking.objects.get().status == "held"


def test_one_press_takes_it_and_shows_the_booking(client, cast):
    address, key = offered(client)
    answer = client.post(address, {"do": "take", "seen": key})
    booking = Booking.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/b/{links.make(booking)}/booked/")
    assert (booking.status, booking.email) == ("booked", "robin@mail.example")
    assert "See your booking" in page(client, address)


def test_taking_it_twice_shows_the_same_booking(client, cast):
    address, key = offered(client)
    answers = [client.post(address, {"do": "take", "seen": key})["Location"] for _ in range(2)]
    assert (answers[0], Booking.objects.count()) == (answers[1], 1)


def test_letting_it_go_keeps_the_place(client, cast):
    address, key = offered(client)
    assert client.post(address, {"do": "let go", "seen": key})["Location"] == address
    assert "You are on the waiting list, Robin" in page(client, address)
    assert Booking.objects.get().status == "expired"


def test_an_offer_that_went_to_somebody_else_is_said(client, cast):
    address, key = offered(client)
    held = Booking.objects.get()
    actions.leave(entry=WaitingEntry.objects.get(), now=NOW)
    answer = client.post(address, {"do": "take", "seen": key})
    assert (answer.status_code, "That time has gone in the meantime" in answer.text) == (409, True)
    held.refresh_from_db()
    assert held.status == "expired"


def test_leaving_by_the_link_needs_a_press(client, cast):
    address = joined(client)
    assert WaitingEntry.objects.get().state == "waiting"
    client.post(address, {"do": "leave"})
    assert "You are not on the waiting list any more" in page(client, address)
    assert WaitingEntry.objects.get().state == "left"


@pytest.mark.parametrize("sent", [{}, {"do": "everything"}, {"do": "\x00"}])
def test_what_no_button_sends_changes_nothing(client, cast, sent):
    address = joined(client)
    assert client.post(address, sent).status_code == 422
    assert WaitingEntry.objects.get().state == "waiting"


def test_a_key_of_nobody_takes_nothing(client, cast):
    address = joined(client)
    assert client.post(address, {"do": "take", "seen": "9"}).status_code == 409


def test_the_link_shows_no_contact_data_and_ends_a_month_after_the_days(client, cast):
    address = joined(client)
    html = page(client, address)
    assert "robin@mail.example" not in html and "Hale" not in html
    set_clock(NOW + timedelta(days=33))
    assert client.get(address).status_code == 404


def test_another_version_kills_the_link(client, cast):
    address = joined(client)
    WaitingEntry.objects.update(link_version=2)
    assert client.get(address).status_code == 404


def test_her_page_speaks_the_language_in_which_she_joined(client, cast):
    answer = client.post(f"/es{JOIN}", TYPED)
    assert '<html lang="es">' in client.get(answer["Location"]).text


def test_who_fills_the_trap_presses_once_more_and_loses_nothing(client, cast):
    answer = client.post(JOIN, TYPED | {"website": "https://spam.example"})
    assert (answer.status_code, WaitingEntry.objects.count()) == (422, 0)
    assert "Press the button once more, please" in answer.text
    assert 'value="Robin Hale"' in answer.text and 'name="website"' not in answer.text


def test_the_buttons_of_other_forms_are_not_taken_out_of_them(client, cast):
    make.booking(length=cast.back30, therapist=cast.ana, room=cast.mat_room, start=make.at(9, days=1))
    words = {"where": "weir-lane", "treatment": "back-30", "with": "ana", "start": "2026-11-24T09:00Z"}
    taken = client.post("/book/hold/", words).text
    assert (
        taken.index('<form id="hold"')
        < taken.index('class="slot"')
        < taken.index("</form>", taken.index('class="slot"'))
    )
    assert 'form="hold"' not in taken
