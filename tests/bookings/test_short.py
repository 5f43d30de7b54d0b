"""A message in one text: at most 160 characters of the phone's alphabet, the link whole, nobody named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings import links, reach, reminder_rows
from bookings.models import Message
from bookings.outbox.compose import compose
from bookings.outbox.short import BASIC, EXTENDED, LONGEST, cut, fit, gsm, septets
from clients.consent import agree_to_texts
from tests import factories as make
from tests.factories import NOW, at

NUMBER = "+447700900123"
LINK = "https://book.example.org/b/1a.1.zJ8qXy0m2v5tT1u8k3n6p9s2w5z8C1F4I7L0O3R6U9X/"
KINDS = ("confirmation", "moved", "cancelled", "other_time", "stands", *reminder_rows.TIMELINE)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Stone & Step", "Stone & Step"),
        ("Jose\u0301, mañana", "José, mañana"),
        ("¡Hasta el miércoles!", "¡Hasta el miércoles!"),
        ("sábado, próximo, aquí", "sabado, proximo, aqui"),
        ("“Ana’s” – 14:20…", '"Ana\'s" - 14:20...'),
        ("Ana \u200b🙂 νερό Φ", "Ana Φ"),
        ("two\nlines\r\n\tof it", "two lines of it"),
    ],
)
def test_a_text_uses_the_alphabet_of_phones(typed, written):
    assert set(gsm(typed)) <= BASIC | EXTENDED
    assert gsm(typed) == written


def test_some_signs_take_the_place_of_two():
    assert [septets("abc"), septets("a€c"), septets("[]{}"), septets("")] == [3, 4, 8, 0]


@pytest.mark.parametrize(
    ("longest", "words"), [(20, "Friday with Ana"), (15, "Friday with Ana"), (14, "Friday with."), (4, "Fri.")]
)
def test_words_are_cut_between_words(longest, words):
    assert cut("Friday with Ana", longest) == words


def test_what_does_not_fit_gives_way_from_the_end():
    sentences = [
        "Friday 27 November, 14:20 with Ana.",
        "Finish eating by 12:50.",
        "Drink water, as much as feels good.",
    ]
    assert fit("Stone & Step", sentences, LINK) == f"Stone & Step: {sentences[0]} {sentences[1]} {LINK}"


def test_a_later_sentence_takes_the_room_that_a_long_one_leaves():
    assert fit("S", ["One.", "x" * 150, "Two."], "https://l/") == "S: One. Two. https://l/"


def test_a_long_name_is_cut_before_the_words():
    name = "The Wonderful Barefoot Massage Studio of Upper Millford"
    sentence = "Wednesday 30 September, 14:20 with Ana-Maria."
    assert fit(name, [sentence], LINK) == f"The Wonderful Barefoot.: {sentence} {LINK}"
    assert fit("Νερό", [sentence], LINK) == f"{sentence} {LINK}"


WORDS = st.text(st.sampled_from("ab€[ éñ–🙂ω\n.") | st.characters(), max_size=120)


@settings(max_examples=300, deadline=None)
@given(WORDS, st.lists(WORDS, min_size=1, max_size=4), st.integers(0, 90))
def test_whatever_is_said_it_is_one_text_and_the_link_is_whole(sender, sentences, length):
    link = ("https://h/" + "k" * length) if length else ""
    text = fit(sender, sentences, link)
    assert septets(text) <= LONGEST
    assert set(text) <= BASIC | EXTENDED
    assert text.endswith(link)


def session(**fields):
    """Robin on Friday 27 November 2026 at 14:20 in London, with Ana; texts are wanted and agreed to."""
    client = make.client(name="Robin Hale", email="robin@mail.example", phone=NUMBER)
    agree_to_texts(NUMBER, NOW)
    words = {"therapist": make.therapist(name="Ana"), "treatment_name": "Back on the mat", "reach": "sms"}
    return make.booking(**{"client": client, "start": at(14, 20, days=4), "note": "Left hip"} | words | fields)


def written(booking, kind) -> str:
    row = make.message(booking=booking, kind=kind, channel=reach.SMS, key=reminder_rows.key(booking, kind, "sms"))
    assert compose(row).recipient == NUMBER
    return compose(row).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("confirmation", "Booked: Friday 27 November, 14:20 with Ana. Finish eating by 12:50."),
        ("moved", "Changed. Now Friday 27 November, 14:20 with Ana. Finish eating by 12:50."),
        ("cancelled", "Cancelled: Friday 27 November, 14:20 with Ana."),
        ("day_before", "Friday 27 November, 14:20 with Ana. Finish eating by 12:50."),
        ("before_meal", "Finish eating by 12:50, your session is at 14:20. Keep drinking water."),
        ("aftercare", "Thank you for coming. Drink water and take it gently today."),
        ("next_day", "How do you feel after your session? Questions: 01632 960 123."),
    ],
)
def test_each_kind_says_what_matters_and_leads_to_the_booking(kind, words, settings):
    settings.SITE_URL = "https://ss.example"  # a long address leaves no room for every sentence
    booking = session()
    text = written(booking, kind)
    assert text.startswith(f"Stone & Step: {words}")
    assert text.endswith(f" {links.url(booking)}")
    assert septets(text) <= LONGEST


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_no_text_says_who_the_client_is_or_what_she_has(kind):
    booking = session()
    text = written(booking, kind).replace(links.url(booking), "")  # any letters may stand in a signed link
    assert [word for word in ("Robin", "Hale", "robin@", "7700", "hip", "{", "None") if word in text] == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_fits_in_spanish_too(kind):
    assert septets(written(session(language="es"), kind)) <= LONGEST


@pytest.mark.django_db
def test_a_text_says_how_to_end_texts_where_that_works(settings):
    settings.SMS_INBOUND_SECRET = "s" * 20
    assert " STOP ends texts. http" in written(session(), "cancelled")


@pytest.mark.django_db
def test_a_text_does_not_need_the_studios_long_words():
    make.reminder_step(text="{nonsense}")
    assert "Finish eating by 12:50" in written(session(), "before_meal")
    assert Message.objects.count() == 1
