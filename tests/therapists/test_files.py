"""Files that nothing names any more go by themselves; what a profile or a listed version names stays."""

import datetime as dt
import os

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts import sheets
from tests import factories as make
from therapists import files
from therapists.photo import PHOTO

pytestmark = pytest.mark.django_db
NOW = make.NOW


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stored(name, hours=2):
    """A file that was written so many hours before NOW."""
    default_storage.save(name, ContentFile(b"x"))
    then = (NOW - dt.timedelta(hours=hours)).timestamp()
    os.utime(default_storage.path(name), (then, then))
    return name


def photo(number, person, by):
    """Her photo, changed once more."""
    name = stored(f"therapists/{number}.webp")
    stored(f"therapists/{number}-small.webp")
    sheets.keep(page=PHOTO, row=person, content={"photo": name, "photo_text": "Ana"}, by=by, now=NOW)


def test_without_files_there_is_nothing_to_forget():
    assert files.forget(NOW) == 0


def test_photos_of_a_profile_and_of_its_versions_stay():
    ana, ada = make.therapist(), make.user()
    photo(1, ana, ada)
    photo(2, ana, ada)
    assert files.forget(NOW) == 0
    assert len(default_storage.listdir("therapists")[1]) == 4


def test_a_photo_that_no_listed_version_names_goes():
    ana, ada = make.therapist(), make.user()
    for number in range(sheets.MOST + 1):
        photo(number, ana, ada)
    assert files.forget(NOW) == 2
    assert not default_storage.exists("therapists/0.webp")
    assert default_storage.exists("therapists/1-small.webp")


def test_a_certificate_that_is_named_stays_and_an_orphan_goes():
    make.certificate(therapist=make.therapist(), file=stored("certificates/kept.pdf"))
    stored("certificates/orphan.pdf")
    assert files.forget(NOW) == 1
    assert default_storage.listdir("certificates")[1] == ["kept.pdf"]


def test_what_is_being_saved_right_now_stays():
    stored("certificates/new.pdf", hours=0)
    assert files.forget(NOW) == 0


def test_a_version_whose_photo_is_gone_is_refused():
    ana, ada = make.therapist(), make.user()
    with pytest.raises(ValidationError, match="This photo is no longer kept: choose it again."):
        sheets.keep(page=PHOTO, row=ana, content={"photo": "therapists/x.webp", "photo_text": "x"}, by=ada, now=NOW)
