"""The studio cannot give a session and asks for another time. Monday 23 November 2026, 12:00, is now."""

from datetime import timedelta

import pytest

from bookings import actions, links
from bookings.actions import Change
from bookings.asking import is_asked, waits
from bookings.models import Booking, Message
from bookings.models.event import CLIENT, Actor
from bookings.outbox.compose import compose
from bookings.outbox.delivery import out_of_date
from clients.consent import agree_to_texts
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
STAFF = Actor("staff")


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


@pytest.fixture
def booking(cast) -> Booking:
    """Robin's, today at 16:00 with Ana: too late to change it free of charge. Its reminder waits."""
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room, "start": at(16)}
    made = make.booking(free_cancel_until=at(16) - timedelta(days=1), **words)
    make.message(booking=made, key=f"booking/{made.pk}/confirmation/mail/1", state="sent", sent_at=NOW)
    make.message(booking=made, key=f"booking/{made.pk}/before_meal/mail/1", kind="before_meal", due_at=at(13))
    return made


def ask(booking, version=1) -> Booking:
    return actions.ask_for_other_time(booking=booking, change=Change(STAFF, NOW, version, "Ana is ill"))


def rows(booking) -> list[tuple]:
    return [(row.kind, row.channel, row.state) for row in booking.messages.filter(therapist=None).order_by("pk")]


def move(client, booking, start="2026-11-23T15:00Z"):
    return client.post(f"/b/{links.make(booking, 'move')}/move/", {"start": start, "edition": booking.edition})


def test_one_mail_asks_and_no_reminder_of_the_session_leaves_any_more(booking):
    ask(booking)
    assert rows(booking) == [
        ("confirmation", "mail", "sent"),
        ("before_meal", "mail", "withdrawn"),
        ("other_time", "mail", "queued"),
    ]
    row = Message.objects.get(kind="other_time")
    assert (row.key, row.due_at, row.useful_until) == (f"booking/{booking.pk}/other_time/mail/1", NOW, at(16))
    assert [(one.verb, one.reason) for one in booking.events.all()] == [("asked for a time", "Ana is ill")]


def test_the_mail_says_what_is_the_matter_and_leads_to_the_booking(booking):
    letter = compose(ask(booking).messages.get(kind="other_time"))
    assert letter.subject == "Please choose another time: Monday 23 November 2026, 16:00"
    assert "Both cost you nothing." in " ".join(letter.text.split())
    assert (links.url(make.mailed(booking)) in letter.text, links.url(booking) in letter.html) == (True, True)
    assert ("ill" in letter.text.split(), letter.attachments) == (False, ())


def test_without_an_address_one_text_asks(booking, settings):
    settings.SMS_BACKEND = "file"
    agree_to_texts("+447700900123", NOW)
    Booking.objects.update(email="", phone="+447700900123")
    letter = compose(ask(Booking.objects.get()).messages.get(kind="other_time"))
    said = "Ana cannot come on Monday 23 November, 16:00. Choose another time:"
    assert (said in letter.text, links.url(booking) in letter.text, len(letter.text) <= 160) == (True, True, True)


def test_the_client_moves_although_the_time_for_it_was_over(client, booking):
    assert move(client, booking).status_code == 409
    ask(booking)
    assert move(client, booking).status_code == 303
    booking.refresh_from_db()
    assert (booking.during.lower, is_asked(booking)) == (at(15), False)
    # The question was not read yet, and has been answered.
    said = [row for row in rows(booking) if row[0] in ("other_time", "moved")]
    assert said == [("other_time", "mail", "withdrawn"), ("moved", "mail", "queued")]


def test_her_page_says_it_and_cancelling_is_free(client, booking):
    ask(booking)
    page = client.get(f"/b/{links.make(booking)}/").text
    assert "We are sorry: Ana cannot come on Monday 23 November 2026 at 16:00." in page
    assert ('id="move"' in page, "Yes, I am coming" in page) == (True, False)
    assert "so it costs you nothing now" in client.get(f"/b/{links.make(booking, 'cancel')}/cancel/").text


def test_what_would_be_said_next_is_not_that_she_comes(booking):
    with pytest.raises(actions.WrongStep):
        actions.confirm(booking=ask(booking), by=CLIENT, now=NOW)


def test_a_session_that_was_cancelled_or_given_away_meanwhile_asks_nothing(cast, booking):
    row = ask(booking).messages.get(kind="other_time")
    actions.reassign(booking=booking, therapist=cast.mei, change=Change(STAFF, NOW, 2))
    row.refresh_from_db()
    assert (row.state, out_of_date(row, NOW)) == ("withdrawn", "The booking was moved since.")
    actions.cancel(booking=booking, by=STAFF, now=NOW)
    assert out_of_date(Message.objects.get(pk=row.pk), NOW) == "The booking is cancelled."


def test_whoever_was_asked_hears_that_it_takes_place_after_all(booking):
    Message.objects.filter(booking=ask(booking)).exclude(kind="before_meal").update(state="sent", sent_at=NOW)
    actions.cancel(booking=booking, by=STAFF, now=NOW)
    actions.restore(booking=booking, change=Change(STAFF, NOW))
    assert rows(booking)[3:5] == [("cancelled", "mail", "withdrawn"), ("confirmation", "mail", "queued")]


def test_asked_twice_it_is_one_question(booking):
    ask(ask(booking), version=2)
    assert [row.kind for row in booking.messages.filter(therapist=None)].count("other_time") == 1
    assert booking.events.count() == 1


def test_nobody_is_asked_who_is_here_cannot_be_reached_or_was_changed_meanwhile(booking):
    with pytest.raises(actions.Stale):
        ask(booking, version=7)
    Booking.objects.update(email="", phone="")
    with pytest.raises(actions.NoAddress):
        ask(Booking.objects.get())
    Booking.objects.update(status="arrived")
    with pytest.raises(actions.WrongStep):
        ask(Booking.objects.get())


@pytest.mark.parametrize(("end", "is_hers"), [("3", True), ("3/again/1", True), ("1/again/3", False), ("13", False)])
def test_the_number_of_a_row_that_was_repeated_is_not_taken_for_an_edition(booking, end, is_hers):
    Booking.objects.update(edition=3, free_cancel_until=at(16))
    make.message(booking=booking, kind="other_time", key=f"booking/{booking.pk}/other_time/mail/{end}")
    assert Booking.objects.annotate(waits=waits()).get().waits == is_hers
    assert is_asked(Booking.objects.get()) == is_hers
