"""What the buttons of a page of times send."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bookings.availability import Offer
from bookings.views.slots import slot_value


def test_both_readings_of_a_repeated_hour_send_their_own_instant():
    first = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"))
    second = first.replace(fold=1)
    values = [slot_value(Offer(start, start, ())) for start in (first, second)]
    assert values == ["2026-10-25T00:30Z", "2026-10-25T01:30Z"]
