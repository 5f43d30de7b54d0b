"""Signed links: they open one booking for one purpose, end by themselves and can be revoked."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer, b62_decode, b62_encode

from bookings.models import Booking, WaitingEntry
from bookings.models.status import AGREED

LONGEST = 60
WAITING = "waiting"
MAILED = ".m"
"""Ends what is signed in a link that leaves by mail."""
OPEN_AFTER_END = timedelta(days=30)


class BadLink(Exception):
    """Forged, cut off, made for something else, revoked, or too old: all the same to whoever opens it."""


def make(booking: Booking, scope: str = "view") -> str:
    """Return a token of at most 60 characters. It dies when `booking.link_version` goes up.

    Of a booking that is `by_mail` it says so: only who reads the mail has it, and whatever it opens is `by_mail` again.
    """
    return _signer(scope).sign(_value(booking))


def read(token: str, scope: str, now: datetime) -> Booking:
    """Return the booking behind a token, with all that its page shows; raise BadLink otherwise."""
    pk, link_version, by_mail = _read(token, scope)
    found = Booking.objects.select_related(
        "client", "therapist", "room", "location__studio", "length__treatment__style"
    )
    booking = found.filter(pk=pk, link_version=link_version, status__in=AGREED).first()
    if booking is None or now >= booking.during.upper + OPEN_AFTER_END:
        raise BadLink
    booking.by_mail = by_mail
    return booking


def url(booking: Booking) -> str:
    """Return the absolute address of the booking's own page; mails have no request to take it from."""
    return f"{settings.SITE_URL}/b/{make(booking)}/"


def confirm_url(booking: Booking) -> str:
    """Return the absolute address of the page on which a client says that she comes."""
    return f"{settings.SITE_URL}/b/{make(booking, 'confirm')}/confirm/"


def details_url(booking: Booking) -> str:
    """Return the absolute address of the page on which a client gives the rest of her details."""
    return f"{settings.SITE_URL}/b/{make(booking, 'details')}/details/"


def fewer_url(booking: Booking) -> str:
    """Return the absolute address of the page on which somebody ends the mails after her sessions."""
    return f"{settings.SITE_URL}/b/{make(booking, 'mail')}/mail/off/"


def make_waiting(entry: WaitingEntry) -> str:
    """Return the token of a place on the waiting list: it shows the place, its offer, and the way off the list."""
    return _signer(WAITING).sign(_value(entry))


def read_waiting(token: str, now: datetime) -> WaitingEntry:
    """Return the place on the list behind a token, with all that its page shows; raise BadLink otherwise."""
    pk, link_version, by_mail = _read(token, WAITING)
    related = WaitingEntry.objects.select_related(
        "location__studio", "length__treatment__style", "therapist", "client", "instead_of__location"
    )
    entry = related.filter(pk=pk, link_version=link_version).first()
    if entry is None or now.date() > entry.last_on + OPEN_AFTER_END:
        raise BadLink
    entry.by_mail = by_mail
    return entry


def waiting_url(entry: WaitingEntry) -> str:
    """Return the absolute address of the page of a place on the waiting list."""
    return f"{settings.SITE_URL}/w/{make_waiting(entry)}/"


def _value(row: Booking | WaitingEntry) -> str:
    return f"{b62_encode(row.pk)}.{b62_encode(row.link_version)}{MAILED if row.by_mail else ''}"


def _read(token: str, scope: str) -> tuple[int, int, bool]:
    """The id and the link's version that a token of this scope carries, and whether it left by mail. Raises BadLink."""
    if len(token) > LONGEST or not token.isascii():
        raise BadLink
    try:
        value = _signer(scope).unsign(token)
    except BadSignature:
        raise BadLink from None
    pk, link_version = map(b62_decode, value.removesuffix(MAILED).split("."))
    return pk, link_version, value.endswith(MAILED)


def _signer(scope: str) -> Signer:
    return Signer(salt=f"booking.{scope}", sep=".")
