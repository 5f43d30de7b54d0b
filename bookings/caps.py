"""How much one address, one browser or one network books before the address has to be proven by a code in the mail."""

from datetime import datetime, timedelta
from uuid import UUID

from bookings.models import Booking
from bookings.models.status import AGREED
from bookings.scheduling.timeline import floor_tick

AHEAD_OF_AN_ADDRESS = 6
BOOKED_BY_A_BROWSER = 6
BOOKED_FROM_A_NETWORK = 40
"""Within a day; a family, a café or an office shares one."""
PER = timedelta(days=1)


def needs_proof(*, email: str, session: UUID, address_mark: str, now: datetime) -> bool:
    """Whether a booking under a typed address waits for a code. At most three queries."""
    ahead = Booking.objects.ahead().filter(start_tick__gte=floor_tick(now))  # the index is on the start
    lately = Booking.objects.filter(status__in=AGREED, held_since__gt=now - PER)
    return (
        lately.filter(held_by=session).count() >= BOOKED_BY_A_BROWSER
        or ahead.filter(email__iexact=email).count() >= AHEAD_OF_AN_ADDRESS
        or lately.filter(held_from=address_mark).count() >= BOOKED_FROM_A_NETWORK
    )
