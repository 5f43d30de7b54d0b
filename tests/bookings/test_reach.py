"""How a client wants to be reached: what she chooses on her booking's page, and where her reminders then go."""

import re
from datetime import timedelta

import pytest

from bookings import links, reminders
from bookings.actions.reaching import TextsStopped, choose_reach, start_texts, stop_texts
from bookings.models import Booking, Message
from bookings.models.event import CLIENT
from clients.consent import SmsConsent, agree_to_texts, may_text
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
NUMBER = "+447700900123"
STEPS = ["aftercare", "before_meal", "day_before", "next_day"]


def session(**fields) -> Booking:
    """Robin's session on Friday 27 November 2026, 14:20 in London, booked and planned on Monday."""
    client = fields.pop("client", None) or make.client(name="Robin Hale", email="robin@mail.example", phone=NUMBER)
    booking = make.booking(**{"start": at(14, 20, days=4), "client": client} | fields)
    reminders.plan(booking=booking, now=NOW)
    return booking


def choose(booking, way, number=NUMBER, now=NOW) -> Booking:
    return choose_reach(booking=booking, by_way=way, number=number, actor=CLIENT, now=now)


def waiting(booking) -> dict[str, list[str]]:
    """Channel to the kinds that wait to leave by it."""
    found: dict[str, list[str]] = {}
    for channel, kind in booking.messages.filter(state="queued").order_by("kind").values_list("channel", "kind"):
        found.setdefault(channel, []).append(kind)
    return found


def test_nothing_chosen_means_mail():
    agree_to_texts(NUMBER, NOW)
    assert waiting(session()) == {"mail": sorted([*STEPS, "confirmation"])}


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("mail", {"mail": sorted([*STEPS, "confirmation"])}),
        ("sms", {"mail": ["confirmation"], "sms": STEPS}),
        ("both", {"mail": sorted([*STEPS, "confirmation"]), "sms": STEPS}),
    ],
)
def test_reminders_go_the_way_that_was_chosen_and_answers_by_mail(way, expected):
    booking = session()
    choose(booking, way)
    assert waiting(booking) == expected


def test_the_other_way_keeps_the_instants():
    booking = session()
    before = dict(booking.messages.values_list("kind", "due_at"))
    choose(booking, "sms")
    assert dict(booking.messages.filter(state="queued").values_list("kind", "due_at")) == before


def test_whoever_changes_her_mind_twice_has_each_message_once():
    booking = session()
    for way in ("sms", "mail", "both", "sms", "mail"):
        choose(booking, way)
    assert waiting(booking) == {"mail": sorted([*STEPS, "confirmation"])}
    assert Message.objects.count() == 9


def test_what_has_left_does_not_leave_again_another_way():
    booking = session()
    booking.messages.filter(kind__in=["confirmation", "day_before"]).update(state="sent", sent_at=NOW)
    choose(booking, "sms")
    assert waiting(booking) == {"sms": ["aftercare", "before_meal", "next_day"]}


def test_a_moved_session_keeps_the_way():
    choose(session(), "sms")
    Booking.objects.update(edition=2)
    moved = Booking.objects.get()
    reminders.replan(booking=moved, before_edition=1, now=NOW)
    assert waiting(moved) == {"mail": ["confirmation"], "sms": STEPS}


def test_the_studios_own_steps_go_the_way_that_was_chosen():
    make.reminder_step(kind="before_meal")
    booking = session()
    choose(booking, "sms")
    assert waiting(booking) == {"mail": ["confirmation"], "sms": STEPS}


def test_a_step_that_the_studio_sends_by_mail_only_stays_a_mail():
    make.reminder_step(kind="before_meal", channels=["mail"])
    booking = session()
    choose(booking, "sms")
    assert waiting(booking)["mail"] == ["before_meal", "confirmation"]


def test_texts_are_sent_only_to_numbers_that_agreed():
    booking = session(reach="sms")
    assert waiting(booking) == {"mail": sorted([*STEPS, "confirmation"])}


