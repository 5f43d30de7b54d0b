"""What a studio may write into its timeline of messages."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import reminder_step, style, treatment
from tests.refused import refused
from treatments import placeholders
from treatments.models import ReminderStep

pytestmark = pytest.mark.django_db


def said(**fields) -> dict[str, list[str]]:
    """What the studio reads when it saves such a step; empty when all is well."""
    words = {"kind": "before_meal", "anchor": "start", "offset_minutes": -180, "subject": "Eat", "text": "By {eat_by}."}
    try:
        ReminderStep(**words | fields).full_clean()
    except ValidationError as problem:
        return problem.message_dict
    return {}


def test_a_step_is_for_a_treatment_or_a_style_or_the_studio():
    reminder_step()
    reminder_step(treatment=treatment())
    reminder_step(style=style())
    with refused("reminder_for_treatment_or_style"):
        reminder_step(treatment=treatment(), style=style())


def test_there_is_one_step_of_a_kind():
    mat = style()
    reminder_step(kind="day_before")
    reminder_step(kind="day_before", style=mat)
    for school in (None, mat):
        with refused("reminder_kind_once"):
            reminder_step(kind="day_before", style=school)


def test_there_are_four_kinds():
    with refused("reminder_kind_known"):
        reminder_step(kind="birthday", anchor="start", offset_minutes=-5)


@pytest.mark.parametrize(("anchor", "minutes"), [("start", 0), ("start", 5), ("start", -20161), ("end", -5)])
def test_a_reminder_leaves_before_the_start(anchor, minutes):
    assert reminder_step(kind="day_before", offset_minutes=-1).offset_minutes == -1
    with refused("reminder_before_the_start"):
        reminder_step(kind="before_meal", anchor=anchor, offset_minutes=minutes)


@pytest.mark.parametrize(("anchor", "minutes"), [("end", -5), ("start", 60), ("end", 20161)])
def test_aftercare_leaves_after_the_end(anchor, minutes):
    assert reminder_step(kind="next_day", anchor="end", offset_minutes=0).offset_minutes == 0
    with refused("reminder_after_the_end"):
        reminder_step(kind="aftercare", anchor=anchor, offset_minutes=minutes)


def test_a_step_may_take_any_way_unless_told():
    assert [reminder_step().channels, reminder_step(kind="day_before", channels=["mail"]).channels] == [
        ["mail", "sms"],
        ["mail"],
    ]


@pytest.mark.parametrize("channels", [[], ["pigeon"], ["mail", "pigeon"]])
def test_a_step_that_is_on_goes_somewhere(channels):
    assert reminder_step(kind="day_before", is_on=False, channels=[]).channels == []
    with refused("reminder_goes_somewhere"):
        reminder_step(channels=channels)


def test_an_offset_past_the_start_is_said_in_a_sentence():
    sentence = "This reminder leaves before the start, at most two weeks before."
    assert said(offset_minutes=10) == {"__all__": [sentence]}
    assert said(offset_minutes=-10) == {}


def test_an_unknown_placeholder_is_named_with_those_that_there_are():
    known = ", ".join(f"{{{name}}}" for name in sorted(placeholders.PLACEHOLDERS))
    sentence = f"{{eat_bye}} is not known. Use one of these: {known}."
    assert said(text={"en": "By {eat_by}.", "es": "Hasta {eat_bye}."}) == {"text": [sentence]}
    assert said(text=" ".join(f"{{{name}}}" for name in placeholders.PLACEHOLDERS)) == {}


@pytest.mark.parametrize("words", ["By {eat_by", "By eat_by}", "By {{eat_by}}"])
def test_a_brace_that_stands_alone_is_pointed_out(words):
    sentence = "A brace stands alone. A placeholder has one on each side, like {time}."
    assert said(subject=words) == {"subject": [sentence]}


@pytest.mark.parametrize("words", ["", "   ", {"en": "", "es": " "}])
def test_a_step_that_is_on_says_something(words):
    assert said(text=words) == {"text": ["Write something here, or switch this message off."]}
    assert said(text=words, is_on=False) == {}


def test_a_language_without_words_is_named():
    step = reminder_step(subject={"en": "Eat", "es": "Come"}, text={"en": "By {eat_by}."})
    assert step.languages_without_words(["en", "es", "fr"]) == ["es", "fr"]
    assert reminder_step(kind="day_before", subject="Eat", text="Now").languages_without_words(["en", "es"]) == []


VALUES = dict.fromkeys(placeholders.PLACEHOLDERS, "") | {"name": "Robin {link}", "eat_by": "12:50"}


def test_words_are_filled_once_so_a_name_can_add_nothing():
    assert placeholders.fill("{name}: {eat_by}", VALUES) == "Robin {link}: 12:50"


def test_a_line_that_cannot_be_told_is_left_out():
    assert placeholders.fill("Eat by {eat_by}.\nWear {clothes}.", VALUES) == "Eat by 12:50."


@pytest.mark.parametrize("words", ["Wear {clothes}.", "{nonsense}", "{", ""])
def test_words_that_cannot_be_filled_are_not_filled_in_part(words):
    with pytest.raises(placeholders.BadWords):
        placeholders.fill(words, VALUES)
