"""Whose address it is: a name that somebody typed greets nobody before the address has shown to be hers.

The one rule: `address_proven_at` is set when she who reads the mail has acted on it, by a code that was mailed to her
or by a button behind a link that left by mail; or when staff wrote her down. The page of a booking gives the same
links to whoever typed the address: those carry no sign of a mail, and prove nothing.
"""

from datetime import datetime

from bookings.models import Booking, WaitingEntry


def prove_address(*, row: Booking | WaitingEntry, now: datetime) -> None:
    """Note that a button was pressed behind a link of this row. Nothing is noted for links that did not leave by mail,
    nor for one that has died meanwhile: the address is another one then."""
    if not row.by_mail or row.address_proven_at:
        return
    same = type(row).objects.filter(pk=row.pk, link_version=row.link_version, address_proven_at=None)
    if same.update(address_proven_at=now):
        row.address_proven_at = now
