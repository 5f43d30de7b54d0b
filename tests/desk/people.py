"""Robin, who rings the desk."""

from bookings.models import Booking
from tests import factories as make
from tests.factories import SmallStudio, at


def robins(cast: SmallStudio, **fields) -> Booking:
    """Robin's session with Ana, today at 14:00, half an hour on the mat."""
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room, "start": at(14)}
    if "client" not in fields:
        words["client"] = make.client(phone="+447700900123")
    return make.booking(**words | fields)
