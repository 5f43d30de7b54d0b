"""What stands behind a signed link."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from bookings import actions, links
from bookings.models import Booking
from bookings.models.status import Status
from bookings.views.answers import SeeOther


def linked_or_404(request: HttpRequest, token: str, scope: str, now: datetime) -> Booking:
    """The booking behind a link made for this; forged, revoked and old links look like a page that does not exist.

    Whoever presses a button behind a link from a mail has shown that the address is hers.
    """
    try:
        seen = links.read(token, scope, now)
    except links.BadLink:
        raise Http404 from None
    if request.method == "POST":
        actions.prove_address(row=seen, now=now)
    return seen


def said_off(booking: Booking) -> HttpResponse | None:
    """After a cancellation every link leads to the one page that says so, and says nothing else."""
    return SeeOther(reverse("booking", args=[links.make(booking)])) if booking.status == Status.CANCELLED else None
