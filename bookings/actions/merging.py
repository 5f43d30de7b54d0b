"""Two records of one person become one: everything moves to the record that is kept, and nothing is deleted."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from bookings.models import Booking, Message, Note, WaitingEntry
from bookings.models.event import Actor
from clients.models import Client, ClientMerge
from clients.preferences import Preferences, keep

from .errors import NoSuchClient
from .locks import in_transaction, lock


class CannotMerge(Exception):
    """The two are one record already, or one of them stands in another one by now."""


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merge would do. `takes` are the fields that the kept record gets from the other one, with their values;
    `stays` those that differ and stay with the other record, where they are still found."""

    counts: dict[str, int]
    takes: dict[str, str]
    stays: dict[str, str]


PLAIN = ("email", "phone", "reach")
"""A kept record without these takes them."""


def preview(*, keep: Client, other: Client) -> Merging:
    """Look without touching. One query for each kind of row."""
    counts = {name: rows.filter(client=other).count() for name, rows in _rows().items()}
    takes = {name: getattr(other, name) for name in PLAIN if getattr(other, name) and not getattr(keep, name)}
    differs = {name: getattr(other, name) for name in ("name", "email", "phone")}
    stays = {name: said for name, said in differs.items() if said and name not in takes and said != getattr(keep, name)}
    return Merging(counts, takes, stays)


def merge(*, keep: Client, other: Client, by: Actor, now: datetime) -> ClientMerge:
    """Move the sessions, notes, messages and places on the waiting list of `other` to `keep`, and say who did it.

    Consent to texts hangs on the number and "fewer mails" on the address, so both hold as before. Records that were
    merged into `other` lead to `keep` now. Raises CannotMerge, NoSuchClient.
    """

    def act() -> ClientMerge:
        lock(words=[f"client {pk}" for pk in (keep.pk, other.pk)])
        kept, gone = _both(keep.pk, other.pk)
        found = preview(keep=kept, other=gone)
        _move_rows(kept, gone)
        _hand_over(kept, gone, found)
        return ClientMerge.objects.create(kept=kept, merged=gone, by_id=by.user_id, at=now, moved=found.counts)

    return in_transaction(act)


def _rows() -> dict[str, object]:
    return {
        "bookings": Booking.objects,
        "notes": Note.objects,
        "messages": Message.objects,
        "waiting": WaitingEntry.objects,
    }


def _both(kept: int, gone: int) -> tuple[Client, Client]:
    """Both records as they are now, and until this transaction ends."""
    rows = {row.pk: row for row in Client.objects.select_for_update().filter(pk__in=(kept, gone)).order_by("pk")}
    if kept == gone or any(row.merged_into_id for row in rows.values()):
        raise CannotMerge
    if len(rows) < 2:
        raise NoSuchClient
    return rows[kept], rows[gone]


def _move_rows(kept: Client, gone: Client) -> None:
    Booking.objects.filter(client=gone).update(client=kept, version=F("version") + 1)
    for rows in (Note, Message, WaitingEntry):
        rows.objects.filter(client=gone).update(client=kept)
    Client.objects.filter(merged_into=gone).update(merged_into=kept)
    ClientMerge.objects.filter(kept=gone).update(kept=kept)
    Client.objects.filter(contact=gone).exclude(pk=kept.pk).update(contact=kept)
    Client.objects.filter(pk=kept.pk, contact=gone).update(contact=None)


def _hand_over(kept: Client, gone: Client, found: Merging) -> None:
    """The kept record takes what it lacks; an address and a sign-in stand in one record at a time."""
    given: dict[str, object] = {"merged_into": kept}
    taken: dict[str, object] = dict(found.takes)
    if "email" in taken:
        given["email"] = ""
    if gone.user_id and not kept.user_id:
        given["user"], taken["user"] = None, gone.user_id
    if gone.contact_id and not kept.contact_id and gone.contact_id != kept.pk:
        taken["contact"] = gone.contact_id
    Client.objects.filter(pk=gone.pk).update(**given)
    if taken:
        Client.objects.filter(pk=kept.pk).update(**taken)
    keep(client=kept, preferences=Preferences.of(kept).both(Preferences.of(gone)))
