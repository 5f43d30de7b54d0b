"""When the client hears of a change that still waits to be told: at once after all, or not at all."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop

from bookings import reminder_rows, reminders, staff_notices
from bookings.models import Booking, BookingEvent, Message
from bookings.models.event import record
from bookings.models.message import of_edition

from .change import Change, Tell
from .locks import in_transaction, locked
from .rewriting import as_seen

CHOSEN = {Tell.NOW: "told now", Tell.NOT: "kept quiet"}
"""The verbs of this choice; they leave the session as it is."""
QUIET = gettext_noop("The desk chose to tell nobody.")


def last_deed(booking: Booking) -> BookingEvent | None:
    """What was last done to a booking itself. One query."""
    return booking.events.exclude(verb__in=CHOSEN.values()).order_by("-at", "-pk").first()


def tell_instead(*, booking: Booking, change: Change) -> bool:
    """Let what waits of the last change leave now, or not at all, as `change.tell` says; for all sessions of that act.

    False when nothing waits any more: it has left, or there was nobody to tell. Raises Stale.
    """

    def act() -> bool:
        rows = _of_the_act(booking)
        as_seen(next(row for row in rows if row.pk == booking.pk), change.version)
        return any([_tell(row, change) for row in rows])

    return in_transaction(act)


def _of_the_act(booking: Booking) -> Sequence[Booking]:
    """The session, and those that changed with it, held until the transaction ends."""
    deed = last_deed(booking)
    others = Booking.objects.filter(events__act=deed.act) if deed and deed.act else Booking.objects.none()
    return [locked(row) for row in sorted({booking, *others}, key=lambda row: row.pk)]


def _tell(row: Booking, change: Change) -> bool:
    queued = Message.State.QUEUED
    waiting = row.messages.filter(of_edition(row.edition), state=queued, due_at__gt=change.now)
    waiting.filter(therapist__isnull=False, kind__in=staff_notices.OF_A_SESSION).update(due_at=change.now)
    answers = waiting.filter(therapist__isnull=True, kind__in=reminder_rows.ANSWERS)
    changed = answers.update(due_at=change.now) if change.tell == Tell.NOW else _keep_quiet(row, answers, change)
    if changed:
        deed = last_deed(row)
        record(booking=row, verb=CHOSEN[change.tell], by=change.by, now=change.now, act=deed and deed.act)
    return bool(changed)


def _keep_quiet(row: Booking, answers, change: Change) -> int:
    """Whoever has never heard of a session gets its confirmation, and the news of an earlier change is still due."""
    deed = last_deed(row)
    if not deed or deed.verb != "booked":
        answers = answers.exclude(kind=reminder_rows.CONFIRMATION)
    if reminders.news_cut_off(row, row.edition - 1):
        return 0
    changed = answers.update(state=Message.State.WITHDRAWN, reason=QUIET)
    if changed:
        reminders.told_nothing(booking=row, now=change.now)
    return changed