def test_without_an_address_an_agreed_number_gets_all():
    agree_to_texts(NUMBER, NOW)
    booking = session(client=make.client(email="", phone=NUMBER))
    assert waiting(booking) == {"sms": sorted([*STEPS, "confirmation"])}


def test_choosing_texts_is_the_consent_of_that_number():
    choose(session(), "sms", number="+447700900555")
    assert (may_text("+447700900555"), may_text(NUMBER)) == (True, False)
    assert Booking.objects.get().phone == "+447700900555"


def test_choosing_mail_is_no_consent():
    choose(session(), "mail", number="")
    assert not SmsConsent.objects.exists()


def test_a_stop_word_sends_what_waits_by_mail_and_only_the_phone_undoes_it():
    booking = session()
    choose(booking, "sms")
    stop_texts(number=NUMBER, now=NOW)
    assert waiting(booking) == {"mail": sorted([*STEPS, "confirmation"])}
    with pytest.raises(TextsStopped):
        choose(booking, "sms")
    start_texts(number=NUMBER, now=NOW)
    assert waiting(booking) == {"mail": ["confirmation"], "sms": STEPS}


def test_the_wish_is_kept_for_the_next_time_when_the_record_is_her_own():
    choose(session(), "sms")
    robin = Client.objects.get()
    assert (robin.reach, waiting(session(client=robin))["sms"]) == ("sms", STEPS)


def test_the_record_of_somebody_else_is_not_touched():
    known = make.client(email="robin@mail.example")
    choose(session(client=known, email="other@mail.example"), "sms")
    known.refresh_from_db()
    assert (known.reach, known.phone) == ("", "")


def test_every_choice_is_recorded():
    choose(session(), "both")
    assert Booking.objects.get().events.get().verb == "reach chosen"


def address(booking, scope="reach") -> str:
    return f"/b/{links.make(booking, scope)}/reach/"


@pytest.fixture
def robins(client):
    set_clock(NOW)
    return session()


def test_the_form_stands_on_the_bookings_page_and_does_not_show_the_number(client, robins):
    page = client.get(f"/b/{links.make(robins)}/").text
    assert f'action="{address(robins)}"' in page
    assert re.findall(r'value="(\w+)" checked', page) == ["mail"]
    assert "7700" not in page


def test_posting_chooses_and_leads_back_to_the_booking(client, robins):
    answer = client.post(address(robins), {"way": "both", "phone": ""})
    assert (answer.status_code, answer["Location"]) == (303, f"/b/{links.make(robins)}/#reach")
    assert Booking.objects.get().reach == "both"
    assert 'value="both" checked' in client.get(answer["Location"]).text


@pytest.mark.parametrize(
    ("way", "stopped", "words"),
    [
        ("mail", False, "Reminders come by e-mail now."),
        ("sms", False, "Reminders come by text message now."),
        ("both", False, "Reminders come by e-mail and by text message now."),
        ("sms", True, "Reminders come by e-mail now."),
    ],
)
def test_the_page_says_by_which_way_reminders_come(client, robins, way, stopped, words):
    choose(robins, way)
    if stopped:
        stop_texts(number=NUMBER, now=NOW)
    assert words in client.get(f"/b/{links.make(robins)}/").text


