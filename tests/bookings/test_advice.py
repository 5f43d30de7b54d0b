"""Which advice a client gets: the treatment's own words before the style's before the studio's."""

import pytest

from bookings.advice import day_steps, moments_for
from tests import factories as make

pytestmark = pytest.mark.django_db


def titles(booking) -> list[str]:
    return [moment.title for moment in moments_for(booking)]


def test_a_studio_that_has_written_nothing_gives_the_usual_advice():
    assert "Finish eating by 7:30" in titles(make.booking())


def test_the_studios_own_words_replace_the_usual_advice():
    make.guidance(title="Eat until {time}")
    assert titles(make.booking()) == ["Eat until 7:30"]


def test_the_style_wins_over_the_studio_and_the_treatment_over_the_style():
    booking = make.booking()
    treatment = booking.length.treatment
    make.guidance(kind="clothes", title="Studio", offset_minutes=0)
    make.guidance(kind="clothes", title="Style", offset_minutes=0, style=treatment.style)
    assert titles(booking) == ["Style"]
    make.guidance(kind="clothes", title="Treatment", offset_minutes=0, treatment=treatment)
    assert titles(booking) == ["Treatment"]


def test_advice_of_other_styles_and_treatments_is_left_out():
    make.guidance(title="Ours")
    make.guidance(kind="clothes", title="Other style", style=make.style())
    make.guidance(kind="clothes", title="Other treatment", treatment=make.treatment())
    assert titles(make.booking()) == ["Ours"]


def test_words_are_in_the_language_of_the_booking():
    make.guidance(title={"en": "Finish eating", "es": "Termina de comer"})
    assert titles(make.booking(language="es")) == ["Termina de comer"]


def test_one_query_reads_it(django_assert_num_queries):
    make.guidance()
    booking = make.booking()
    with django_assert_num_queries(1):
        moments_for(booking)


def test_days_in_the_words_are_in_the_language_of_the_booking():
    make.guidance(title={"es": "El {day} hasta las {time}"})
    assert titles(make.booking(language="es")) == ["El martes 24 de noviembre hasta las 7:30"]


def test_a_day_has_the_session_among_its_advice_and_what_to_wear_in_the_sessions_line():
    make.guidance(title="Finish eating", text="A snack is fine.")
    make.guidance(kind="clothes", title="Loose clothes", text="No belt.", offset_minutes=-30)
    make.guidance(kind="water_after", anchor="end", title="Water", offset_minutes=10)
    booking = make.booking(therapist=make.therapist(name="Ana"), treatment_name="Back")
    assert [(f"{step.at:%H:%M}", step.title, step.text, step.here) for step in day_steps(booking)] == [
        ("07:30", "Finish eating", "A snack is fine.", False),
        ("09:00", "Back with Ana", "30 minutes. Loose clothes. No belt.", True),
        ("09:40", "Water", "", False),
    ]
