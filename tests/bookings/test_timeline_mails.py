"""What a client reads the day before, before the meal, afterwards, the next day, and when her session changes."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from bookings import actions, links, reminders
from bookings.models import Booking, Message
from bookings.models.event import CLIENT
from bookings.outbox import delivery
from bookings.outbox.compose import Composed, compose
from tests import factories as make
from tests.factories import NOW, at
from treatments.placeholders import PLACEHOLDERS, BadWords

pytestmark = pytest.mark.django_db
KINDS = ("day_before", "before_meal", "aftercare", "next_day")


def session(**fields) -> Booking:
    """Robin on Friday 27 November 2026 at 14:20 in London, with Ana."""
    client = fields.pop("client", None) or make.client(name="Robin Hale", email="robin@mail.example")
    words = {"therapist": make.therapist(name="Ana"), "treatment_name": "Back on the mat", "reference": "SS 4K7QX"}
    return make.booking(**{"client": client, "start": at(14, 20, days=4)} | words | fields)


def written(booking, kind) -> Composed:
    reminders.plan(booking=booking, now=NOW)
    return compose(Message.objects.get(booking=booking, kind=kind))


def moved(booking, by: timedelta) -> Booking:
    """The booking after a move of which its client, who had her confirmation, must hear."""
    during = type(booking.during)(booking.during.lower + by, booking.during.upper + by)
    reminders.plan(booking=booking, now=NOW)
    booking.messages.filter(kind="confirmation").update(state="sent", sent_at=NOW)
    words = {"during": during, "therapist_block": during, "room_block": during, "edition": 2}
    Booking.objects.filter(pk=booking.pk).update(**words, free_cancel_until=during.lower - timedelta(hours=24))
    fresh = Booking.objects.get(pk=booking.pk)
    reminders.replan(booking=fresh, before_edition=1, now=NOW)
    return fresh


def parts(composed: Composed) -> list[str]:
    """The text and the HTML, each as one long line."""
    return [" ".join(part.split()) for part in (composed.text, composed.html)]


@pytest.mark.parametrize(
    ("kind", "subject", "words"),
    [
        ("day_before", "Friday 27 November 2026, 14:20: your session with Ana", "Drink water from now on"),
        ("day_before", "Friday 27 November 2026, 14:20: your session with Ana", "Finish eating by 12:50."),
        ("day_before", "Friday 27 November 2026, 14:20: your session with Ana", "Please arrive at 14:10."),
        (
            "day_before",
            "Friday 27 November 2026, 14:20: your session with Ana",
            "until Thursday 26 November 2026, 14:20",
        ),
        ("before_meal", "Finish eating by 12:50", "Please finish eating by 12:50"),
        ("before_meal", "Finish eating by 12:50", "Friday 27 November 2026, 14:20 to 14:50"),
        ("aftercare", "After your session: water and rest", "Take it gently for the rest of the day."),
        ("next_day", "How do you feel after your session?", "How do you feel after your session with Ana?"),
    ],
)
def test_text_and_html_both_say(kind, subject, words):
    composed = written(session(), kind)
    assert composed.subject == subject
    assert [words in part for part in parts(composed)] == [True, True]


@pytest.mark.parametrize("kind", KINDS)
def test_no_step_leaves_a_brace_an_empty_place_or_a_calendar_file(kind):
    composed = written(session(), kind)
    assert [sign in composed.subject + composed.text for sign in ("{", "}", "  .", "None")] == [False] * 4
    assert (composed.attachments, composed.reply_to) == ((), "hello@stoneandstep.example")


def test_the_day_before_leads_to_confirming_and_to_the_booking():
    booking = make.mailed(session())
    composed = written(booking, "day_before")
    for link in (links.confirm_url(booking), links.url(booking)):
        assert [link in part for part in parts(composed)] == [True, True]


def test_two_sessions_of_a_day_are_both_named_the_day_before():
    booking = session()
    session(client=booking.client, start=at(18, 20, days=4), therapist=make.therapist(name="Mei"), reference="SS 2")
    words = "On the same day you also have: 18:20, Back on the mat with Mei."
    assert [words in part for part in parts(written(booking, "day_before"))] == [True, True]


def test_the_studios_words_are_used_with_their_placeholders_filled():
    make.reminder_step(subject="{name}, {eat_by}!", text="{treatment} at {time}, {place}. <b>{phone}</b>")
    composed = written(session(), "before_meal")
    assert composed.subject == "Robin, 12:50!"
    line = "Back on the mat at 14:20, Stone & Step, 3 Weir Lane, Millford."
    assert f"{line} <b>01632 960 123</b>" in parts(composed)[0]
    assert f"{line.replace('&', '&amp;')} &lt;b&gt;01632 960 123&lt;/b&gt;" in parts(composed)[1]


def test_every_placeholder_can_be_filled():
    everything = "\n".join(f"{name}: {{{name}}}" for name in PLACEHOLDERS)
    make.reminder_step(text=everything, offset_minutes=-2000)
    lines = written(session(), "before_meal").text
    assert [name for name in PLACEHOLDERS if f"{name}: " not in lines.replace("\n", " ")] == []


def test_words_are_in_the_language_of_the_booking():
    make.reminder_step(subject={"en": "Eat", "es": "Come"}, text={"en": "By {eat_by}", "es": "Hasta las {eat_by}"})
    composed = written(session(language="es"), "before_meal")
    assert (composed.subject, "Hasta las 12:50" in composed.text) == ("Come", True)


def test_advice_that_the_studio_does_not_give_is_left_out():
    make.guidance(kind="meal", title="Finish eating")
    text = written(session(), "day_before").text
    assert ("Finish eating by 12:50." in text, "Please arrive" in text) == (True, False)


def test_nobody_is_asked_to_arrive_at_her_own_home():
    make.reminder_step(
        kind="day_before", offset_minutes=-1440, subject="At {place}", text="Hello\nAt our door by {arrive_at}."
    )
    composed = written(session(at_home=True), "day_before")
    assert (composed.subject, "At our door" in composed.text) == ("At your home", False)


@pytest.mark.parametrize("words", [{"subject": "{nonsense}"}, {"text": "{nonsense}"}, {"text": "{clothes}"}])
def test_words_that_cannot_be_filled_are_not_sent_in_part(words):
    make.guidance(kind="meal", title="Finish eating")
    make.reminder_step(**words)
    with pytest.raises(BadWords):
        written(session(), "before_meal")


def test_such_a_message_fails_with_its_reason_and_stops_nobody_else(settings, tmp_path):
    make.reminder_step(text="{nonsense}")
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    Message.objects.exclude(kind__in=["before_meal", "day_before"]).delete()
    deliver(settings, tmp_path, now=at(11, 30, days=4))
    states = dict(Message.objects.values_list("kind", "state"))
    assert states == {"before_meal": "failed", "day_before": "skipped"}
    assert Message.objects.get(kind="before_meal").reason.startswith("{nonsense} is not known. Use one of these:")


def deliver(settings, folder, now) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = folder
    delivery.deliver_due(now)


@pytest.mark.parametrize(
    ("hour", "state", "due"),
    [(20, "sent", at(19)), (22, "queued", at(8, days=1)), (7, "queued", at(8))],
)
def test_what_could_not_leave_in_time_waits_for_the_quiet_hours_to_end(settings, tmp_path, hour, state, due):
    booking = session()
    reminders.plan(booking=booking, now=NOW - timedelta(days=3))
    booking.messages.exclude(kind="day_before").delete()
    booking.messages.update(due_at=at(19) if hour > 12 else at(6))
    deliver(settings, tmp_path, now=at(hour))
    message = booking.messages.get()
    assert (message.state, message.due_at, message.attempts) == (state, due, int(state == "sent"))


OLD_TIMES = ("14:20", "12:50", "14:10", "14:50", "12:20", "15:00", "15:20")
OLD_DAYS = ("27 November", "26 November", "Friday")


@pytest.mark.parametrize(
    ("by", "gone"),
    [
        (timedelta(days=37), OLD_DAYS),
        (timedelta(hours=1, minutes=5), OLD_TIMES),
        (timedelta(days=2, minutes=35), OLD_DAYS + OLD_TIMES),
    ],
)
def test_a_move_changes_every_printed_time(by, gone):
    booking = moved(session(), by)
    for message in booking.messages.filter(state="queued").exclude(kind__in=["aftercare", "next_day"]):
        text = compose(message).text
        start = booking.starts_at
        assert f"{start:%A} {start.day} {start:%B %Y}, {start:%H:%M}" in " ".join(text.split())
        assert [old for old in gone if old in text] == []


def test_the_message_of_a_move_says_that_it_replaces_the_earlier_one():
    composed = compose(moved(session(), timedelta(hours=2)).messages.get(kind="moved"))
    assert composed.subject == "Changed: Friday 27 November 2026, 16:20 with Ana"
    words = "What stands here replaces what we wrote before."
    assert [words in part for part in parts(composed)] == [True, True]


def entry(composed: Composed):
    ((_name, content, media_type),) = composed.attachments
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return calendar["METHOD"], media_type.rpartition("=")[2], event["UID"], event["SEQUENCE"], event["STATUS"]


def test_the_calendar_entry_is_made_moved_and_taken_out_under_one_name():
    booking = session()
    uid = f"{booking.key}@localhost"
    assert entry(written(booking, "confirmation")) == ("PUBLISH", "PUBLISH", uid, 0, "CONFIRMED")
    booking = moved(booking, timedelta(hours=1))
    assert entry(compose(booking.messages.get(kind="moved"))) == ("PUBLISH", "PUBLISH", uid, 2, "CONFIRMED")
    booking = actions.cancel(booking=booking, by=CLIENT, now=NOW)
    assert entry(compose(booking.messages.get(kind="cancelled"))) == ("CANCEL", "CANCEL", uid, 3, "CANCELLED")


def test_a_cancellation_says_so_and_leads_to_another_time():
    booking = actions.cancel(booking=session(), by=CLIENT, now=NOW)
    composed = compose(booking.messages.get(kind="cancelled"))
    assert composed.subject == "Cancelled: Friday 27 November 2026, 14:20 with Ana"
    for words in ("You get no more messages about it.", "http://localhost:8000/book/"):
        assert [words in part for part in parts(composed)] == [True, True]


@pytest.mark.parametrize(
    ("start", "water", "meal", "listed"),
    [
        (at(13, 20), True, True, False),
        (at(14), True, False, True),
        (at(17), False, False, True),
    ],
)
def test_a_late_booking_is_told_what_still_counts_now(start, water, meal, listed):
    text, html = parts(written(session(start=start), "confirmation"))
    for part in (text, html):
        assert ("Drink water from now on" in part) == water
        assert ("Please eat nothing more before the session." in part) == meal
        assert ("Finish eating by" in part) == listed
