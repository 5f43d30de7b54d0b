"""A therapist's certificates as one value, to be kept in versions and restored: see accounts.sheets.

The content is {"papers": [...]}, each {"body", "level", "number", "issued_on", "expires_on" or None, "styles": ids,
"file": name or ""}. A version from before its file was deleted comes back without it.
"""

import datetime as dt

from django.core.files.storage import default_storage

from accounts.sheets import Content, Page
from therapists.models import Certificate, Style, Therapist

WORDS = ("body", "level", "number")
DAYS = ("issued_on", "expires_on")


def read(person: Therapist) -> Content:
    rows = person.certificates.prefetch_related("styles").order_by("issued_on", "body", "pk")
    return {"papers": [_told(row) for row in rows]}


def write(person: Therapist, content: Content) -> None:
    person.certificates.all().delete()
    for paper in content["papers"]:
        days = {name: paper[name] and dt.date.fromisoformat(paper[name]) for name in DAYS}
        row = Certificate(therapist=person, **{name: paper[name] for name in WORDS}, **days, file=_kept(paper))
        row.full_clean()
        row.save()
        row.styles.set(Style.objects.filter(pk__in=paper["styles"]))


PAPERS = Page(kind="therapist.certificates", read=read, write=write)


def _told(row: Certificate) -> Content:
    days = {name: (day := getattr(row, name)) and day.isoformat() for name in DAYS}
    words = {name: getattr(row, name) for name in WORDS}
    return words | days | {"styles": sorted(style.pk for style in row.styles.all()), "file": row.file.name or ""}


def files_of(content: Content) -> set[str]:
    """The names of the files of a page of certificates."""
    return {paper["file"] for paper in content["papers"] if paper.get("file")}


def _kept(paper: Content) -> str:
    name = paper.get("file", "")
    return name if name and default_storage.exists(name) else ""
