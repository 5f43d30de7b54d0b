"""Another address or number for a session: it goes there from now on, and every link that was sent before dies."""

from dataclasses import dataclass
from datetime import datetime

from bookings import rerouting
from bookings.models import Booking
from bookings.models.event import Actor, record
from bookings.models.status import AHEAD
from clients.models import Client

from .errors import Stale, WrongStep
from .locks import in_transaction, locked


@dataclass(frozen=True, slots=True)
class Contact:
    """An e-mail address and a number (E.164), already validated; empty is what stays as it is."""

    email: str = ""
    phone: str = ""


def change_contact(*, booking: Booking, contact: Contact, by: Actor, now: datetime) -> Booking:
    """Reach the client of this session elsewhere from now on. Return it with its new `link_version`.

    The former address is told that it hears no more, unless the desk corrects a slip; the new one gets the
    confirmation. Other sessions stay as they are, and so does a record that somebody signs in with: a typed address
    proves nothing. Raises WrongStep when the session is over, and Stale when the links that were seen are dead already.
    """

    def act() -> Booking:
        current = locked(booking)
        if current.link_version != booking.link_version:
            raise Stale(current)
        if current.status not in AHEAD:
            raise WrongStep(current)
        before = Contact(current.email, current.phone)
        after = Contact(contact.email or before.email, contact.phone or before.phone)
        if after == before:
            return current
        _remember(current, before, after)
        # The desk corrects what it has heard on the phone: the slip is nobody's address, or a stranger's.
        is_hers = by.kind != "staff"
        if after.email.lower() != before.email.lower():
            current.address_proven_at = None if is_hers else now
        current.email, current.phone = after.email, after.phone
        current.link_version += 1
        current.version += 1
        current.save(update_fields=["email", "phone", "address_proven_at", "link_version", "version"])
        record(booking=current, verb="contact changed", by=by, now=now)
        rerouting.elsewhere(booking=current, former=before.email, now=now, is_farewell_due=is_hers)
        return current

    return in_transaction(act)


def _remember(booking: Booking, before: Contact, after: Contact) -> None:
    """The record that this booking alone has made follows: a slip in its address would lead a stranger to it."""
    client = booking.client
    if client.user_id or client.merged.exists() or client.bookings.exclude(pk=booking.pk).exists():
        return
    words = {}
    if client.email.lower() == before.email.lower() and after.email != before.email:
        is_known = Client.objects.with_email(after.email).exclude(pk=client.pk).exists()
        words["email"] = "" if is_known else after.email
    if client.phone == before.phone:
        words["phone"] = after.phone
    Client.objects.filter(pk=client.pk).update(**words)
