"""What a client reads in her confirmation."""

import pytest

from bookings import links, reminders
from bookings.models import Message
from bookings.outbox.compose import Composed, compose
from tests import factories as make
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db


def session(**fields):
    """Robin on Friday 27 November 2026 at 14:20 in London, with Ana."""
    client = make.client(name="Robin Hale", email="robin@mail.example")
    words = {"therapist": make.therapist(name="Ana"), "treatment_name": "Back on the mat", "reference": "SS4K7Q"}
    return make.booking(**{"client": client, "start": at(14, 20, days=4)} | words | fields)


def confirm(booking) -> Composed:
    reminders.plan(booking=booking, now=NOW)
    return compose(booking.messages.get(kind="confirmation"))


def parts(composed: Composed) -> list[str]:
    """The text and the HTML, each as one long line."""
    return [" ".join(part.split()) for part in (composed.text, composed.html)]


def test_the_subject_says_when_and_with_whom():
    assert confirm(session()).subject == "Booked: Friday 27 November 2026, 14:20 with Ana"


@pytest.mark.parametrize(
    "words",
    [
        "Hello Robin,",
        "Friday 27 November 2026, 14:20 to 14:50, with Ana.",
        "Back on the mat, 30 minutes. £45, paid at the studio.",
        "Reference SS4K7Q.",
        "3 Weir Lane, Millford",
        "01632 960 123",
        "Finish eating by 12:50",
        "Loose clothes. You stay dressed.",
        "Drink water again",
        "Free to change or cancel until Thursday 26 November 2026, 14:20.",
        "All times are studio time (Europe/London).",
        "Barefoot massage is for rest and comfort. It is not medical treatment.",
    ],
)
def test_text_and_html_both_say(words):
    make.guidance(title="Finish eating by {time}")
    make.guidance(kind="clothes", title="Loose clothes", text="You stay dressed.", offset_minutes=0)
    make.guidance(kind="water_after", anchor="end", title="Drink water again", offset_minutes=10)
    assert [words in part for part in parts(confirm(session()))] == [True, True]


def test_the_day_stands_in_order_in_the_text():
    make.guidance(title="Finish eating", text="A small snack is fine.")
    make.guidance(kind="clothes", title="Loose clothes", offset_minutes=0)
    make.guidance(kind="water_after", anchor="end", title="Water", offset_minutes=10)
    text = confirm(session()).text
    assert text[text.index("  12:50") : text.index("\n\nCHANGE")].split("\n") == [
        "  12:50  Finish eating",
        "         A small snack is fine.",
        "  14:20  Back on the mat with Ana",
        "         30 minutes. Loose clothes.",
        "  15:00  Water",
    ]


def test_times_are_those_on_the_wall_of_the_studio():
    place = make.location(zone_name="Australia/Adelaide")
    composed = confirm(session(room=make.room(location=place)))
    assert composed.subject == "Booked: Saturday 28 November 2026, 0:50 with Ana"


def test_both_parts_carry_the_signed_link():
    booking = session()
    assert [links.url(booking) in part for part in parts(confirm(booking))] == [True, True]


def test_the_calendar_file_is_attached():
    ((name, content, media_type),) = confirm(session()).attachments
    assert (name, content[:15], media_type.split(";")[0]) == ("session.ics", b"BEGIN:VCALENDAR", "text/calendar")


def test_answers_go_to_the_studio():
    composed = confirm(session())
    assert (composed.recipient, composed.reply_to) == ("robin@mail.example", "hello@stoneandstep.example")


@pytest.mark.parametrize(("screening", "said"), [("call_first", True), ("clear", False)])
def test_the_call_is_announced_only_when_it_comes_first(screening, said):
    composed = confirm(session(screening=screening))
    words = "You said that something may apply to you. Your time is kept. You can also ring us now:"
    assert [words in part for part in parts(composed)] == [said, said]


@pytest.mark.parametrize(
    ("email", "start", "status", "said"),
    [
        ("ROBIN@mail.example", at(14, 45, days=4), "booked", True),
        ("ROBIN@mail.example", at(13, 55, days=4), "booked", True),
        ("robin@mail.example", at(14, 50, days=4), "booked", False),
        ("robin@mail.example", at(14, 20, days=4), "cancelled", False),
        ("kim@mail.example", at(14, 20, days=4), "booked", False),
    ],
)
def test_a_second_session_at_the_same_time_is_pointed_out(email, start, status, said):
    booking, other = session(), make.booking(start=start, status=status)
    type(other).objects.filter(pk=other.pk).update(email=email)
    assert ["You now have two sessions at this time." in part for part in parts(confirm(booking))] == [said, said]


def test_a_late_booking_is_not_promised_a_free_cancellation():
    composed = confirm(session(start=at(15)))
    assert ["Free to change or cancel until" in part for part in parts(composed)] == [False, False]


def test_signs_of_html_are_plain_in_the_text_and_harmless_in_the_html():
    composed = confirm(session(treatment_name="Back & <b>hips</b>"))
    assert "Back & <b>hips</b>, 30 minutes." in composed.text
    assert "Back &amp; &lt;b&gt;hips&lt;/b&gt;, 30 minutes." in composed.html


def test_a_name_cannot_add_a_header_or_a_line():
    ana = make.therapist(name="Ana\r\nBcc: all@mail.example")
    assert (
        confirm(session(therapist=ana)).subject
        == "Booked: Friday 27 November 2026, 14:20 with Ana Bcc: all@mail.example"
    )


def test_it_is_written_in_the_language_of_the_booking():
    composed = confirm(session(language="es"))
    assert ['<html lang="es">' in composed.html, "viernes 27 de noviembre de 2026" in composed.subject] == [True, True]


def test_a_session_at_home_names_no_room():
    composed = confirm(session(at_home=True))
    assert ["We come to your home." in part for part in parts(composed)] == [True, True]


def test_three_queries_write_it(django_assert_num_queries):
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    message = Message.objects.select_related("booking__location__studio", "booking__therapist").get(kind="confirmation")
    with django_assert_num_queries(3):
        compose(message)


def test_words_that_a_row_brings_along_are_used_as_they_are():
    message = make.message(subject="Your\ncode", text="123456", recipient="ana@mail.example")
    assert compose(message) == Composed("ana@mail.example", "Your code", "123456")
