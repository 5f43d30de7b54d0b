"""A page of the office has versions as a whole: who, when, and the way back."""

import pytest
from django.core.exceptions import ValidationError

from accounts import sheets
from accounts.models import Sheet
from tests import factories as make
from tests.factories import NOW
from tests.refused import refused
from therapists.models import Therapist
from therapists.profile import PROFILE, empty

pytestmark = pytest.mark.django_db


def keep(person, by, seen=None, **changes):
    content = (PROFILE.read(person) if person.pk else empty()) | changes
    sheets.keep(page=PROFILE, row=person, content=content, by=by, now=NOW, seen=seen)


def written(person):
    """Name and author of each version, the newest first."""
    found = Sheet.history.filter(kind="therapist.profile", number=person.pk)
    return [(one.content["name"], one.history_user) for one in found]


def test_somebody_new_has_a_first_version():
    ada, person = make.user(), Therapist()
    keep(person, ada, name="Ana", slug="ana")
    assert written(person) == [("Ana", ada)]
    assert Therapist.objects.get().slug == "ana"


def test_what_stood_there_before_the_first_change_is_kept():
    ada, ana = make.user(), make.therapist(name="Ana")
    keep(ana, ada, name="Ana Silva")
    assert written(ana) == [("Ana Silva", ada), ("Ana", None)]


def test_what_changed_without_a_page_becomes_a_version_too():
    ada, ana = make.user(), make.therapist(name="Ana")
    keep(ana, ada, name="Ana S.")
    Therapist.objects.update(name="Anna")
    keep(ana, ada, name="Ana Silva")
    assert [name for name, _by in written(ana)] == ["Ana Silva", "Anna", "Ana S.", "Ana"]


def test_what_stays_is_no_version():
    ana = make.therapist(name="Ana")
    keep(ana, make.user(), name="Ana")
    assert written(ana) == []


def test_styles_come_back_with_the_page():
    mat, bars = make.style(), make.style()
    ada, ana = make.user(), make.therapist(name="Ana", styles=(mat, bars))
    keep(ana, ada, styles=[mat.pk])
    first = Sheet.history.earliest("history_id").history_id
    sheets.restore(page=PROFILE, row=ana, version=first, by=ada, now=NOW)
    assert set(ana.styles.all()) == {mat, bars}


def test_whoever_read_something_else_is_told():
    ada, ana = make.user(), make.therapist(name="Ana")
    seen = sheets.digest(PROFILE.read(ana))
    keep(ana, ada, seen=seen, name="Ana Silva")
    with pytest.raises(sheets.ChangedMeanwhile):
        keep(ana, ada, seen=seen, name="Anna")
    assert Therapist.objects.get().name == "Ana Silva"


def test_a_page_of_nobody_is_not_kept():
    ana = make.therapist()
    content = PROFILE.read(ana)
    Therapist.objects.all().delete()
    with pytest.raises(sheets.ChangedMeanwhile):
        sheets.keep(page=PROFILE, row=ana, content=content, by=make.user(), now=NOW)


def test_what_breaks_a_rule_leaves_everything_as_it_was():
    ana = make.therapist(name="Ana", slug="ana")
    make.therapist(slug="mei")
    with pytest.raises(ValidationError, match="Another therapist has this address"):
        keep(ana, make.user(), name="Anna", slug="mei")
    assert Therapist.objects.get(pk=ana.pk).name == "Ana"
    assert written(ana) == []


def test_the_version_of_another_page_is_none_of_this_one():
    ada, ana, mei = make.user(), make.therapist(), make.therapist()
    keep(mei, ada, name="Mei")
    with pytest.raises(LookupError):
        sheets.restore(page=PROFILE, row=ana, version=Sheet.history.latest().history_id, by=ada, now=NOW)


def test_a_page_has_one_sheet():
    Sheet.objects.create(kind="therapist.profile", number=1, content={})
    with refused("sheet_once"):
        Sheet.objects.create(kind="therapist.profile", number=1, content={})
