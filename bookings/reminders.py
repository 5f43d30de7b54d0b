"""Which messages a booking needs, and when each is due. Call it inside the transaction that books, moves or cancels.

Answers to what somebody just did (confirmation, moved, cancelled) leave at once; the steps of the timeline leave at
their instants, never in the quiet hours of the place. A row keeps the instant it was planned for. The therapist hears
of the same change in the same transaction.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from bookings import reach, reminder_rules, sharing, staff_notices
from bookings.models import Booking, Message
from bookings.models.message import AGAIN, of_edition
from bookings.reminder_rows import (
    CANCELLED,
    CONFIRMATION,
    DETAILS,
    MOVED,
    STANDS,
    TELLING,
    TIMELINE,
    heard,
    of_client,
    quiet_hours,
    row_of,
    session_of,
    write,
)
from bookings.reminder_rules import Due
from bookings.reminder_steps import steps_for

AT_ONCE = timedelta()
BEHIND = timedelta(minutes=1)
"""What was late already follows this long after the message that explains why it comes at all."""


def plan(*, booking: Booking, now: datetime, wait: timedelta | None = AT_ONCE) -> None:
    """Write the rows of a booking that was just made: its confirmation and what is still of use of the timeline.

    What would have left by now stands in the confirmation, which leaves when `wait` is over; None: there is none.
    Planning twice makes no second row.
    """
    _plan(booking, CONFIRMATION, now, wait)
    staff_notices.booked(booking=booking, now=now, wait=wait or AT_ONCE)


def replan(
    *,
    booking: Booking,
    before_edition: int,
    now: datetime,
    former_therapist: int | None = None,
    wait: timedelta | None = AT_ONCE,
) -> None:
    """After a change of time, therapist or place: what has not left is withdrawn and planned anew for this edition.

    Whoever has heard of the booking gets one message that it changed, when `wait` is over, or none for None; whoever
    has not gets her confirmation in any case. Does nothing while `booking.edition` is still `before_edition`.
    `former_therapist`: who gave it, if somebody else.
    """
    if booking.edition == before_edition:
        return
    _replan(booking, now, wait)
    former = former_therapist or booking.therapist_id
    staff_notices.moved(booking=booking, former_id=former, now=now, wait=wait or AT_ONCE)


def taken_back(*, booking: Booking, before_edition: int, now: datetime, former_therapist: int) -> None:
    """After a change was undone: only whoever has heard of it, as edition `before_edition`, hears of that.

    The news of an earlier change that this one cut off leaves after all.
    """
    has_heard = heard(booking).filter(of_edition(before_edition)).exists()
    cut_off = news_cut_off(booking, before_edition - 1)
    _replan(booking, now, AT_ONCE if has_heard or cut_off else None, is_news=False)
    staff_notices.taken_back(booking=booking, before_edition=before_edition, former_id=former_therapist, now=now)


def news_cut_off(booking: Booking, edition: int) -> bool:
    """Whether the news of an edition was to leave when a later change came first. What was kept quiet has a reason."""
    rows = of_client(booking).filter(of_edition(edition), state=Message.State.WITHDRAWN)
    return rows.filter(kind=MOVED, reason="").exists()


def told_nothing(*, booking: Booking, now: datetime) -> None:
    """After an answer was withdrawn: the reminders that it would have made superfluous are needed again."""
    _plan(booking, MOVED, now, None)


def _replan(booking: Booking, now: datetime, wait: timedelta | None, is_news: bool = True) -> None:
    """`is_news`: what waits tells of a change that still holds, and leaves even when this one is kept quiet."""
    has_heard = heard(booking).exists()
    waiting = of_client(booking).filter(state=Message.State.QUEUED)
    news = waiting.filter(kind=MOVED).first()
    withdraw_for_the_next(booking, now)
    if wait is None and is_news and news:
        wait = max(news.due_at - now, AT_ONCE)
    if has_heard:
        _plan(booking, MOVED, now, wait)
    else:
        _plan(booking, CONFIRMATION, now, wait or AT_ONCE)


def stands(*, booking: Booking, now: datetime, is_news: bool, wait: timedelta | None = AT_ONCE) -> None:
    """After a question for another time was taken back. The caller has counted `edition` up by one: all gets new keys.

    `is_news`: the client has read the question, and hears when `wait` is over that the session stands, or nothing for
    None. What the question had withdrawn leaves at the instants it had, but not before that. Whoever was not told yet
    of the session as it stands hears that instead.
    """
    is_told = heard(booking).filter(kind__in=TELLING).exists()
    answer = CONFIRMATION if not is_told else MOVED if news_cut_off(booking, booking.edition - 1) else STANDS
    withdraw_for_the_next(booking, now)
    if answer != STANDS:
        _plan(booking, answer, now, wait or AT_ONCE)
    else:
        news = [_answer(booking, STANDS, now, wait)] if is_news and wait is not None else []
        if not _put_back(booking, now, news[0].at + BEHIND if news else None):
            told_nothing(booking=booking, now=now)  # the question stood again after an undo: nothing was planned then
        write(booking, news, {}, now)
    staff_notices.stands(booking=booking)


def cancelled(*, booking: Booking, now: datetime, is_slip: bool = False) -> None:
    """Withdraw what has not left, and say that the session is off: the last message of this booking.

    `is_slip`: it was booked by mistake a moment ago, so whoever has read nothing of it hears nothing.
    """
    withdraw(booking=booking)
    until = max(booking.during.lower, now + timedelta(days=1))
    if not is_slip or heard(booking).exists():
        write(booking, [Due(CANCELLED, now, until)], {}, now)
    staff_notices.cancelled(booking=booking, now=now)


def restored(*, booking: Booking, now: datetime, wait: timedelta | None = AT_ONCE) -> None:
    """After a cancellation was taken back. The caller has counted `edition` up by one: all gets new keys.

    Whoever has read the cancellation gets a confirmation when `wait` is over, or none for None; whoever never had
    one gets it in any case. Whoever knows nothing of it hears nothing of it: the cancellation is withdrawn, and what
    it had withdrawn leaves at the instants it had.
    """
    told = heard(booking).order_by("pk").values_list("kind", flat=True).last()
    withdraw(booking=booking)
    if told not in TELLING:
        _plan(booking, CONFIRMATION, now, wait if told else wait or AT_ONCE)
    else:
        _put_back(booking, now)
    staff_notices.restored(booking=booking, now=now, wait=wait or AT_ONCE)


def ask_for_details(*, booking: Booking, channel: str, address: str, now: datetime) -> Message:
    """Ask for what the desk did not take down, at once. Asked again before it has left, it is one message."""
    rows = booking.messages.filter(kind=DETAILS).order_by("pk")
    waiting = rows.filter(state=Message.State.QUEUED, channel=channel, recipient=address).last()
    if waiting:
        return waiting
    row = row_of(booking, Due(DETAILS, now, booking.during.lower), channel, address, now)
    if rows.filter(key=row.key).exists():
        row.key = f"{row.key}{AGAIN}{rows.last().pk}"
    row.save()
    return row


def withdraw(*, booking: Booking) -> None:
    """What has not left yet for the client will not leave."""
    of_client(booking).filter(state=Message.State.QUEUED).update(state=Message.State.WITHDRAWN)


def withdraw_for_the_next(booking: Booking, now: datetime) -> None:
    """The same when another edition follows: whoever is still to give her details is asked with its key."""
    asked = list(of_client(booking).filter(state=Message.State.QUEUED, kind=DETAILS))
    withdraw(booking=booking)
    for row in asked:
        ask_for_details(booking=booking, channel=row.channel, address=row.recipient, now=now)


def _plan(booking: Booking, answer: str, now: datetime, wait: timedelta | None = AT_ONCE) -> None:
    """Rows of the timeline, and of the answer unless `wait` is None. An answer never waits until the session begins."""
    steps = steps_for(booking.length_id)
    rules = [step.rule for step in steps.values()]
    # Whoever is told nothing now still needs the reminder that an answer would have made superfluous.
    told = now if wait is not None else now - reminder_rules.JUST_TOLD
    dues = reminder_rules.timetable(rules, session_of(booking), quiet_hours(booking), told)
    if wait is not None:
        dues = [_answer(booking, answer, now, wait), *dues]
    write(booking, dues, steps, now)


def _answer(booking: Booking, kind: str, now: datetime, wait: timedelta) -> Due:
    """When an answer leaves: when `wait` is over, and never so late that the session has begun. Of a session that was
    agreed in its first minutes it tells until the end."""
    at = now + wait if now + wait < booking.during.lower else now
    return Due(kind, at, booking.during.lower if at < booking.during.lower else booking.during.upper)


def _put_back(booking: Booking, now: datetime, earliest: datetime | None = None) -> int:
    """Plan what waited of the timeline in the edition before, by the same ways and at the same instants, but none
    before `earliest`; how much."""
    steps, possible = steps_for(booking.length_id), reach.addresses(booking)
    ways = {kind: reach.for_steps(booking, possible, step.channels) for kind, step in steps.items()}
    waited = Q(state=Message.State.WITHDRAWN) | Q(state=Message.State.SKIPPED, reason=sharing.SAID)
    former = of_client(booking).filter(waited, kind__in=TIMELINE, key__endswith=f"/{booking.edition - 1}")
    dues = [(row.channel, Due(row.kind, max(row.due_at, earliest or row.due_at), row.useful_until)) for row in former]
    rows = [row_of(booking, due, way, possible[way], now) for way, due in dues if way in ways.get(due.kind, ())]
    return len(Message.objects.bulk_create(rows, ignore_conflicts=True))
