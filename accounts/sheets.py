"""Versions of a whole page of the office: what it said, who wrote it and when, and back to what stood there before.

A page is often more than one row: a profile and its styles, a week of hours. So its content is kept as one JSON value,
written beside the rows in one transaction. The rows are the truth: what changed them without a page becomes a version
without an author at the next save.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts import versions
from accounts.models import Sheet
from accounts.versions import ChangedMeanwhile

Content = dict[str, Any]
MOST = 20


@dataclass(frozen=True, slots=True)
class Page:
    """One kind of page. `read` gives the content of a row, `write` makes the rows say it.

    `write` raises ValidationError, by the names of the content where it can, and saves nothing then.
    """

    kind: str
    read: Callable[[Any], Content]
    write: Callable[[Any, Content], None]


@dataclass(frozen=True, slots=True)
class Version:
    """What stood on a page from `at` on."""

    number: int
    at: datetime
    by: str
    content: Content
    is_newest: bool


def digest(content: Content) -> str:
    """A short name of a content, the same for the same: a form carries it to see whether somebody else saved."""
    whole = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def keep(
    *, page: Page, row: Model, content: Content, by: AbstractBaseUser, now: datetime, seen: str | None = None
) -> None:
    """Make a row say `content`, as a new version. A row without an id is made.

    `seen` is the digest of what she had before her. Raises ChangedMeanwhile when something else stands there now or
    the row is gone, and ValidationError when the content breaks a rule; nothing is saved then.
    """
    with transaction.atomic():
        if row.pk is None:
            page.write(row, content)
            versions.keep(row=Sheet(kind=page.kind, number=row.pk, content=page.read(row)), by=by, now=now)
            return
        stored = type(row).objects.select_for_update().filter(pk=row.pk).first()
        if stored is None:
            raise ChangedMeanwhile
        standing = page.read(stored)
        if seen is not None and seen != digest(standing):
            raise ChangedMeanwhile
        page.write(stored, content)
        _note(page, stored, standing, by, now)


def restore(*, page: Page, row: Model, version: int, by: AbstractBaseUser, now: datetime) -> None:
    """Make what stood in a version the newest one. Raises LookupError when the page has no such version."""
    keep(page=page, row=row, content=content_of(page, row, version), by=by, now=now)


def content_of(page: Page, row: Model, version: int) -> Content:
    """What stood in a version. Raises LookupError when the page has no such version."""
    found = _history(page, row).filter(history_id=version).first()
    if found is None:
        raise LookupError(version)
    return found.content


def versions_of(page: Page, row: Model, zone: tzinfo) -> list[Version]:
    """The newest versions of a page, the newest first. One query."""
    found = _history(page, row).select_related("history_user")[:MOST]
    return [
        Version(
            number=one.history_id,
            at=one.history_date.astimezone(zone),
            by=str(one.history_user or _("as it stood before")),
            content=one.content,
            is_newest=place == 0,
        )
        for place, one in enumerate(found)
    ]


def contents(page: Page) -> Iterator[Content]:
    """What stands in every version of a kind of page that its pages list, of all rows. One query."""
    listed: Counter[int] = Counter()
    rows = Sheet.history.filter(kind=page.kind).values_list("number", "content")
    for number, content in rows.order_by("-history_date", "-history_id"):
        listed[number] += 1
        if listed[number] <= MOST:
            yield content


def _history(page: Page, row: Model) -> Any:
    return Sheet.history.filter(kind=page.kind, number=row.pk)


def _note(page: Page, row: Model, standing: Content, by: AbstractBaseUser, now: datetime) -> None:
    """Write the version, after one of what stood there when no version says so yet. What stays is no version."""
    content = page.read(row)
    sheet = Sheet.objects.filter(kind=page.kind, number=row.pk).first()
    if content == standing:
        return
    if sheet is None or sheet.content != standing:
        sheet = sheet or Sheet(kind=page.kind, number=row.pk)
        sheet.content = standing
        sheet._history_date = now
        sheet.save()
    sheet.content = content
    versions.keep(row=sheet, by=by, now=now)
