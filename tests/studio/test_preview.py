"""The preview: when each message of a session leaves, and what its client reads."""

import pytest

from tests import factories as make
from tests.studio.test_messages import LIST, address, post
from treatments.models import ReminderStep

pytestmark = pytest.mark.django_db
TRY = {"length": "back-30", "day": "2026-11-27", "time": "14:20", "language": "en"}


def leaving(answer) -> dict[str, str]:
    return {one.name: one.words for one in answer.context["preview"].leavings}


def tried(client, **wishes):
    return client.get(LIST, TRY | wishes)


def test_it_says_when_each_message_leaves(client, ada, cast):
    assert leaving(tried(client)) == {
        "The day before": "Thursday 26 November 2026, 14:20",
        "Before the meal": "Friday 27 November 2026, 11:20",
        "Aftercare": "Friday 27 November 2026, 15:50",
        "The next day": "Saturday 28 November 2026, 14:50",
    }


def test_quiet_hours_are_applied_and_said(client, ada, cast):
    said = leaving(tried(client, time="08:30"))
    assert said["Before the meal"] == (
        "Due Friday 27 November 2026, 5:30, in your quiet hours: leaves Thursday 26 November 2026, 20:45."
    )


def test_a_message_that_leaves_on_the_same_day_says_the_time_only(client, ada, cast):
    make.reminder_step(offset_minutes=-600)
    assert leaving(tried(client, time="17:00"))["Before the meal"] == (
        "Due Friday 27 November 2026, 7:00, in your quiet hours: leaves 8:00."
    )


@pytest.mark.parametrize(("quiet", "said"), [({}, True), ({"quiet_from": "08:00", "quiet_until": "08:00"}, False)])
def test_the_hours_themselves_are_said(client, ada, quiet, said):
    make.small_studio(**quiet)
    assert ("Quiet hours: 21:00 to 8:00." in tried(client).text) == said


def test_a_message_that_is_off_says_so(client, ada, cast):
    make.reminder_step(style=cast.mat, is_on=False)
    assert leaving(tried(client))["Before the meal"] == "Switched off: it does not leave."
    assert leaving(tried(client, length="oil-30"))["Before the meal"] == "Friday 27 November 2026, 11:20"


def test_without_advice_on_eating_there_is_nothing_to_say_before_the_meal(client, ada, cast):
    make.guidance(kind="arrival", offset_minutes=-10, title="Come")
    sentence = "There is no advice on eating for this treatment: it does not leave."
    assert leaving(tried(client))["Before the meal"] == sentence


def test_the_words_are_shown_as_the_client_reads_them(client, ada, cast):
    words = {"subject": "Eat by {eat_by}, {name}", "text": "You come at {time} on {day}."}
    step = make.reminder_step(channels=["mail"], **words)
    letter = client.get(address(step), TRY).context["preview"].letter
    assert letter.subject == "Eat by 12:50, Robin"
    assert "You come at 14:20 on Friday 27 November 2026." in letter.text
    assert letter.short == ""


def test_a_text_message_is_shown_when_one_goes(client, ada, cast):
    step = make.reminder_step(channels=["mail", "sms"])
    assert client.get(address(step), TRY).context["preview"].letter.short.startswith("Stone & Step: ")


def test_the_words_are_in_the_chosen_language(client, ada, cast):
    step = make.reminder_step(text={"en": "Eat.", "es": "Come el {day}."})
    letter = client.get(address(step), TRY | {"language": "es"}).context["preview"].letter
    assert "de 2026." in letter.text and "Come el " in letter.text


def test_what_is_typed_is_previewed_and_not_saved(client, ada, cast):
    step = make.reminder_step()
    answer = post(client, step, **TRY, do="preview", hours="2", text_en="Typed at {time}.")
    assert answer.status_code == 200 and "Typed at 14:20." in answer.context["preview"].letter.text
    assert leaving(answer)["Before the meal"] == "Friday 27 November 2026, 12:20"
    assert "Typed at {time}." in answer.text
    assert (str(ReminderStep.objects.get().text), step.history.count()) == ("By {eat_by}.", 1)


def test_a_new_message_is_previewed_before_it_is_saved(client, ada, cast):
    typed = {"is_on": "on", "hours": "1", "channels": "mail", "subject_en": "Now", "text_en": "Mine.", "do": "preview"}
    answer = client.post("/studio/messages/new/?kind=before_meal&style=mat", TRY | typed)
    assert "Mine." in answer.context["preview"].letter.text
    assert not ReminderStep.objects.exists()


def test_words_that_have_no_value_here_say_why(client, ada, cast):
    make.guidance(kind="arrival", offset_minutes=-10, title="Come")
    letter = client.get(address(make.reminder_step()), TRY).context["preview"].letter
    assert letter.problem.startswith("It cannot be written: Nothing is left of the words")


def test_it_says_when_a_treatment_has_a_message_of_its_own(client, ada, cast):
    default, own = make.reminder_step(), make.reminder_step(treatment=cast.oil)
    assert client.get(address(default), TRY | {"length": "oil-30"}).context["preview"].instead == own
    assert client.get(address(default), TRY).context["preview"].instead is None


def test_a_message_for_one_style_is_tried_on_its_treatments_only(client, ada, cast):
    form = client.get(address(make.reminder_step(style=cast.bars))).context["session_form"]
    assert [slug for slug, _name in form.fields["length"].choices] == ["oil-30"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "2026-02-30"}, "Enter a date, like 2026-11-20"),
        ({"day": "9999-12-31"}, "Enter a date between the years 2000 and 2100"),
        ({"time": "25:00"}, "Enter a time, like 14:20"),
        ({"length": "nothing"}, "Choose a treatment."),
        ({"language": "xx"}, "Choose a language."),
        ({"place": "nowhere"}, "Choose a place."),
    ],
)
def test_a_session_that_cannot_be_is_said(client, ada, cast, wrong, sentence):
    step = make.reminder_step()
    for answer in (tried(client, **wrong), client.get(address(step), TRY | wrong)):
        assert (answer.context["preview"], sentence in answer.text) == (None, True)


def test_a_wrong_session_keeps_nothing_from_being_saved(client, ada, cast):
    assert post(client, make.reminder_step(), day="never").status_code == 303


def test_a_studio_without_a_menu_can_still_write(client, ada):
    make.location()
    page = client.get(address(make.reminder_step()))
    assert "There is nothing to try it on yet" in page.text


@pytest.mark.parametrize("more", [0, 6])
def test_the_pages_take_as_many_queries_at_any_size(client, ada, cast, django_assert_num_queries, more):
    step = make.reminder_step(channels=["mail", "sms"])
    for _ in range(more):
        make.reminder_step(treatment=make.length().treatment)
        post(client, step, channels=["mail", "sms"])
    for page, queries in ((LIST, 11), (address(step), 15), ("/studio/messages/new/", 6)):
        with django_assert_num_queries(queries):
            client.get(page, TRY)


@pytest.mark.parametrize(("days", "hours", "said"), [("1", "0", True), ("1", "2", False), ("0", "20", True)])
def test_it_says_when_a_reminder_comes_too_late_to_cancel_for_free(client, ada, cast, days, hours, said):
    step = make.reminder_step(kind="day_before", offset_minutes=-1440)
    ReminderStep.objects.get().save()
    answer = post(client, step, **TRY, days=days, hours=hours, do="preview")
    sentence = "Cancelling is free until Thursday 26 November 2026, 14:20, so this message comes too late"
    assert (sentence in answer.text) == said
