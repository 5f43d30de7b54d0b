"""From a chosen time over the details to the booked page, as HTML: what each step answers."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from bookings import links
from bookings.models import Booking
from tests import factories as make
from tests.bookings.online import TYPED, booked, hold, page
from tests.factories import NOW
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


def test_choosing_a_time_holds_it_and_leads_to_the_details(client, cast):
    answer = hold(client)
    held = Booking.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/book/details/{held.key}/")
    html = page(client, answer["Location"])
    assert 'We are keeping this time for you until <strong class="num">12:10</strong>.' in html
    assert "Tuesday 24 November 2026" in html
    assert "<b>9:00</b> to 9:30" in html


def test_someone_else_does_not_find_the_held_time(client, cast):
    address = hold(client)["Location"]
    page(client, address)
    page(Client(), address, status=404)


def test_the_details_are_asked_with_labels_and_autocomplete(client, cast):
    html = page(client, hold(client)["Location"])
    asked = re.findall(r'<label for="id_\w+">(.*?)</label>', html)
    assert asked == ["Full name", "E-mail", "Mobile (optional)"]
    assert re.findall(r'class="input".*? autocomplete="(\w+)"', html) == ["name", "email", "tel"]
    assert "Only your name and e-mail are needed." in html
    assert "checked" not in html


def test_an_empty_form_comes_back_with_a_summary(client, cast):
    answer = client.post(hold(client)["Location"], {"do": "book", "name": "Robin Hale"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Your details, Stone &amp; Step</title>" in html
    assert '<li><a href="#id_email">Enter an e-mail address, like name@example.com</a></li>' in html
    assert 'type="email" autocomplete="email" value="" aria-invalid="true"' in html
    assert 'value="Robin Hale"' in html
    assert html.count("Enter an e-mail address, like name@example.com") == 2


def test_booking_leads_to_the_booked_page(client, cast):
    html = page(client, booked(client))
    made = Booking.objects.get()
    assert (made.status, made.name, made.phone, made.screening) == ("booked", "Robin Hale", "+447700900123", "clear")
    assert made.reference in html
    assert "There is nothing more to do now." in html
    assert "robin@mail.example" in html
    assert "Tuesday 24 November 2026" in html
    assert "9:00 to 9:30" in html


def test_one_or_more_books_as_well_and_is_rung_first(client, cast):
    html = page(client, booked(client, safe="some"))
    assert Booking.objects.get().screening == "call_first"
    assert "We ring you before the session." in html
    assert 'href="tel:+441632960123"' in html


def test_asking_twice_is_one_booking_and_the_same_page(client, cast):
    details = hold(client)["Location"]
    first, again = client.post(details, TYPED), client.post(details, TYPED)
    assert first["Location"] == again["Location"]
    assert Booking.objects.count() == 1


def test_others_with_the_link_see_the_first_name_and_no_address(client, cast):
    address, other = booked(client), Client()
    sent_on = other.get(address)
    assert (sent_on.status_code, sent_on["Location"]) == (303, address.removesuffix("booked/"))
    html = page(other, sent_on["Location"])
    assert "Your session, Robin" in html
    assert not re.search(r"Hale|robin@mail|7700", html)


def test_a_forged_link_looks_like_a_page_that_does_not_exist(client, cast):
    token = links.make(make.booking(location=cast.place), "view")
    for address in (f"/b/{token}/", f"/b/{token}/calendar.ics"):
        page(client, address)
        page(client, address.replace(token, token[:-1] + "_"), status=404)


def test_the_calendar_file_is_one_event(client, cast):
    address = booked(client).replace("booked/", "calendar.ics")
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART:20261124T090000Z" in answer.content


def test_a_time_that_has_just_gone_keeps_what_was_typed(client, cast):
    details = hold(client, **{"with": "ana"})["Location"]
    set_clock(NOW + timedelta(minutes=11))
    rival = Client()
    rival.post(hold(rival, **{"with": "ana"})["Location"], TYPED | {"name": "Jo First"})
    answer = client.post(details, TYPED)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "That time has just gone" in html
    assert html.count('class="slot"') == 3
    nearest = re.search(r'class="slot" name="start" value="([^"]+)"', html)[1]
    again = page(client, hold(client, start=nearest)["Location"])
    assert 'value="Robin Hale"' in again
    assert 'value="robin@mail.example"' in again


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"start": "2026-11-22T09:00Z"}, 409),  # over
        ({"start": "2026-11-29T09:00Z"}, 409),  # closed
        ({"start": "2029-01-01T09:00Z"}, 409),  # beyond the horizon
        ({"start": "2026-11-24T09:02Z"}, 409),  # between two starts
        ({"treatment": "oil-30", "with": "mei"}, 409),  # she does not give it
        ({"start": "tomorrow"}, 422),
        ({"start": "9" * 5000}, 422),
        ({"start": "2026-11-24T09:00Z\x00"}, 422),
        ({"where": "nowhere"}, 422),
        ({"treatment": "back-99"}, 422),
        ({"with": "nobody"}, 422),
    ],
)
def test_a_time_that_is_not_offered_is_refused_in_words(client, cast, changes, status):
    answer = hold(client, **changes)
    assert answer.status_code == status
    assert "<h1" in answer.content.decode()
    assert not Booking.objects.exists()


def test_keep_it_longer_keeps_what_was_typed(client, cast):
    details = hold(client)["Location"]
    set_clock(NOW + timedelta(minutes=5))
    answer = client.post(details, TYPED | {"do": "longer"})
    assert (answer.status_code, answer["Location"]) == (303, f"{details}#kept")
    html = page(client, details)
    assert '<strong class="num">12:15</strong>' in html
    assert 'value="Robin Hale"' in html


def test_change_goes_back_to_the_same_choice_and_keeps_the_words(client, cast):
    details = hold(client, **{"with": "ana"})["Location"]
    answer = client.post(details, TYPED | {"do": "change"})
    assert answer["Location"] == "/book/?where=weir-lane&treatment=back-30&with=ana"
    again = page(client, hold(client, start="2026-11-25T09:00Z")["Location"])
    assert 'value="Robin Hale"' in again


def test_another_language_keeps_what_was_typed(client, cast):
    details = hold(client)["Location"]
    answer = client.post(details, TYPED | {"do": "", "language": "es", "next": details})
    assert (answer.status_code, answer["Location"]) == (302, f"/es{details}")
    again = page(client, answer["Location"])
    assert "Tus datos" in again
    assert 'value="Robin Hale"' in again
    assert not Booking.objects.exclude(status="held").exists()


def test_a_second_session_at_that_time_is_for_a_second_guest(client, cast):
    booked(client)
    details = hold(client)["Location"]
    asked = client.post(details, TYPED)
    assert asked.status_code == 409
    assert "You already have a session at that time." in asked.content.decode()
    assert client.post(details, TYPED | {"do": "second", "name": "Sam Hale"}).status_code == 303
    assert Booking.objects.filter(status="booked").count() == 2


@pytest.mark.parametrize("junk", ["Robin\x00", "Robin \ud800", "9" * 100_000])
def test_junk_in_the_details_is_refused_and_never_breaks_the_session(client, cast, junk):
    details = hold(client)["Location"]
    for minutes, do in enumerate(("book", "longer")):
        set_clock(NOW + timedelta(minutes=minutes))
        answer = client.post(details, TYPED | {"do": do, "name": junk.encode("utf-8", "surrogatepass")})
        assert answer.status_code in (303, 400, 422)
    page(client, details)
