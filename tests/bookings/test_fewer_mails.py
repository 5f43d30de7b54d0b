"""Mails after a session can be ended by link, with one click or from the mail program; all others cannot."""

import pytest
from django.test import Client as Browser

from bookings import links, reminder_rows, reminders, wanted
from bookings.models import Booking, Message
from bookings.outbox import delivery
from bookings.outbox.compose import compose
from clients.consent import wants_fewer_mails
from clients.models import Client
from spa import clock
from tests import factories as make
from tests.bookings.mail_server import MailServer
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
ADDRESS = "robin@mail.example"
AFTER = ("aftercare", "next_day")


def session(**fields) -> Booking:
    """Robin's session on Friday; her record is made with the first one."""
    email = fields.pop("email", ADDRESS)
    client = Client.objects.with_email(email).first() or make.client(name="Robin Hale", email=email)
    return make.booking(**{"start": at(14, 20, days=4), "client": client} | fields)


def off(booking, scope="mail") -> str:
    return f"/b/{links.make(booking, scope)}/mail/off/"


def composed(kind):
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    return booking, compose(booking.messages.get(kind=kind))


@pytest.mark.parametrize("kind", AFTER)
def test_mails_after_a_session_can_be_ended(kind):
    booking, mail = composed(kind)
    link = f"http://localhost:8000{off(booking)}"
    assert mail.headers == (
        ("List-Unsubscribe", f"<{link}>, <mailto:hello@stoneandstep.example?subject=unsubscribe>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )
    assert [link in part for part in (mail.text, mail.html)] == [True, True]


@pytest.mark.parametrize("kind", ["confirmation", "day_before", "before_meal"])
def test_what_she_needs_before_a_session_cannot(kind):
    booking, mail = composed(kind)
    assert (mail.headers, "/mail/off/" in mail.text + mail.html) == ((), False)


def due(booking, kind) -> Message:
    now = clock.now()
    key = reminder_rows.key(booking, kind, "mail")
    return make.message(booking=booking, kind=kind, key=key, due_at=now, created_at=now)


def sent(server, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_TO_FILES = "127.0.0.1", server.port, False
    delivery.deliver_due(clock.now())
    return server.taken


def given(**fields) -> Booking:
    """A session that was just given in a place without quiet hours."""
    room = make.room(location=make.location(quiet_from="00:00", quiet_until="00:00"))
    return session(status="done", room=room, **fields)


def test_the_mail_as_it_leaves_carries_both_headers_whole(settings):
    booking = given()
    due(booking, "aftercare")
    with MailServer() as server:
        (mail,) = sent(server, settings)
    assert mail["List-Unsubscribe"].strip().startswith(f"<http://localhost:8000{off(make.mailed(booking))}>, <mailto:")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_of_a_mail_program_ends_them(client):
    strict = Browser(enforce_csrf_checks=True)
    booking = session()
    answer = strict.post(off(booking), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, wants_fewer_mails(ADDRESS)) == (200, True)
    body, kind = "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"
    assert strict.post(off(booking), body, content_type=kind).status_code == 200


def test_opening_the_link_changes_nothing(client):
    page = client.get(off(session())).text
    assert ("No more mails after my sessions" in page, wants_fewer_mails(ADDRESS)) == (True, False)
    assert ADDRESS not in page


def test_the_button_ends_them_and_the_next_one_begins_them_again(client):
    booking = session()
    page = client.post(off(booking), {"do": "off"}).text
    assert ("You get no more mails after your sessions" in page, wants_fewer_mails(ADDRESS)) == (True, True)
    assert client.post(off(booking), {"do": "on"}).status_code == 200
    assert not wants_fewer_mails(ADDRESS)


@pytest.mark.parametrize(
    "words", [{}, {"List-Unsubscribe": "yes"}, {"do": "x"}, {"List-Unsubscribe-Post": "One-Click"}]
)
def test_a_malformed_click_is_told_in_a_sentence(client, words):
    answer = client.post(off(session()), words)
    assert (answer.status_code, "Nothing was changed" in answer.text) == (400, True)
    assert not wants_fewer_mails(ADDRESS)


@pytest.mark.parametrize("scope", ["view", "confirm", "reach"])
def test_a_link_for_something_else_ends_nothing(client, scope):
    assert client.post(off(session(), scope), {"do": "off"}).status_code == 404


def test_later_bookings_of_that_address_are_left_in_peace_too(client, settings):
    client.post(off(session()), {"List-Unsubscribe": "One-Click"})
    mails = [due(given(email=ADDRESS.upper()), "aftercare"), due(given(email="ana@mail.example"), "aftercare")]
    with MailServer() as server:
        assert [mail["To"] for mail in sent(server, settings)] == ["ana@mail.example"]
    reasons = [Message.objects.get(pk=mail.pk).reason for mail in mails]
    assert reasons == ["This address wants no mails after its sessions.", ""]


def test_reminders_still_come(client, settings):
    booking = session(start=at(14, 20, days=40))
    client.post(off(booking), {"do": "off"})
    reminders.plan(booking=booking, now=NOW)
    kinds = booking.messages.all()
    assert [m.kind for m in kinds if wanted.still_wanted(m, booking) == ""] == [
        "confirmation",
        "day_before",
        "before_meal",
    ]


def test_the_page_is_read_with_four_queries(client, django_assert_num_queries):
    path = off(session())
    with django_assert_num_queries(4):  # clock, booking, wish, the house
        client.get(path)
