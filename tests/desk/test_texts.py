"""What the desk sees of text messages, and what it may do about them."""

import pytest

from accounts.roles import FRONT_DESK
from bookings import reminder_rows, wanted
from bookings.models import Message
from clients.consent import agree_to_texts, stop_texts
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
NUMBER = "+447700900123"


@pytest.fixture
def failed(client) -> Message:
    """A text that may have left, of a session on Friday; somebody from the desk is signed in."""
    set_clock(NOW)
    client.force_login(make.user(role=FRONT_DESK))
    agree_to_texts(NUMBER, NOW)
    robin = make.client(email="robin@mail.example", phone=NUMBER)
    booking = make.booking(client=robin, start=at(14, 20, days=4), reach="sms")
    words = {"key": reminder_rows.key(booking, "day_before", "sms"), "kind": "day_before", "channel": "sms"}
    words |= {"useful_until": booking.during.lower, "recipient": NUMBER}
    text = "Stone & Step: Friday 27 November, 14:20"
    return make.message(booking=booking, state="failed", reason="The text may have left.", text=text, **words)


def test_the_desk_reads_the_text_and_that_it_may_have_left(client, failed):
    page = client.get(f"/desk/messages/{failed.pk}/").text
    assert ("The text may have left." in page, "Stone &amp; Step: Friday 27 November" in page) == (True, True)


def test_the_desk_may_send_it_again_by_the_same_way(client, failed):
    assert client.post(f"/desk/messages/{failed.pk}/again/").status_code == 303
    again = Message.objects.latest("pk")
    assert (again.channel, again.state, again.recipient) == ("sms", "queued", NUMBER)
    assert wanted.why_not(again) == ""


def test_but_not_to_a_number_that_said_stop(client, failed):
    stop_texts(NUMBER, NOW)
    answer = client.post(f"/desk/messages/{failed.pk}/again/")
    assert (answer.status_code, Message.objects.count()) == (409, 1)
    assert "This number has not agreed to text messages, or has stopped them." in answer.text
