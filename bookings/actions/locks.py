"""Locks that make errors clean. The constraints make them impossible; without the locks they would be deadlocks.

Every writer takes all its locks in one statement, sorted, before it reads what it decides on.
"""

import itertools
import random
import time
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction

from bookings.models import Booking
from bookings.models.booking import REFERENCE_ONCE, ROOM_IS_FREE, THERAPIST_IS_FREE

from .errors import SlotTaken

Result = TypeVar("Result")

_THERAPIST, _ROOM, _WORD = 0, 1, 2
_TRIES = 4
_AGAIN = {"40P01", "40001", "55P03"}
"""Deadlock, serialization failure, lock timeout."""
_AGAIN_WHEN_UNIQUE = {REFERENCE_ONCE, "client_email_once"}
"""Somebody else took the same random reference, or became a client with the same address, a moment ago."""


def lock(*, therapists: Iterable[int] = (), rooms: Iterable[int] = (), words: Iterable[str] = ()) -> None:
    """Take the advisory locks of these therapists, rooms and words until the transaction ends.

    Waits at most the connection's `lock_timeout`; raises OperationalError after that.
    """
    keys = {_key(_THERAPIST, pk) for pk in therapists} | {_key(_ROOM, pk) for pk in rooms}
    keys |= {_key(_WORD, _number(word)) for word in words}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [sorted(keys)])


def locked(booking: Booking) -> Booking:
    """The row as it is now, and until this transaction ends. Take the advisory locks first."""
    related = Booking.objects.select_related(
        "location__studio", "length__treatment__style", "therapist", "room", "client"
    )
    return related.select_for_update(of=("self",)).get(pk=booking.pk)


def _key(kind: int, number: int) -> int:
    return number << 2 | kind


def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=7).digest(), "big")


def in_transaction(act: Callable[[], Result]) -> Result:
    """Run `act` in one transaction of its own, again after a deadlock or a lock that did not come.

    Raises SlotTaken when an exclusion constraint has the last word.
    """
    for attempt in itertools.count(1):
        try:
            with transaction.atomic():
                return act()
        except IntegrityError as error:
            name = constraint_of(error)
            if name in (THERAPIST_IS_FREE, ROOM_IS_FREE):
                raise SlotTaken from error
            if name not in _AGAIN_WHEN_UNIQUE or attempt == _TRIES:
                raise
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in _AGAIN or attempt == _TRIES:
                raise
        time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311 - jitter, no secret


def constraint_of(error: IntegrityError) -> str | None:
    """The name of the constraint that a statement broke."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return diagnosis.constraint_name if diagnosis else None
