"""/studio/advice/: what clients are asked to do around a session, for all, for a style, for a treatment."""

import re

import pytest

from bookings.advice import moments_for
from tests import factories as make
from tests.factories import at
from treatments.models import Guidance

pytestmark = pytest.mark.django_db
OWN = "/studio/advice/studio/1/"
MEAL = {"meal_title_en": "Eat by {time}", "meal_minutes": "60"}


def send(client, path, status, **typed):
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]
    answer = client.post(path, {"seen": seen, "do": "save"} | typed)
    assert answer.status_code == status
    return answer.text


def read_by(cast, treatment="back30", language="en"):
    """The headings that a client of a session at noon reads."""
    booking = make.new_booking(start=at(12, days=1), length=getattr(cast, treatment), language=language)
    return [moment.title for moment in moments_for(booking)]


def test_it_begins_with_the_usual_words(client, ada, cast):
    html = client.get(OWN).text
    assert 'value="Finish eating by {time}"' in html and 'name="meal_minutes" type="number"' in html
    assert "Finish eating by 12:50" in html  # the example begins at 14:20
    assert Guidance.objects.count() == 0


def test_what_is_saved_is_what_clients_read(client, ada, cast):
    send(client, OWN, 303, **MEAL, water_after_title_en="Drink", water_after_minutes="15")
    assert read_by(cast) == ["Eat by 11:00", "Drink"]
    assert list(Guidance.objects.order_by("pk").values_list("anchor", "offset_minutes")) == [
        ("start", -60),
        ("end", 15),
    ]


def test_words_of_a_style_and_of_a_treatment_win(client, ada, cast):
    send(client, OWN, 303, **MEAL)
    send(client, f"/studio/advice/styles/{cast.bars.pk}/", 303, clothes_title_en="Under a sheet", clothes_minutes="0")
    send(client, f"/studio/advice/treatments/{cast.back.pk}/", 303, meal_title_en="Back: by {time}", meal_minutes="30")
    assert (read_by(cast), read_by(cast, "oil30")) == (["Back: by 11:30"], ["Eat by 11:00", "Under a sheet"])
    assert client.get("/studio/advice/").text.count("own words</span>") == 2


def test_each_language_has_its_words(client, ada, cast):
    send(client, OWN, 303, **MEAL, meal_title_es="Come antes de las {time}")
    assert read_by(cast, language="es") == ["Come antes de las 11:00"]


def test_a_preview_saves_nothing(client, ada, cast):
    html = send(client, OWN, 200, **MEAL, do="preview", time="18:00", language="en")
    assert "Eat by 17:00" in html
    assert Guidance.objects.count() == 0


def test_the_studios_own_comes_first(client, ada, cast):
    assert client.get(f"/studio/advice/styles/{cast.mat.pk}/")["Location"] == "/studio/advice/"
    assert "/studio/advice/styles/" not in client.get("/studio/advice/").text


def test_former_words_come_back(client, ada, cast):
    send(client, OWN, 303, **MEAL)
    send(client, OWN, 303, **MEAL | {"meal_title_en": "Later"})
    number = re.search(r'name="version" value="(\d+)"', client.get(OWN).text)[1]
    assert client.post("/studio/menu/advice/1/restore/", {"version": number}).status_code == 303
    assert read_by(cast) == ["Eat by 11:00"]


def test_the_studios_own_stays_while_a_style_has_words(client, ada, cast):
    send(client, OWN, 303, **MEAL)
    make.guidance(style=cast.mat, kind="clothes")
    number = re.findall(r'name="version" value="(\d+)"', client.get(OWN).text)[-1]
    answer = client.post("/studio/menu/advice/1/restore/", {"version": number})
    assert answer.status_code == 409 and "keep some of the studio" in answer.text
    assert "Eat by 11:00" in read_by(cast)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Write one heading at least: without any, clients read the usual advice."),
        ({"meal_text_en": "By {time}."}, "Write a heading, or empty the text as well: then it is left out."),
        ({"meal_title_en": "By {tme}"}, "{tme} is not known. Use one of these: {time}, {day}, {start_time},"),
        ({"meal_title_en": "By {time"}, "A brace stands alone."),
        ({"meal_title_en": "x" * 81}, "Shorten this to 80 letters or fewer."),
        (MEAL | {"meal_minutes": "-5"}, "Type a whole number of minutes, from 0 to 10080 (a week)."),
    ],
)
def test_words_that_cannot_be_are_told_at_the_field(client, ada, cast, typed, words):
    assert send(client, OWN, 422, **typed).count(words) == 2
    assert Guidance.objects.count() == 0


def test_somebody_elses_words_are_not_written_over(client, ada, cast):
    seen = re.search(r'name="seen" value="(\w+)"', client.get(OWN).text)[1]
    send(client, OWN, 303, **MEAL)
    answer = client.post(OWN, {"seen": seen, "do": "save", "meal_title_en": "Mine"})
    assert answer.status_code == 409 and "Somebody else saved this page meanwhile" in answer.text
    assert read_by(cast) == ["Eat by 11:00"]
