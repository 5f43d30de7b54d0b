"""The sessions of a period as CSV, line by line, for a spreadsheet that takes no cell for a formula."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bookings.models import Booking
from bookings.models.status import AGREED
from bookings.scheduling.timeline import ceil_tick
from bookings.staff_daily import ZONES_APART

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet takes a cell that begins so for a formula; the last four are the wide forms of the first."""
BYTE_ORDER = "\ufeff"
AT_A_TIME = 500


def sessions_between(first: date, last: date) -> QuerySet[Booking]:
    """What was agreed for the days from `first` to `last`, with some hours more at both ends for other zones."""
    begins = datetime.combine(first, time(), tzinfo=UTC) - ZONES_APART
    ends = datetime.combine(last + timedelta(days=1), time(), tzinfo=UTC) + ZONES_APART
    near = Q(start_tick__gte=ceil_tick(begins), start_tick__lt=ceil_tick(ends))
    related = Booking.objects.filter(near, status__in=AGREED).select_related("therapist", "room", "location")
    return related.order_by("start_tick", "pk")


def lines(first: date, last: date) -> Iterator[str]:
    """The file, a line at a time: one statement, and AT_A_TIME rows in memory. No word about health."""
    yield BYTE_ORDER + line(head())
    for booking in sessions_between(first, last).iterator(chunk_size=AT_A_TIME):
        if first <= booking.starts_at.date() <= last:
            yield line(cells(booking))


def count(first: date, last: date) -> int:
    """How many lines below the head there will be."""
    rows = sessions_between(first, last).values_list("during", "location__zone_name")
    days = (during.lower.astimezone(ZoneInfo(zone)).date() for during, zone in rows.iterator(chunk_size=AT_A_TIME))
    return sum(first <= day <= last for day in days)


def line(words: Iterable[str]) -> str:
    out = StringIO()
    # All in quotes: where a semicolon parts cells, one inside a name would begin a new cell.
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow([harmless(word) for word in words])
    return out.getvalue()


def harmless(word: str) -> str:
    """The cell as text, whatever it begins with."""
    return f"'{word}" if word.startswith(DANGEROUS) else word


def head() -> list[str]:
    return [
        _("Reference"), _("Day"), _("From"), _("To"), _("Minutes"), _("State"), _("Treatment"), _("Therapist"),
        _("Room"), _("Place"), _("Name"), _("E-mail"), _("Phone"), _("Price"), _("Currency"), _("Booked by"),
    ]  # fmt: skip


def cells(booking: Booking) -> list[str]:
    return [
        booking.reference or "",
        booking.starts_at.date().isoformat(),
        f"{booking.starts_at:%H:%M}",
        f"{booking.ends_at:%H:%M}",
        str(booking.minutes),
        str(booking.get_status_display()),
        booking.treatment_name,
        booking.therapist.name,
        booking.room.name if booking.room else "",
        booking.location.name,
        booking.name,
        booking.email,
        booking.phone,
        str(booking.price),
        booking.currency,
        str(booking.get_source_display()),
    ]
