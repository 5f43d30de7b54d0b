"""A link opens one booking for one purpose until thirty days after the session, and nothing else."""

from datetime import timedelta

import pytest
from django.db.models import F

from bookings import links
from bookings.models import Booking
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_link_opens_its_booking():
    booking = make.booking()
    assert links.read(links.make(booking), "view", NOW) == booking


def test_what_a_page_shows_comes_with_one_query(django_assert_num_queries):
    token = links.make(make.booking())
    with django_assert_num_queries(1):
        booking = links.read(token, "view", NOW)
        assert (booking.location.studio.name, booking.length.treatment.style.uses_oil) == ("Stone & Step", False)


@pytest.mark.parametrize("token", ["", ".", "1.1.", "1.1.x", "a" * 61, "\ud800", "1\x00.1.a", "１.1.a", "..." * 20])
def test_nonsense_is_a_bad_link(token):
    with pytest.raises(links.BadLink):
        links.read(token, "view", NOW)


def test_every_changed_or_missing_letter_is_a_bad_link():
    token = links.make(make.booking())
    changed = [token[:i] + ("x" if token[i] != "x" else "y") + token[i + 1 :] for i in range(len(token))]
    for broken in [*changed, token[:-1], token + "a", "a" + token]:
        with pytest.raises(links.BadLink):
            links.read(broken, "view", NOW)


def test_a_link_made_for_one_purpose_serves_no_other():
    booking = make.booking()
    assert links.read(links.make(booking, scope="confirm"), "confirm", NOW) == booking
    with pytest.raises(links.BadLink):
        links.read(links.make(booking, scope="confirm"), "view", NOW)


def test_a_new_contact_address_ends_the_old_links():
    booking = make.booking()
    token = links.make(booking)
    Booking.objects.filter(pk=booking.pk).update(link_version=F("link_version") + 1)
    booking.refresh_from_db()
    assert links.read(links.make(booking), "view", NOW) == booking
    with pytest.raises(links.BadLink):
        links.read(token, "view", NOW)


def test_a_link_ends_thirty_days_after_the_session():
    booking = make.booking()
    last = booking.during.upper + timedelta(days=30)
    assert links.read(links.make(booking), "view", last - timedelta(seconds=1)) == booking
    with pytest.raises(links.BadLink):
        links.read(links.make(booking), "view", last)


@pytest.mark.parametrize("status", ["held", "expired"])
def test_a_time_that_was_only_held_has_no_link(status):
    booking = make.held()
    Booking.objects.filter(pk=booking.pk).update(status=status)
    with pytest.raises(links.BadLink):
        links.read(links.make(booking), "view", NOW)


def test_the_longest_token_has_sixty_characters():
    assert len(links.make(Booking(pk=2**63 - 1, link_version=9_999))) <= 60


def test_the_address_is_absolute(settings):
    settings.SITE_URL = "https://book.stoneandstep.example"
    booking = make.booking()
    assert links.url(booking) == f"https://book.stoneandstep.example/b/{links.make(booking)}/"
