"""Saying "I am coming": the link shows, the button says it, and a moved session is looked at first."""

from datetime import timedelta

import pytest

from bookings import actions, links
from bookings.models import Booking
from bookings.models.event import CLIENT
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking() -> Booking:
    """Robin on Friday 27 November 2026 at 14:20."""
    set_clock(NOW)
    return make.booking(start=at(14, 20, days=4), client=make.client(name="Robin Hale"))


def address(booking) -> str:
    return f"/b/{links.make(booking, 'confirm')}/confirm/"


def seen(booking) -> tuple:
    booking.refresh_from_db()
    return booking.confirmed_at, booking.version


def test_opening_the_page_confirms_nothing(client, booking):
    page = client.get(address(booking)).text
    assert "Are you coming, Robin?" in page
    assert seen(booking) == (None, 1)


def test_the_button_confirms_and_the_page_says_so_and_leads_to_the_booking(client, booking):
    answer = client.post(address(booking), {"edition": 1}, follow=True)
    assert (answer.redirect_chain, seen(booking)) == ([(address(booking), 303)], (NOW, 2))
    assert "Thank you, that is noted." in answer.text
    assert f"/b/{links.make(booking)}/" in answer.text
    assert "You have told us that you are coming." in client.get(f"/b/{links.make(booking)}/").text


def test_saying_it_twice_changes_nothing_more(client, booking):
    for _ in range(2):
        assert client.post(address(booking), {"edition": 1}).status_code == 303
    assert seen(booking) == (NOW, 2)
    assert list(booking.events.values_list("verb", "by")) == [("confirmed", "client")]


@pytest.mark.parametrize(("typed", "status"), [({"edition": "1"}, 409), ({"edition": "x"}, 409), ({}, 422)])
def test_a_session_that_was_moved_since_is_looked_at_first(client, booking, typed, status):
    Booking.objects.filter(pk=booking.pk).update(edition=2)
    answer = client.post(address(booking), typed)
    assert (answer.status_code, seen(booking)[0]) == (status, None)
    assert "Please look at the day and the time once more" in answer.text


def test_a_cancelled_session_cannot_be_confirmed(client, booking):
    actions.cancel(booking=booking, by=CLIENT, now=NOW)
    for look in (client.get, client.post):
        answer = look(address(booking), {"edition": 1}, follow=True)
        assert (answer.redirect_chain[0][1], seen(booking)[0]) == (303, None)
        assert "This booking is cancelled." in answer.text


def test_a_session_that_has_begun_cannot_be_confirmed(client, booking):
    for moment, allowed in ((booking.during.lower - timedelta(seconds=1), True), (booking.during.lower, False)):
        set_clock(moment)
        assert ("Yes, I am coming" in client.get(address(booking)).text) == allowed


@pytest.mark.parametrize("change", [{"status": "cancelled"}, {"edition": 2}, {"status": "arrived"}])
def test_the_row_has_the_last_word(booking, change):
    Booking.objects.filter(pk=booking.pk).update(**change)
    with pytest.raises(actions.WrongStep):
        actions.confirm(booking=booking, by=CLIENT, now=NOW)


def test_the_link_of_the_page_does_not_confirm(client, booking):
    assert client.get(f"/b/{links.make(booking)}/confirm/").status_code == 404


def test_the_page_is_read_with_three_queries(client, booking, django_assert_num_queries):
    link = address(booking)
    with django_assert_num_queries(3):
        client.get(link)