def test_a_number_may_be_written_in_any_way(client, robins):
    client.post(address(robins), {"way": "sms", "phone": "07700 900 555"})
    assert Booking.objects.get().phone == "+447700900555"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({}, "Choose how we reach you"),
        ({"way": "pigeon"}, "Choose how we reach you"),
        ({"way": "sms", "phone": "words"}, "Enter a phone number, like 07400 123456, or leave this empty"),
        ({"way": "sms", "phone": "077\u202e00"}, "Type this again by hand: it holds signs that cannot be seen."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(client, robins, typed, problem):
    answer = client.post(address(robins), typed)
    assert (answer.status_code, answer.text.count(problem)) == (422, 2)
    assert Booking.objects.get().version == 1


def test_without_a_number_texts_need_one(client):
    set_clock(NOW)
    booking = session(client=make.client(email="robin@mail.example"))
    assert "Enter a mobile number for text messages" in client.post(address(booking), {"way": "sms"}).text


def test_a_stopped_number_is_told_how_to_begin_again(client, robins):
    stop_texts(number=NUMBER, now=NOW)
    answer = client.post(address(robins), {"way": "sms"})
    assert (answer.status_code, "Send START from it" in answer.text) == (422, True)


@pytest.mark.parametrize("scope", ["view", "confirm", "mail"])
def test_a_link_for_something_else_chooses_nothing(client, robins, scope):
    assert client.post(address(robins, scope), {"way": "mail"}).status_code == 404


def test_a_cancelled_booking_offers_nothing_and_changes_nothing(client, robins):
    Booking.objects.update(status="cancelled")
    assert "How shall we reach you?" not in client.get(f"/b/{links.make(robins)}/").text
    assert client.post(address(robins), {"way": "sms"}).status_code == 303
    assert (Booking.objects.get().reach, may_text(NUMBER)) == ("", False)


def test_without_a_gateway_there_is_nothing_to_choose(client, robins, settings):
    settings.SMS_BACKEND = "off"
    assert "How shall we reach you?" not in client.get(f"/b/{links.make(robins)}/").text
    assert client.post(address(robins), {"way": "sms"}).status_code == 404


def test_somebody_who_tries_number_after_number_is_stopped(client, robins):
    answers = [client.post(address(robins), {"way": "mail"}).status_code for _ in range(11)]
    assert answers == [303] * 10 + [429]


SECRET = "s" * 20


def inbound(client, body, secret=SECRET, **words):
    return client.post(f"/sms/inbound/{secret}/", body, **words)


@pytest.fixture
def answers(settings):
    settings.SMS_INBOUND_SECRET = SECRET


@pytest.mark.parametrize("word", ["STOP", "stop", " Stop. ", "STOPALL", "Unsubscribe", "END", "quit", "BAJA", "¡Alto!"])
def test_a_stop_word_ends_texts_to_that_number(client, answers, word):
    agree_to_texts(NUMBER, NOW)
    assert inbound(client, {"from": NUMBER, "text": word}).status_code == 204
    assert not may_text(NUMBER)


def test_other_words_change_nothing(client, answers):
    agree_to_texts(NUMBER, NOW)
    assert inbound(client, {"from": NUMBER, "text": "When does it end?"}).status_code == 204
    assert may_text(NUMBER)


@pytest.mark.parametrize("number", [NUMBER, "447700900123", "00447700900123", "+44 7700 900-123"])
def test_start_begins_again_however_the_gateway_writes_the_number(client, answers, number):
    stop_texts(number=NUMBER, now=NOW)
    body = {"from": number, "text": "Start"}
    assert inbound(client, body, content_type="application/json").status_code == 204
    assert may_text(NUMBER)


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "7", '{"from": 7, "text": "STOP"}', '{"from": "+447700900123"}', "[" * 100_000]
    + ['{"from": "me", "text": "STOP"}', '{"from": "+447700900123", "text": ["STOP"]}', b"\xff"],
)
def test_what_is_no_answer_is_a_bad_request_in_plain_words(client, answers, body):
    answer = inbound(client, body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert not SmsConsent.objects.exists()


@pytest.mark.parametrize(("own", "tried"), [(SECRET, "t" * 20), ("", ""), ("", "x"), (SECRET, "é")])
def test_without_the_secret_there_is_no_such_page(client, settings, own, tried):
    settings.SMS_INBOUND_SECRET = own
    assert client.post(f"/sms/inbound/{tried or '-'}/", {"from": NUMBER, "text": "STOP"}).status_code == 404
    assert not SmsConsent.objects.exists()


def test_a_choice_an_hour_later_sends_no_text_for_what_is_over():
    booking = session()
    choose(booking, "sms", now=NOW + timedelta(hours=1))
    assert min(booking.messages.filter(channel="sms").values_list("due_at", flat=True)) > NOW + timedelta(hours=1)
