"""A second way and a second chance for messages: another choice or address, a first way that failed, a reason gone."""

from datetime import datetime
from uuid import uuid4

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from bookings import reach, reminder_rows, sharing, wanted
from bookings.models import Booking, Message
from bookings.models.message import AGAIN
from bookings.reminder_rules import Due, outside_quiet
from bookings.reminder_steps import steps_for

ELSEWHERE = "elsewhere"


def reroute(*, booking: Booking, now: datetime) -> None:
    """Other wishes: what waits of the timeline leaves at the same instants by the ways that are chosen now.

    What has left already does not leave again another way. Call it in the transaction that notes the wish.
    """
    queued = booking.messages.filter(kind__in=reminder_rows.TIMELINE, state=Message.State.QUEUED)
    waiting = {row.kind: row for row in queued.select_for_update()}
    queued.update(state=Message.State.WITHDRAWN)
    dues = [Due(row.kind, row.due_at, row.useful_until) for row in waiting.values()]
    keys = reminder_rows.write(booking, dues, steps_for(booking.length_id), now)
    again = booking.messages.filter(key__in=keys, state=Message.State.WITHDRAWN)
    again.update(state=Message.State.QUEUED, attempts=0, reason="")


def elsewhere(*, booking: Booking, former: str, now: datetime, is_farewell_due: bool = True) -> None:
    """Another address: what waits goes there, whoever was told of the session is told there, the former one hears it.

    A confirmation that came back counts as told: it is what the new address is for. `is_farewell_due`: whether the
    former address is written to at all.
    """
    reroute(booking=booking, now=now)
    if not booking.email or booking.email.lower() == former.lower():
        return
    hers = booking.messages.filter(therapist=None)
    hers.filter(state=Message.State.QUEUED, channel=reach.MAIL).update(recipient=booking.email)
    answers = hers.filter(kind__in=[reminder_rows.CONFIRMATION, reminder_rows.MOVED])
    told = answers.filter(state__in=[Message.State.SENT, Message.State.SENDING, Message.State.FAILED]).order_by("pk")
    if not answers.filter(state=Message.State.QUEUED).exists() and (last := told.last()):
        due = Due(reminder_rows.CONFIRMATION, now, booking.during.lower)
        row = reminder_rows.row_of(booking, due, reach.MAIL, booking.email, now)
        row.key = f"{row.key}{AGAIN}{last.pk}"
        Message.objects.bulk_create([row], ignore_conflicts=True)
    if former and is_farewell_due:
        _say_farewell(booking, former, now)


def _say_farewell(booking: Booking, former: str, now: datetime) -> None:
    """Tell the former address that messages go elsewhere: it names nobody, and leads to the phone only."""
    with override(booking.language):
        words = {"booking": booking, "studio": booking.location.studio, "place": booking.location}
        Message.objects.create(
            key=f"elsewhere/{uuid4()}",
            kind=ELSEWHERE,
            client_id=booking.client_id,
            recipient=former,
            subject=_("Messages about your session go to another address"),
            text=render_to_string("emails/elsewhere.txt", words),
            due_at=now,
            useful_until=booking.during.lower,
            created_at=now,
        )


def fall_back(*, message: Message, booking: Booking, now: datetime) -> None:
    """A message failed for good: one more row, by the other way, while it is of use. Its key makes it once."""
    other = reach.MAIL if message.channel == reach.SMS else reach.SMS
    is_useful = message.useful_until is None or now < message.useful_until
    is_present = message.key == reminder_rows.key(booking, message.kind, message.channel)
    if is_useful and is_present and (address := reach.address(booking, other)):
        due = Due(message.kind, now, message.useful_until)
        Message.objects.bulk_create([reminder_rows.row_of(booking, due, other, address, now)], ignore_conflicts=True)


def take_back(now: datetime) -> int:
    """Queue what was skipped for a reason that has gone: another session was to say it and will not, because its
    message failed or its session is off; or the client had not come, and that was a slip of the desk.

    Return how many rows that are. One query, and some for each row that is still of use.
    """
    skipped = Message.objects.filter(state=Message.State.SKIPPED, useful_until__gt=now, kind__in=reminder_rows.TIMELINE)
    rows = skipped.filter(reason__in=[sharing.SAID, wanted.NO_SHOW])
    return sum(_queue(row, now) for row in rows.select_related("booking__location"))


def _queue(message: Message, now: datetime) -> bool:
    """Queue one row again, outside the quiet hours and while it is of use, unless the desk has repeated it already."""
    booking = message.booking
    is_repeated = booking.messages.filter(key__endswith=f"{AGAIN}{message.pk}").exists()
    if is_repeated or wanted.still_wanted(message, booking):
        return False
    at = outside_quiet(now, message.useful_until, now, reminder_rows.quiet_hours(booking), booking.location.zone)
    skipped = Message.objects.filter(pk=message.pk, state=Message.State.SKIPPED)
    return bool(at and skipped.update(state=Message.State.QUEUED, due_at=at, attempts=0, reason=""))
