"""Versions of what a studio edits: who changed it and when, and back to what stood there before.

For every model that carries `history = HistoricalRecords()`.
"""

from copy import copy
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Model


class ChangedMeanwhile(Exception):
    """Somebody else has saved this row since it was read, or removed it."""


def newest(row: Model) -> int:
    """The number of the row's newest version; 0 when it has none yet."""
    return row.history.values_list("history_id", flat=True).first() or 0


def keep(*, row: Model, by: AbstractBaseUser, now: datetime, seen: int | None = None) -> None:
    """Save a row as a new version, written by somebody at `now`.

    `seen` is the version that she had before her: raises ChangedMeanwhile when another one came since, and
    ValidationError when the row breaks a rule of its own. A row that came without a version gets one of what stood
    there, so that the first change can be undone as well.
    """
    with transaction.atomic():
        if row.pk:
            _look_before(row, now, seen)
        row.full_clean()
        row._history_user, row._history_date = by, now
        row.save()


def restore(*, row: Model, version: int, by: AbstractBaseUser, now: datetime) -> None:
    """Write what stood in a version as the newest one. Raises LookupError when the row has no such version."""
    found = row.history.filter(history_id=version).exclude(history_type="-").first()
    if found is None:
        raise LookupError(version)
    older = copy(row)
    for field in row._meta.concrete_fields:
        setattr(older, field.attname, getattr(found, field.attname))
    keep(row=older, by=by, now=now)


def remove(*, row: Model, by: AbstractBaseUser, now: datetime) -> None:
    """Delete a row; its versions stay, and the last one says who took it away."""
    row._history_user, row._history_date = by, now
    row.delete()


def _look_before(row: Model, now: datetime, seen: int | None) -> None:
    stored = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if stored is None:
        raise ChangedMeanwhile
    last = newest(stored)
    if seen is not None and last != seen:
        raise ChangedMeanwhile
    if not last:
        type(row).history.bulk_history_create([stored], default_date=now)
