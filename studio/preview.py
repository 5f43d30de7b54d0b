"""What a client of an example session would get: when each message leaves, and the words of one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import translation
from django.utils.translation import gettext as _

from bookings import reminder_rows
from bookings.models import Booking, Message
from bookings.outbox.compose import compose
from bookings.outbox.kinds import name_of
from bookings.reminder_rules import Due, Kind, Quiet, Session, instant, timetable
from bookings.reminder_steps import TimelineStep, chosen, particular, rows_for
from locations.models import Location
from spa import texts
from studio.session_form import Example
from therapists.models import Therapist
from treatments.models import ReminderStep
from treatments.placeholders import BadWords

BOOKED_AHEAD = timedelta(days=30)
"""The example is booked so early that every message is still to come."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """When a message of the timeline leaves, in words. `here`: it is the one that is being edited."""

    name: str
    words: str
    here: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as its reader gets it; `short` as a text message. `problem` says why there are no words."""

    subject: str = ""
    text: str = ""
    short: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    session: str
    quiet: str
    leavings: list[Leaving]
    letter: Letter | None = None
    instead: ReminderStep | None = None
    """The row of the same kind that goes to this treatment in place of the edited one."""
    too_late: str = ""
    """That it names an hour until which cancelling is free, and leaves when that is over; else empty."""


def of_timeline(example: Example) -> Preview:
    """When all messages of a session leave, as the steps are saved."""
    return _preview(booking_of(example), list(rows_for(example.length.pk)))


def of_step(example: Example, step: ReminderStep) -> Preview:
    """The same with one step as it is being edited, and its words. It must apply to the treatment."""
    booking = booking_of(example)
    others = [row for row in rows_for(example.length.pk) if row.pk != step.pk]
    instead = [row for row in others if row.kind == step.kind and particular(row) > particular(step)]
    rows = [*others, step]
    return _preview(booking, rows, step, max(instead, key=particular, default=None))


def _preview(
    booking: Booking, rows: list[ReminderStep], step: ReminderStep | None = None, instead: ReminderStep | None = None
) -> Preview:
    place, session, steps = booking.location, reminder_rows.session_of(booking), chosen(rows)
    rules = [one.rule for one in steps.values()]
    quiet = Quiet(place.quiet_from, place.quiet_until)
    dues = {due.kind: due for due in timetable(rules, session, quiet, booking.created_at)}
    here = step.kind if step else ""
    return Preview(
        session=texts.whole(booking.starts_at, booking.ends_at),
        quiet=_quiet(place),
        leavings=[
            Leaving(name_of(kind), _leaving(steps.get(kind), dues.get(kind), session), kind == here) for kind in Kind
        ],
        letter=_letter(booking, step, dues.get(step.kind)) if step else None,
        instead=instead,
        too_late=_too_late(booking, dues.get(here)) if here == Kind.DAY_BEFORE else "",
    )


def _leaving(step: TimelineStep | None, due: Due | None, session: Session) -> str:
    if step is None:
        return _("Switched off: it does not leave.")
    if due is None and step.rule.kind == Kind.BEFORE_MEAL and session.eat_by is None:
        return _("There is no advice on eating for this treatment: it does not leave.")
    if due is None:
        return _("It would come too late to be of use: it does not leave.")
    wanted, left = (at.astimezone(session.zone) for at in (instant(step.rule, session), due.at))
    if wanted == left:
        return texts.moment(left)
    moments = {"due": texts.moment(wanted), "at": texts.clock(left), "moment": texts.moment(left)}
    if wanted.date() == left.date():
        return _("Due %(due)s, in your quiet hours: leaves %(at)s.") % moments
    return _("Due %(due)s, in your quiet hours: leaves %(moment)s.") % moments


def _too_late(booking: Booking, due: Due | None) -> str:
    if due is None or due.at < booking.free_cancel_until:
        return ""
    words = {"moment": texts.moment(booking.free_until)}
    return (
        _("Cancelling is free until %(moment)s, so this message comes too late to choose: let it leave earlier.")
        % words
    )


def _quiet(place: Location) -> str:
    if place.quiet_from == place.quiet_until:
        return ""
    return _("%(from)s to %(until)s") % {"from": texts.clock(place.quiet_from), "until": texts.clock(place.quiet_until)}


def _letter(booking: Booking, step: ReminderStep, due: Due | None) -> Letter:
    """The words of a step, saved or not, switched on or off, as this client would read them."""
    rule = chosen([_switched_on(step)])[step.kind]
    leaves_at = due.at if due else instant(rule.rule, reminder_rows.session_of(booking))
    try:
        mail = compose(_message(booking, step.kind, Message.Channel.MAIL, leaves_at), rule)
    except BadWords as problem:
        return Letter(problem=_("It cannot be written: %(why)s") % {"why": problem})
    short = ""
    if Message.Channel.SMS in step.channels:
        short = compose(_message(booking, step.kind, Message.Channel.SMS, leaves_at), rule).text
    return Letter(mail.subject, mail.text, short)


def _switched_on(step: ReminderStep) -> ReminderStep:
    fields: Iterable[str] = ("kind", "anchor", "offset_minutes", "channels", "subject", "text")
    return ReminderStep(is_on=True, **{name: getattr(step, name) for name in fields})


def _message(booking: Booking, kind: str, channel: str, at: datetime) -> Message:
    return Message(kind=kind, channel=channel, booking=booking, due_at=at, created_at=booking.created_at)


def booking_of(example: Example) -> Booking:
    """A booking that is never saved. Its links open nothing. One query."""
    place, length, start = example.place, example.length, example.start
    giver = Therapist.objects.filter(styles=length.treatment.style_id, bookable=True).first()
    with translation.override(example.language):
        words = {"treatment_name": str(length.treatment.name), "name": _("Robin")}
        therapist = giver or Therapist(name=_("your therapist"))
    return Booking(
        pk=0,
        therapist=therapist,
        length=length,
        location=place,
        during=DateTimeTZRange(start, example.end),
        price=length.price,
        currency=place.currency,
        minutes=length.minutes,
        language=example.language,
        free_cancel_until=start - timedelta(hours=place.free_cancel_hours),
        reference=f"{place.studio.reference_prefix} AB2 C3",
        created_at=start - BOOKED_AHEAD,
        address_proven_at=start - BOOKED_AHEAD,
        **words,
    )
