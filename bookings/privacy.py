"""Everything about one person, to hand out and to erase. `field_map` says what that is, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import F, Model, Q, QuerySet

from accounts import throttle
from accounts.models import Attempt, User
from bookings.actions.booking import new_reference
from bookings.actions.locks import in_transaction
from bookings.field_map import DELETED, ERASED_NAME, FRESH, KEPT, PERSONAL
from bookings.models import Booking, BookingEvent, Message, Note, WaitingEntry
from bookings.models.status import AHEAD
from bookings.staff_notices import MORNING
from clients.consent import MailOptOut, SmsConsent, mark
from clients.models import Client

ADDRESS_TRIES = ("sign-in account", "links of", "code of")
"""What is counted by e-mail address."""
TOLD_TO_HER_ALONE = {"phone", "note"}
"""Left out of an export for a booking that only carries her address: somebody else may have typed it."""


class StillAhead(Exception):
    """A session is still to come: it is cancelled or given first, then she can be erased."""


@dataclass
class Person:
    """A client, the records merged into hers, and what stands under her e-mail address."""

    client: Client

    @property
    def own(self) -> Q:
        return Q(client=self.client.pk) | Q(client__merged_into=self.client.pk)

    @cached_property
    def addresses(self) -> list[str]:
        """Hers, and those of the records that were merged into hers."""
        hers = Client.objects.filter(Q(pk=self.client.pk) | Q(merged_into=self.client.pk))
        return [email.lower() for email in hers.exclude(email="").values_list("email", flat=True)]

    def under(self, field: str) -> Q:
        """The rows whose `field` is one of her addresses; none when she has none."""
        return reduce(or_, [Q(**{f"{field}__iexact": address}) for address in self.addresses], Q(pk__in=[]))

    def bookings(self) -> QuerySet[Booking]:
        return Booking.objects.filter(self.own | self.under("email")).order_by("start_tick", "pk")

    def others(self) -> list[str]:
        """First names of people whose sessions and places on the list carry her address too: erasing reaches those."""
        known = {self.client.first_name.casefold(), ERASED_NAME}
        waits = WaitingEntry.objects.filter(Q(client__in=self.clients().values("pk")) | self.under("email"))
        named = {row.first_name for rows in (self.bookings(), waits) for row in rows}
        return sorted(name for name in named if name and name.casefold() not in known)

    def clients(self) -> QuerySet[Client]:
        """Her record and those that her address made: a typed address never joins the record that has it."""
        made = self.bookings().filter(Q(client__email="") | self.under("client__email")).values("client")
        hers = Q(pk=self.client.pk) | Q(merged_into=self.client.pk)
        return Client.objects.filter(hers | Q(pk__in=made) if self.addresses else hers)

    def tables(self) -> dict[str, QuerySet[Any]]:
        """Her rows by table, in the order in which an export tells them."""
        bookings, clients = self.bookings().values("pk"), self.clients().values("pk")
        waiting = WaitingEntry.objects.filter(Q(client__in=clients) | self.under("email"))
        of_booking = Q(booking__in=bookings, therapist=None) | Q(client__in=clients, therapist=None)
        to_her = self.under("recipient") | Q(waiting__in=waiting.values("pk"))
        users = User.objects.filter(client__in=clients, is_staff=False)
        numbers = set(self.clients().values_list("phone", flat=True)) | set(
            self.bookings().filter(self.own).values_list("phone", flat=True)
        )
        return {
            "clients.Client": self.clients(),
            "bookings.Booking": self.bookings(),
            "bookings.BookingEvent": BookingEvent.objects.filter(booking__in=bookings),
            "bookings.Message": Message.objects.filter(of_booking | to_her).distinct(),
            "bookings.WaitingEntry": waiting,
            "bookings.Note": Note.objects.filter(Q(booking__in=bookings) | Q(client__in=clients)),
            "clients.SmsConsent": SmsConsent.objects.filter(number__in=numbers - {""}),
            "clients.MailOptOut": MailOptOut.objects.filter(address_mark__in=[mark(one) for one in self.addresses]),
            "accounts.Attempt": Attempt.objects.filter(
                subject__in=[throttle.hash_of(kind, one) for kind in ADDRESS_TRIES for one in self.addresses]
            ),
            "admin.LogEntry": LogEntry.objects.filter(
                content_type__app_label="accounts",
                content_type__model="user",
                object_id__in=[str(pk) for pk in users.values_list("pk", flat=True)],
            ),
            "accounts.User": users,
        }

    def told_to_staff(self) -> QuerySet[Message]:
        """What therapists have read of her: of each session, and the lists of a day that named her."""
        names = {booking.first_name for booking in self.bookings()} - {"", ERASED_NAME}
        of_sessions = Q(booking__in=self.bookings().values("pk"), therapist__isnull=False)
        lists = [Q(kind=MORNING, text__icontains=name) for name in sorted(names)]
        return Message.objects.filter(reduce(or_, lists, of_sessions))


def export(*, client: Client) -> dict[str, list[dict[str, Any]]]:
    """All that is kept of a person: table -> rows -> field -> value, in plain JSON values."""
    told: dict[str, list[dict[str, Any]]] = {}
    for label, rows in Person(client).tables().items():
        fields = _told_fields(label)
        if fields:
            told[label] = [_told(row, fields, client) for row in rows.order_by("pk")]
    return told


def erase(*, client: Client, now: datetime) -> None:
    """Take a person out of every table; what remains counts sessions and names nobody. Raises StillAhead."""
    person = Person(client)

    def act() -> None:
        Client.objects.select_for_update().get(pk=client.pk)
        if person.bookings().filter(status__in=AHEAD, during__endswith__gt=now).exists():
            raise StillAhead
        tables = {label: list(rows.values_list("pk", flat=True)) for label, rows in person.tables().items()}
        sessions = list(_sessions(person))
        models = {label: rows.model for label, rows in person.tables().items()}
        Message.objects.filter(pk__in=tables["bookings.Message"], state="queued").update(state="withdrawn")
        person.told_to_staff().update(subject="", text="", html="")
        WaitingEntry.objects.filter(pk__in=tables["bookings.WaitingEntry"]).update(state=WaitingEntry.State.LEFT)
        for label in PERSONAL:
            _empty(models[label], tables[label], label)
        for label in DELETED.keys() & models.keys():
            models[label].objects.filter(pk__in=tables[label]).delete()
        Session.objects.filter(pk__in=sessions).delete()

    in_transaction(act)


def leave(label: str) -> dict[str, Any]:
    """What erasing writes into each row of a table: field -> value. Its links die."""
    fields = PERSONAL[label]
    fresh = {"link_version": F("link_version") + 1} if "link_version" in fields else {}
    return {name: one.leave for name, one in fields.items() if one.leave not in (KEPT, FRESH)} | fresh


def _empty(model: type[Model], pks: list[int], label: str) -> None:
    """Write what erasing leaves into the rows of one table."""
    rows = model.objects.filter(pk__in=pks)
    rows.update(**leave(label))
    if model is Booking:
        for booking in rows.exclude(reference=None).select_related("location__studio"):
            prefix = booking.location.studio.reference_prefix
            Booking.objects.filter(pk=booking.pk).update(reference=new_reference(prefix))


def _sessions(person: Person) -> Iterator[str]:
    """The browser sessions that she signed in, typed or booked with."""
    booked, held = set(), set()
    for pk, held_by in person.bookings().values_list("pk", "held_by"):
        booked.add(pk)
        held.add(str(held_by))
    users = {str(pk) for pk in person.tables()["accounts.User"].values_list("pk", flat=True)}
    for session in Session.objects.iterator():
        words = session.get_decoded()
        # Wherever it stands: in what was typed, or in a sign-in that waits for its code.
        has_typed = any(address in str(words).lower() for address in person.addresses)
        is_hers = words.get("holder") in held or words.get("_auth_user_id") in users
        if has_typed or is_hers or booked & set(words.get("booked", ())):
            yield session.pk


def _told_fields(label: str) -> list[str]:
    personal = [name for name, field in PERSONAL.get(label, {}).items() if field.is_told]
    return personal + [name for name, is_told in DELETED.get(label, {}).items() if is_told]


def _told(row: Model, fields: list[str], client: Client) -> dict[str, Any]:
    is_strangers = isinstance(row, Booking) and row.client_id != client.pk
    shown = [name for name in fields if not (is_strangers and name in TOLD_TO_HER_ALONE)]
    secret = getattr(row, "is_secret", False)
    return {name: "" if secret and name in ("subject", "text") else _plain(getattr(row, name)) for name in shown}


def _plain(value: Any) -> Any:
    """A value as JSON has it: instants in ISO form, a range as its start and end."""
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):
        return [_plain(value.lower), _plain(value.upper)]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if isinstance(value, (int, bool, list, type(None))) else str(value)
