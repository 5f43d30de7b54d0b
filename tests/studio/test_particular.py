"""Messages of one style or treatment: written, restored, taken away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import versions
from bookings import reminders, wanted
from bookings.models import Message
from bookings.outbox.compose import compose
from tests import factories as make
from tests.factories import NOW
from tests.studio.test_messages import TYPED, address, post
from treatments.models import ReminderStep

pytestmark = pytest.mark.django_db
NEW = "/studio/messages/new/"


def test_a_message_for_a_treatment_starts_with_what_its_clients_get_so_far(client, ada, cast):
    make.reminder_step(text="For all.")
    make.reminder_step(style=cast.bars, text="For bars.", offset_minutes=-90)
    form = client.get(f"{NEW}?kind=before_meal&treatment=oil").context["form"]
    assert (form["text_en"].value(), form["hours"].value(), form["minutes"].value()) == ("For bars.", 1, 30)


def test_it_is_saved_for_that_treatment_alone(client, ada, cast):
    answer = client.post(f"{NEW}?kind=before_meal&treatment=oil", TYPED)
    step = ReminderStep.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{address(step)}?done=saved")
    assert (step.kind, step.treatment, step.style) == ("before_meal", cast.oil, None)
    assert step.history.get().history_user == ada


def test_the_usual_message_becomes_the_studios_own(client, ada, cast):
    form = client.get(f"{NEW}?kind=aftercare").context["form"]
    assert form["subject_en"].value() == "After your session: water and rest"
    assert client.post(f"{NEW}?kind=aftercare", TYPED).status_code == 303
    assert ReminderStep.objects.get().anchor == "end"


def test_what_is_there_already_is_opened(client, ada, cast):
    step = make.reminder_step(style=cast.mat)
    answer = client.get(f"{NEW}?kind=before_meal&style=mat")
    assert (answer.status_code, answer["Location"]) == (302, address(step))


def test_whoever_was_slower_to_write_it_is_told_and_loses_nothing(client, ada, cast):
    make.reminder_step(style=cast.mat)
    answer = client.post(f"{NEW}?kind=before_meal&style=mat", TYPED | {"version": "0", "text_en": "Mine."})
    assert (answer.status_code, "Mine." in answer.text) == (409, True)
    assert str(ReminderStep.objects.get().text) == "By {eat_by}."


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("kind=birthday", "Choose one of the four messages."),
        ("kind=aftercare&style=nothing", "Choose a style from the list."),
        ("kind=aftercare&treatment=nothing", "Choose a treatment from the list."),
        ("kind=aftercare&style=mat&treatment=oil", "Choose a style or a treatment, not both."),
    ],
)
def test_a_choice_that_is_none_is_said(client, ada, cast, asked, sentence):
    assert sentence in client.get(f"{NEW}?{asked}").text
    assert client.post(f"{NEW}?{asked}", TYPED).status_code == 422
    assert not ReminderStep.objects.exists()


def test_a_particular_message_is_taken_away(client, ada, cast):
    step = make.reminder_step(treatment=cast.oil)
    answer = client.post(reverse("studio_message_remove", args=[step.pk]))
    assert (answer.status_code, answer["Location"]) == (303, "/studio/messages/?done=removed")
    assert not ReminderStep.objects.exists()


def test_the_default_is_not(client, ada, cast):
    step = make.reminder_step()
    assert client.post(reverse("studio_message_remove", args=[step.pk])).status_code == 404
    assert "Remove this message" not in client.get(address(step)).text
    assert ReminderStep.objects.exists()


def restore(client, step, version):
    return client.post(reverse("studio_message_restore", args=[step.pk]), {"version": version})


def test_a_version_is_restored_with_author_and_time(client, ada, cast):
    step = make.reminder_step()
    first = versions.newest(step)
    post(client, step)
    answer = restore(client, step, first)
    assert (answer.status_code, answer["Location"]) == (303, f"{address(step)}?done=restored")
    assert str(ReminderStep.objects.get().text) == "By {eat_by}."
    history = client.get(address(step)).context["history"]
    assert [(one.by, one.is_newest) for one in history] == [
        ("Ada", True),
        ("Ada", False),
        ("as it stood before", False),
    ]


def test_a_version_with_words_that_cannot_be_sent_now_is_refused(client, ada, cast):
    step = make.reminder_step(text="By {gone}.")
    first = versions.newest(step)
    post(client, step)
    answer = restore(client, step, first)
    assert (answer.status_code, "{gone} is not known." in answer.text) == (409, True)
    assert ReminderStep.objects.get().text.localize("en") == TYPED["text_en"]


@pytest.mark.parametrize("version", ["", "0", "-1", "٣", "9" * 40, "x"])
def test_a_version_that_is_none_is_not_found(client, ada, cast, version):
    assert restore(client, make.reminder_step(), version).status_code == 404


def waiting(cast) -> Message:
    """The day-before message of a session in five days, as planned now."""
    booking = make.booking(
        length=cast.back30, therapist=cast.ana, room=cast.mat_room, start=NOW + timedelta(days=5), created_at=NOW
    )
    reminders.plan(booking=booking, now=NOW)
    return Message.objects.get(booking=booking, kind="day_before", channel="mail")


def test_messages_that_wait_keep_their_instant_and_get_the_new_words(client, ada, cast):
    step = make.reminder_step(kind="day_before", offset_minutes=-1440)
    message = waiting(cast)
    assert post(client, step, days="2", hours="0", text_en="New words.").status_code == 303
    planned = message.due_at
    message.refresh_from_db()
    assert message.due_at == planned == NOW + timedelta(days=4)
    assert "New words." in compose(message).text
    assert wanted.why_not(message) == ""


def test_a_message_that_waits_and_is_switched_off_does_not_leave(client, ada, cast):
    step = make.reminder_step(kind="day_before", offset_minutes=-1440)
    message = waiting(cast)
    post(client, step, is_on="")
    assert wanted.why_not(message) == "This message is switched off."
