"""Another way for messages: when the client chooses one, and when the first way failed."""

from datetime import datetime

from bookings import reach, reminders
from bookings.models import Booking, Message
from bookings.reminder_rules import Due
from bookings.reminder_steps import steps_for


def reroute(*, booking: Booking, now: datetime) -> None:
    """Other wishes: what waits of the timeline leaves at the same instants by the ways that are chosen now.

    What has left already does not leave again another way. Call it in the transaction that notes the wish.
    """
    queued = booking.messages.filter(kind__in=reminders.TIMELINE, state=Message.State.QUEUED)
    waiting = {row.kind: row for row in queued.select_for_update()}
    queued.update(state=Message.State.WITHDRAWN)
    dues = [Due(row.kind, row.due_at, row.useful_until) for row in waiting.values()]
    keys = reminders.write(booking, dues, steps_for(booking.length_id), now)
    again = booking.messages.filter(key__in=keys, state=Message.State.WITHDRAWN)
    again.update(state=Message.State.QUEUED, attempts=0, reason="")


def fall_back(*, message: Message, booking: Booking, now: datetime) -> None:
    """A message failed for good: one more row, by the other way, while it is of use. Its key makes it once."""
    other = reach.MAIL if message.channel == reach.SMS else reach.SMS
    is_useful = message.useful_until is None or now < message.useful_until
    is_present = message.key == reminders.key(booking, message.kind, message.channel)
    if is_useful and is_present and (address := reach.address(booking, other)):
        due = Due(message.kind, now, message.useful_until)
        Message.objects.bulk_create([reminders.row_of(booking, due, other, address, now)], ignore_conflicts=True)
