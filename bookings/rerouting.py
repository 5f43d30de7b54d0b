"""A second way and a second chance for messages: another choice, a first way that failed, a reason that has gone."""

from datetime import datetime

from bookings import reach, reminders, sharing
from bookings.models import Booking, Message
from bookings.models.message import AGAIN
from bookings.reminder_rules import Due, outside_quiet
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


def take_back(now: datetime) -> int:
    """Queue what was skipped for a reason that has gone: another session was to say it and will not, because its
    message failed or its session is off; or the client had not come, and that was a slip of the desk.

    Return how many rows that are. One query, and some for each row that is still of use.
    """
    skipped = Message.objects.filter(state=Message.State.SKIPPED, useful_until__gt=now, kind__in=reminders.TIMELINE)
    rows = skipped.filter(reason__in=[sharing.SAID, reminders.NO_SHOW])
    return sum(_queue(row, now) for row in rows.select_related("booking__location"))


def _queue(message: Message, now: datetime) -> bool:
    """Queue one row again, outside the quiet hours and while it is of use, unless the desk has repeated it already."""
    booking = message.booking
    is_repeated = booking.messages.filter(key__endswith=f"{AGAIN}{message.pk}").exists()
    if is_repeated or reminders.still_wanted(message, booking):
        return False
    at = outside_quiet(now, message.useful_until, now, reminders.quiet_hours(booking), booking.location.zone)
    skipped = Message.objects.filter(pk=message.pk, state=Message.State.SKIPPED)
    return bool(at and skipped.update(state=Message.State.QUEUED, due_at=at, attempts=0, reason=""))
