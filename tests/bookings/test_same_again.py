"""The same once more behind a link: she is known, nothing of her is shown, and nobody is known by typing."""

import re
from datetime import timedelta

import pytest

from bookings import caps, links
from bookings.models import Booking
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
SECRETS = ("Hale", "robin@mail.example", "900123")
PROPOSED = "2026-12-11T14:20Z"


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


@pytest.fixture
def booking(cast) -> Booking:
    """Robin with Ana on Friday 27 November 2026 at 14:20."""
    robin = make.client(name="Robin Hale", email="robin@mail.example", phone="+447700900123")
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room}
    return make.booking(start=at(14, 20, days=4), client=robin, **words)


def again(client, booking, start=PROPOSED):
    return client.post(f"/b/{links.make(booking, 'again')}/again/", {"start": start})


def latest(booking) -> Booking:
    return Booking.objects.exclude(pk=booking.pk).latest("pk")


def test_the_page_proposes_the_same_hour_two_weeks_later(client, booking):
    page = client.get(f"/b/{links.make(booking)}/").text
    assert "About 2 weeks later is Friday 11 December 2026, 14:20." in page
    assert f'name="start" value="{PROPOSED}' in page


def test_one_answer_and_one_button_book_it_and_nothing_is_typed(client, booking):
    details = again(client, booking)["Location"]
    page = client.get(details).text
    assert "For Robin" in page and re.findall(r'<input class="input" id="id_(\w+)"', page) == []
    answer = client.post(details, {"safe": "none", "do": "book"}, follow=True)
    new = latest(booking)
    assert (new.name, new.email, new.client, new.starts_at) == (
        booking.name,
        booking.email,
        booking.client,
        at(14, 20, days=18),
    )
    assert "Booked." in answer.text and answer.redirect_chain[-1][0].startswith(f"/b/{links.make(new)}/")


def test_no_page_on_the_way_shows_how_to_reach_her(client, booking):
    details = again(client, booking)["Location"]
    pages = [
        client.get(details),
        client.post(details, {"do": "book"}),
        client.post(details, {"do": "longer"}, follow=True),
    ]
    pages += [client.post(details, {"safe": "none", "do": "book"}, follow=True), client.get(details, follow=True)]
    pages.append(client.get(f"/b/{links.make(latest(booking))}/booked/", follow=True))
    assert [page.status_code for page in pages] == [200, 422, 200, 200, 200, 200]
    assert [secret for secret in SECRETS for page in pages if secret in page.text] == []


def test_without_a_start_the_times_are_shown_and_she_stays_known(client, booking):
    assert again(client, booking, "")["Location"] == "/book/?where=weir-lane&treatment=back-30&with=ana"
    words = {"where": "weir-lane", "treatment": "back-30", "with": "ana", "start": "2026-11-26T11:00Z"}
    details = client.post("/book/hold/", words)["Location"]
    client.post(details, {"safe": "some", "do": "book"})
    assert (latest(booking).client, latest(booking).screening) == (booking.client, "call_first")


def test_somebody_else_types_her_own_details(client, booking):
    details = again(client, booking)["Location"]
    page = client.post(details, {"do": "other"}, follow=True).text
    assert "For Robin" not in page and 'id="id_email"' in page
    client.post(details, {"name": "Sam Hale", "email": "sam@mail.example", "safe": "none", "do": "book"})
    assert (latest(booking).name, latest(booking).client == booking.client) == ("Sam Hale", False)


def test_typing_her_address_makes_nobody_known(client, booking):
    words = {"where": "weir-lane", "treatment": "back-30", "with": "ana", "start": "2026-11-26T11:00Z"}
    details = client.post("/book/hold/", words)["Location"]
    client.post(details, {"name": "Robin Hale", "email": booking.email, "safe": "none", "do": "book"})
    assert latest(booking).client != booking.client


@pytest.mark.parametrize("change", ["an hour later", "another address", "erased", "no address"])
def test_a_browser_does_not_stay_known(client, booking, change):
    details = again(client, booking)["Location"]
    if change == "an hour later":
        set_clock(NOW + timedelta(minutes=61))
    elif change == "no address":
        Booking.objects.filter(pk=booking.pk).update(email="")
    else:
        Booking.objects.filter(pk=booking.pk).update(link_version=2)
    assert 'id="id_email"' in client.get(details).text
    assert client.post(details, {"safe": "none", "do": "book"}).status_code == 422


def test_the_link_of_the_page_itself_makes_nobody_known(client, booking):
    assert client.post(f"/b/{links.make(booking)}/again/").status_code == 404


def test_a_second_guest_gets_the_whole_form(client, cast, booking):
    client.post(again(client, booking)["Location"], {"safe": "none", "do": "book"})
    words = {"where": "weir-lane", "treatment": "back-30", "with": "mei", "start": PROPOSED}
    details = client.post("/book/hold/", words)["Location"]
    answer = client.post(details, {"safe": "none", "do": "book"})
    assert (answer.status_code, 'id="id_name"' in answer.text) == (409, True)
    assert "You already have a session at that time." in answer.text


def test_who_has_booked_very_much_types_her_address_and_proves_it(client, cast, booking):
    for number in range(caps.AHEAD_OF_AN_ADDRESS):
        words = {"therapist": cast.mei, "length": cast.back30, "room": cast.bar_room, "client": booking.client}
        make.booking(start=at(9 + number, days=5), **words)
    details = again(client, booking)["Location"]
    page = client.post(details, {"safe": "none", "do": "book"}, follow=True)
    assert 'id="id_email"' in page.text
    assert [secret for secret in SECRETS if secret in page.text] == []


def test_a_proposal_that_has_just_gone_gives_the_nearest(client, cast, booking):
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(14, 20, days=18))
    answer = again(client, booking)
    assert (answer.status_code, "That time has just gone" in answer.text) == (409, True)


def test_whom_we_missed_is_proposed_nothing_and_may_book(client, booking):
    Booking.objects.filter(pk=booking.pk).update(status="no_show")
    page = client.get(f"/b/{links.make(booking)}/").text
    assert ("Same again?" in page, "Book another session" in page) == (False, True)
