"""What the desk did not take down: the link that asks for it, and its page. Monday 23 November 2026, 12:00, is now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bookings import actions, links, reminders, wanted
from bookings.actions import Change
from bookings.models import Booking, Message
from bookings.models.event import Actor
from bookings.outbox.compose import compose
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
STAFF = Change(by=Actor("staff"), now=NOW)
KIM = {"name": "Kim Ash", "email": "kim@mail.example", "safe": "none"}


@pytest.fixture(autouse=True)
def texts_leave(settings):
    set_clock(NOW)
    settings.SMS_BACKEND = "file"


def at_desk(name="Kim", email="", phone="+447700900456", **fields) -> Booking:
    """Booked on the phone for Friday 27 November 2026, 14:20."""
    client = make.client(name=name, email=email, phone=phone)
    return make.booking(client=client, start=at(14, 20, days=4), screening="missing", source="desk", **fields)


def address(booking) -> str:
    return f"/b/{links.make(booking, 'details')}/details/"


def ask(booking, channel="sms", change=STAFF) -> Message:
    return actions.ask_for_details(booking=booking, channel=channel, change=change)


@pytest.mark.parametrize(("channel", "to"), [("mail", "kim@mail.example"), ("sms", "+447700900456")])
def test_the_link_leaves_at_once_by_mail_or_by_text(channel, to):
    booking = at_desk(email="kim@mail.example")
    row = ask(booking, channel)
    letter = compose(row)
    assert (row.kind, row.channel, letter.recipient, row.due_at) == ("details", channel, to, NOW)
    assert (links.details_url(row.booking) in letter.text, letter.attachments) == (True, ())
    assert channel == "mail" or len(letter.text) <= 160
    assert booking.events.get().verb == "details asked for"


def test_asked_again_it_is_one_message_until_it_has_left(settings):
    booking = at_desk()
    first = ask(booking)
    assert ask(booking) == first
    Message.objects.update(state="sent", sent_at=NOW)
    again = ask(booking)
    assert (again.pk == first.pk, again.original_key) == (False, first.key)


def test_without_an_address_or_a_number_that_may_get_texts_nothing_is_asked(settings):
    with pytest.raises(actions.NoAddress):
        ask(at_desk(), "mail")
    settings.SMS_BACKEND = "off"
    with pytest.raises(actions.NoAddress):
        ask(at_desk())
    settings.SMS_BACKEND = "file"
    actions.reaching.stop_texts(number="+447700900456", now=NOW)
    with pytest.raises(actions.TextsStopped):
        ask(at_desk())


def test_nothing_is_asked_when_nothing_is_missing_the_session_is_off_or_the_card_is_stale():
    for booking in (make.booking(), at_desk(status="cancelled")):
        with pytest.raises(actions.WrongStep):
            ask(booking)
    with pytest.raises(actions.Stale):
        ask(at_desk(version=2), change=replace(STAFF, version=1))


def test_a_move_takes_the_question_along_and_an_answer_ends_it():
    booking = at_desk(email="kim@mail.example")
    ask(booking, "mail")
    Booking.objects.filter(pk=booking.pk).update(edition=2)
    booking.refresh_from_db()
    reminders.replan(booking=booking, before_edition=1, now=NOW)
    waiting = Message.objects.get(kind="details", state="queued")
    assert waiting.key.endswith("/2")
    rest = actions.Rest(screening="clear", name="Kim Ash")
    answered = actions.complete_details(booking=booking, rest=rest, now=NOW)
    assert wanted.still_wanted(waiting, answered) == "Nothing is missing any more."


def test_the_page_asks_only_for_what_is_missing_and_shows_only_the_first_name(client):
    short = client.get(address(at_desk())).text
    known = client.get(address(at_desk("Robin Hale", "robin@mail.example"))).text
    assert ("Nearly done, Kim" in short, "Nearly done, Robin" in known) == (True, True)
    fields = [[f'name="{name}"' in page for name in ("name", "email", "phone", "safe")] for page in (short, known)]
    assert fields == [[True, True, False, True], [False, False, False, True]]
    assert not [word for word in ("Hale", "robin@", "7700") if word in known + short]


def test_what_she_gives_stands_with_her_booking_and_in_her_record(client):
    booking = at_desk()
    answer = client.post(address(booking), KIM, follow=True)
    assert (answer.redirect_chain[0][1], "Thank you, that is all we need" in answer.text) == (303, True)
    booking.refresh_from_db()
    assert (booking.name, booking.email, booking.screening, booking.version) == (*KIM.values(),)[:2] + ("clear", 2)
    assert (booking.client.name, booking.client.email) == ("Kim Ash", "kim@mail.example")
    assert booking.events.get().verb == "details given"
    assert booking.messages.get(kind="confirmation").recipient == "kim@mail.example"


def test_something_that_applies_is_rung_about_and_an_address_of_another_stays_there(client):
    make.client(email="kim@mail.example")
    booking = at_desk()
    page = client.post(address(booking), KIM | {"safe": "some"}, follow=True).text
    booking.refresh_from_db()
    assert ("We ring you before the session." in page, booking.screening) == (True, "call_first")
    assert (booking.email, booking.client.email) == ("kim@mail.example", "")


def test_what_is_wrong_is_said_and_kept(client):
    booking = at_desk(phone="")
    answer = client.post(address(booking), {"name": "Kim Ash", "email": "kim"})
    assert (answer.status_code, 'value="Kim Ash"' in answer.text) == (422, True)
    assert "Enter an e-mail address, like name@example.com" in answer.text
    booking.refresh_from_db()
    assert (booking.screening, booking.version) == ("missing", 1)


def test_an_answer_given_once_is_not_given_again(client):
    booking = at_desk()
    client.post(address(booking), KIM)
    again = client.post(address(booking), KIM | {"safe": "some"})
    booking.refresh_from_db()
    assert (again.status_code, booking.screening) == (409, "clear")
    assert "Thank you, that is all we need" in client.get(address(booking)).text


def test_after_the_session_there_is_nothing_to_fill_in(client):
    booking = at_desk(status="done")
    set_clock(NOW + timedelta(days=9))
    assert "There is nothing to fill in any more" in client.get(address(booking)).text
