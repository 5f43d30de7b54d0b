"""What stands behind a signed link."""

from datetime import datetime

from django.http import Http404

from bookings import links
from bookings.models import Booking


def linked_or_404(token: str, scope: str, now: datetime) -> Booking:
    """The booking behind a link made for this; forged, revoked and old links look like a page that does not exist."""
    try:
        return links.read(token, scope, now)
    except links.BadLink:
        raise Http404 from None
