"""The calendar file and the links that fill in an entry elsewhere."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar

from bookings import calendar_file, links
from tests import factories as make

pytestmark = pytest.mark.django_db
SUMMER = datetime(2026, 7, 10, 13, 20, tzinfo=UTC)  # 14:20 on the wall in London


def entry(booking):
    return Calendar.from_ical(calendar_file.ics(booking)).walk("VEVENT")[0]


def session(**fields):
    fields = {"therapist": make.therapist(name="Ana"), "treatment_name": "Back on the mat", "start": SUMMER} | fields
    return make.booking(**fields)


def test_times_are_written_in_utc():
    lines = calendar_file.ics(session()).split(b"\r\n")
    assert [line for line in lines if line.startswith((b"DTSTART", b"DTEND", b"METHOD"))] == [
        b"METHOD:PUBLISH",
        b"DTSTART:20260710T132000Z",
        b"DTEND:20260710T135000Z",
    ]


def test_what_when_and_where():
    booking = session()
    event = entry(booking)
    assert (event["SUMMARY"], event["LOCATION"], event["URL"], event["STATUS"]) == (
        "Back on the mat with Ana",
        "Stone & Step, 3 Weir Lane, Millford",
        links.url(booking),
        "CONFIRMED",
    )


def test_the_description_prepares_and_names_the_last_free_moment():
    make.guidance(title="Finish eating", text="A small snack is fine.")
    make.guidance(kind="clothes", title="Loose clothes", offset_minutes=0)
    booking = session(reference="SS4K7Q", screening="call_first")
    assert str(entry(booking)["DESCRIPTION"]).split("\n") == [
        "12:50 Finish eating. A small snack is fine.",
        "14:20 Back on the mat with Ana. 30 minutes. Loose clothes.",
        "",
        "Free to change or cancel until Thursday 9 July 2026, 14:20.",
        "Reference SS4K7Q. Phone 01632 960 123.",
        "We ring you before the session.",
    ]


def test_a_later_edition_replaces_the_entry_of_an_earlier_one():
    first = entry(booking := session())
    booking.edition = 3
    later = entry(booking)
    assert (first["UID"], first["SEQUENCE"]) == (f"{booking.key}@localhost", 0)
    assert (later["UID"], later["SEQUENCE"]) == (f"{booking.key}@localhost", 4)


def test_a_session_that_is_on_again_replaces_its_cancellation():
    booking, numbers = session(), []
    for status, edition in (("booked", 1), ("cancelled", 1), ("booked", 2), ("cancelled", 2), ("booked", 3)):
        booking.status, booking.edition = status, edition
        numbers.append(entry(booking)["SEQUENCE"])
    assert numbers == [0, 1, 2, 3, 4]


def test_the_same_edition_is_the_same_file():
    booking = session()
    assert calendar_file.ics(booking) == calendar_file.ics(booking)


def test_it_does_not_say_who_the_client_is():
    client = make.client(name="Robin Hale", email="robin@mail.example", phone="+447700900123")
    booking = session(client=client, note="Left hip")
    everything = calendar_file.ics(booking).decode() + calendar_file.google_url(booking)
    assert not [word for word in ("Robin", "robin", "7700", "hip") if word in everything]


def test_names_cannot_add_lines_to_the_file():
    booking = session(treatment_name="Mat\r\nATTENDEE:mailto:somebody@mail.example")
    assert b"\r\nATTENDEE" not in calendar_file.ics(booking)


def test_google_and_outlook_are_told_the_same_time_and_not_the_link():
    booking = session()
    google = parse_qs(urlsplit(calendar_file.google_url(booking)).query)
    outlook = parse_qs(urlsplit(calendar_file.outlook_url(booking)).query)
    assert google["dates"] == ["20260710T132000Z/20260710T135000Z"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2026-07-10T13:20:00Z"], ["2026-07-10T13:50:00Z"])
    assert not [words for words in (google["details"][0], outlook["body"][0]) if "/b/" in words]


def test_the_words_are_in_the_language_of_the_booking():
    make.guidance(title={"en": "Finish eating", "es": "Termina de comer"})
    assert str(entry(session(language="es"))["DESCRIPTION"]).startswith("12:50 Termina de comer.")
