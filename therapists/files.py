"""Files that nothing names any more are deleted: photos and certificates that were replaced, and what a crash left."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from accounts import sheets
from therapists import paper_file, photo
from therapists.models import Certificate, Therapist

YOUNG = timedelta(hours=1)
"""A file is written before the row that names it: nothing younger goes."""


def forget(now: datetime) -> int:
    """Delete what no profile, no certificate and no version that can be restored names; return how many files."""
    named = {*_photos(), *Certificate.objects.exclude(file="").values_list("file", flat=True)}
    gone = [name for name in _stored() if name not in named and _age(name, now) > YOUNG]
    for name in gone:
        default_storage.delete(name)
    return len(gone)


def _photos() -> Iterator[str]:
    """The photos of profiles and of the versions that their pages list, in each size."""
    large = {*Therapist.objects.exclude(photo="").values_list("photo", flat=True)}
    large |= {content["photo"] for content in sheets.contents(photo.PHOTO)}
    for name in large:
        yield from photo.names_of(name)


def _stored() -> Iterator[str]:
    for folder in (photo.FOLDER, paper_file.FOLDER):
        if default_storage.exists(folder):
            yield from (f"{folder}/{name}" for name in default_storage.listdir(folder)[1])


def _age(name: str, now: datetime) -> timedelta:
    return now - default_storage.get_modified_time(name)
