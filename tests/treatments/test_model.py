import pytest

from tests.factories import guidance, length, style, therapist, therapist_treatment, treatment
from tests.refused import refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", ["before_minutes", "after_minutes", "room_before_minutes", "room_after_minutes"])
def test_minutes_around_a_session_come_in_fives_up_to_two_hours(field):
    assert getattr(treatment(**{field: 120}), field) == 120
    for wrong in (7, 125):
        with refused("treatment_minutes_in_fives"):
            treatment(**{field: wrong})


def test_a_session_is_20_25_or_30_minutes_long():
    back = treatment()
    assert [length(treatment=back, minutes=minutes).minutes for minutes in (20, 25, 30)] == [20, 25, 30]
    for wrong in (15, 22, 35, 60):
        with refused("length_20_25_or_30"):
            length(minutes=wrong)


def test_a_price_is_not_negative():
    assert length(price="0.00").price == 0
    with refused("length_price_not_negative"):
        length(price="-0.01")


def test_a_treatment_has_each_length_once():
    back = treatment()
    length(treatment=back, minutes=20)
    length(treatment=back, minutes=30)
    with refused("length_once"):
        length(treatment=back, minutes=30)


def test_a_therapist_has_one_exception_a_treatment():
    ana, back = therapist(), treatment()
    therapist_treatment(therapist=ana, treatment=back, gives=False)
    therapist_treatment(therapist=ana, treatment=treatment())
    with refused("therapist_treatment_once"):
        therapist_treatment(therapist=ana, treatment=back)


def test_her_own_minutes_come_in_fives_too():
    assert therapist_treatment(therapist=therapist(), treatment=treatment(), after_minutes=15).before_minutes is None
    with refused("therapist_treatment_minutes_in_fives"):
        therapist_treatment(therapist=therapist(), treatment=treatment(), after_minutes=12)


def test_advice_is_for_a_treatment_or_a_style_or_the_studio():
    guidance()
    guidance(treatment=treatment())
    guidance(style=style())
    with refused("guidance_for_treatment_or_style"):
        guidance(treatment=treatment(), style=style())


def test_advice_comes_before_the_start_or_after_the_end():
    guidance(anchor="start", offset_minutes=0)
    guidance(kind="water_after", anchor="end", offset_minutes=0)
    for anchor, minutes in (("start", 5), ("end", -5), ("noon", 0)):
        with refused("guidance_before_or_after"):
            guidance(kind="arrival", anchor=anchor, offset_minutes=minutes)


def test_there_is_one_advice_of_a_kind():
    mat = style()
    guidance(kind="clothes")
    guidance(kind="clothes", style=mat)
    for school in (None, mat):
        with refused("guidance_kind_once"):
            guidance(kind="clothes", style=school)
