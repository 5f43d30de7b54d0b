"""What a studio edits has versions: who, when, and the way back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts import versions
from tests import factories as make
from tests.factories import NOW
from treatments.models import ReminderStep

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def written(row) -> list[tuple[str, str, object]]:
    """Type, subject and author of each version, the newest first."""
    return [(one.history_type, str(one.subject), one.history_user) for one in row.history.all()]


def test_a_change_says_who_made_it_and_when():
    ada, step = make.user(), ReminderStep(kind="before_meal", offset_minutes=-180, subject="Eat", text="Now")
    versions.keep(row=step, by=ada, now=NOW)
    assert written(step) == [("+", "Eat", ada)]
    assert step.history.get().history_date == NOW


def test_what_stood_there_before_the_first_change_is_kept():
    ada, step = make.user(), make.reminder_step()
    step.history.all().delete()
    step.subject = "Drink"
    versions.keep(row=step, by=ada, now=NOW)
    assert written(step) == [("~", "Drink", ada), ("+", "Eat", None)]


def test_a_version_is_restored_as_the_newest_one():
    ada, step = make.user(), make.reminder_step(channels=["mail", "sms"])
    first = versions.newest(step)
    step.subject, step.channels = {"en": "Drink", "es": "Bebe"}, ["mail"]
    versions.keep(row=step, by=ada, now=NOW)
    versions.restore(row=step, version=first, by=ada, now=LATER)
    step.refresh_from_db()
    assert (str(step.subject), step.channels, step.history.count()) == ("Eat", ["mail", "sms"], 3)


def test_words_in_each_language_come_back():
    ada, step = make.user(), make.reminder_step(subject={"en": "Eat", "es": "Come"})
    first = versions.newest(step)
    step.subject = "Drink"
    versions.keep(row=step, by=ada, now=NOW)
    versions.restore(row=step, version=first, by=ada, now=LATER)
    assert ReminderStep.objects.get().subject.localize("es") == "Come"


def test_whoever_read_an_older_version_is_told():
    ada, step = make.user(), make.reminder_step()
    seen = versions.newest(step)
    versions.keep(row=step, by=ada, now=NOW, seen=seen)
    with pytest.raises(versions.ChangedMeanwhile):
        versions.keep(row=step, by=ada, now=LATER, seen=seen)
    assert step.history.count() == 2


def test_a_row_that_somebody_removed_does_not_come_back():
    ada, step = make.user(), make.reminder_step()
    ReminderStep.objects.all().delete()
    with pytest.raises(versions.ChangedMeanwhile):
        versions.keep(row=step, by=ada, now=NOW)


def test_a_version_that_breaks_a_rule_of_today_is_not_restored():
    ada, step = make.user(), make.reminder_step(subject="Eat by {gone}")
    old = versions.newest(step)
    step.subject = "Eat"
    versions.keep(row=step, by=ada, now=NOW)
    with pytest.raises(ValidationError, match="gone"):
        versions.restore(row=step, version=old, by=ada, now=LATER)


def test_the_version_of_another_row_is_none_of_this_one():
    ada, step, other = make.user(), make.reminder_step(), make.reminder_step(kind="day_before")
    with pytest.raises(LookupError):
        versions.restore(row=step, version=versions.newest(other), by=ada, now=NOW)


def test_taking_away_is_a_version_too():
    ada, step = make.user(), make.reminder_step()
    pk = step.pk
    versions.remove(row=step, by=ada, now=NOW)
    last = ReminderStep.history.filter(id=pk).first()
    assert (last.history_type, last.history_user, last.history_date) == ("-", ada, NOW)
