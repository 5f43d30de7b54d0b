"""A studio admin writes a step of the timeline: what cannot be sent is said in a sentence, and nothing is saved."""

import pytest

from accounts import roles
from tests import factories as make
from treatments.models import ReminderStep

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/treatments/reminderstep/add/"
TYPED = {
    "kind": "before_meal",
    "anchor": "start",
    "offset_minutes": "-180",
    "is_on": "on",
    "channels": "mail",
    "subject_0": "Eat by {eat_by}",
    "subject_1": "Come antes de las {eat_by}",
    "text_0": "Finish eating by {eat_by}.",
    "text_1": "Termina de comer antes de las {eat_by}.",
}


@pytest.fixture
def admin(client):
    client.force_login(make.user(role=roles.STUDIO_ADMIN))
    return client


def test_a_step_is_saved_in_both_languages(admin):
    assert admin.post(ADDRESS, TYPED).status_code == 302
    step = ReminderStep.objects.get()
    assert (step.subject.localize("es"), step.channels) == ("Come antes de las {eat_by}", ["mail"])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text_1": "Hasta {eat_bye}"}, "{eat_bye} is not known. Use one of these: {aftercare}, {arrive_at}"),
        ({"subject_0": "", "subject_1": ""}, "Write something here, or switch this message off."),
        ({"offset_minutes": "5"}, "This reminder leaves before the start, at most two weeks before."),
        ({"channels": ""}, "Choose e-mail, text message or both, or switch it off."),
    ],
)
def test_what_cannot_be_sent_is_not_saved(admin, wrong, sentence):
    page = admin.post(ADDRESS, TYPED | wrong)
    assert (page.status_code, sentence in page.text, ReminderStep.objects.count()) == (200, True, 0)
