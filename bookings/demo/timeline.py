"""The demo's timeline: the four messages around a session in both languages, those that left, and those that wait."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from django.utils import translation

from bookings import reminder_rows
from bookings.demo.menu import both
from bookings.models import Booking, Message
from bookings.models.status import Status
from bookings.reminder_rules import AFTER, Due, Quiet, Session, timetable
from bookings.reminder_steps import TimelineStep, steps_for
from locations.models import Location
from spa import texts
from therapists.models import Style
from treatments.models import ReminderStep
from treatments.placeholders import PLACEHOLDERS, fill

HISTORY = timedelta(days=3)
EAT_BY = timedelta(minutes=90)

# kind: anchor, minutes, subject, text
STEPS = {
    "day_before": (
        "start", -1440,
        both("{day}, {time}: your session with {therapist}", "{day}, {time}: tu sesión con {therapist}"),
        both("Drink water from now on, as much as feels good.\n{clothes}\nFinish eating by {eat_by}.\n"
             "Please arrive at {arrive_at}.",
             "Bebe agua desde ahora, la que te apetezca.\n{clothes}\nTermina de comer antes de las {eat_by}.\n"
             "Llega a las {arrive_at}."),
    ),
    "before_meal": (
        "start", -180,
        both("Finish eating by {eat_by}", "Termina de comer antes de las {eat_by}"),
        both("Your session begins at {time} on {day}.\nA small snack until {eat_by} is fine. Keep drinking water.",
             "Tu sesión empieza a las {time}, el {day}.\n"
             "Algo ligero hasta las {eat_by} está bien. Sigue bebiendo agua."),
    ),
    "aftercare": (
        "end", 60,
        both("After your session: water and rest", "Después de tu sesión: agua y descanso"),
        both("Thank you for coming, {name}.\n{water_after}\n{aftercare}",
             "Gracias por venir, {name}.\n{water_after}\n{aftercare}"),
    ),
    "next_day": (
        "end", 1440,
        both("How do you feel after your session?", "¿Cómo te sientes después de tu sesión?"),
        both("How do you feel after your session with {therapist}?\n"
             "If something is not as you expected, ring us: {phone}.",
             "¿Cómo te sientes después de tu sesión con {therapist}?\n"
             "Si algo no es como esperabas, llámanos: {phone}."),
    ),
}  # fmt: skip
OIL = both(
    "Drink water from now on, as much as feels good.\n{clothes}\nWe use oil: keep your best clothes at home.\n"
    "Finish eating by {eat_by}.\nPlease arrive at {arrive_at}.",
    "Bebe agua desde ahora, la que te apetezca.\n{clothes}\nUsamos aceite: deja en casa tu mejor ropa.\n"
    "Termina de comer antes de las {eat_by}.\nLlega a las {arrive_at}.",
)


def make_steps(styles: dict[str, Style]) -> None:
    rows = [
        ReminderStep(kind=kind, anchor=anchor, offset_minutes=minutes, subject=subject, text=text)
        for kind, (anchor, minutes, subject, text) in STEPS.items()
    ]
    _anchor, _minutes, subject, _text = STEPS["day_before"]
    for style in styles.values():
        if style.uses_oil:
            rows.append(ReminderStep(kind="day_before", offset_minutes=-1440, style=style, subject=subject, text=OIL))
    ReminderStep.objects.bulk_create(rows)


def make_timeline(bookings: Iterable[Booking], now: datetime) -> None:
    """What left in the last days and what waits for the sessions to come."""
    steps, places = cache(steps_for), Location.objects.in_bulk()
    rows = []
    for booking in bookings:
        if booking.email and booking.reference and booking.during.upper > now - HISTORY:
            rows += _rows(booking, steps(booking.length_id), places[booking.location_id], now)
    Message.objects.bulk_create(rows)


def _rows(booking: Booking, steps: dict[str, TimelineStep], place: Location, now: datetime) -> list[Message]:
    start, end = booking.during.lower, booking.during.upper
    session = Session(start, end, place.zone, start - EAT_BY)
    rules = [step.rule for step in steps.values()]
    dues = timetable(rules, session, Quiet(place.quiet_from, place.quiet_until), booking.created_at)
    return [_row(booking, due, steps[due.kind], place, now) for due in dues]


def _row(booking: Booking, due: Due, step: TimelineStep, place: Location, now: datetime) -> Message:
    message = Message(
        key=reminder_rows.key(booking, due.kind, Message.Channel.MAIL), kind=due.kind, booking=booking,
        client=booking.client, recipient=booking.email, due_at=due.at, useful_until=due.useful_until,
        created_at=booking.created_at,
    )  # fmt: skip
    if booking.status == Status.CANCELLED:
        message.state = Message.State.WITHDRAWN
    elif due.at <= now and due.kind in AFTER and booking.status == Status.NO_SHOW:
        message.state, message.reason = Message.State.SKIPPED, f"The booking is {booking.get_status_display()}."
    elif due.at <= now:
        message.state, message.attempts, message.sent_at = Message.State.SENT, 1, due.at + timedelta(seconds=4)
        message.subject, message.text = _words(booking, step, place)
    return message


def _words(booking: Booking, step: TimelineStep, place: Location) -> tuple[str, str]:
    """Subject and text as they left; advice that would need a look at the menu is left out."""
    start = booking.during.lower.astimezone(place.zone)
    with translation.override(booking.language):
        values = dict.fromkeys(PLACEHOLDERS, "") | {
            "name": booking.first_name,
            "day": texts.long_day(start),
            "time": texts.clock(start),
            "eat_by": texts.clock(start - EAT_BY),
            "therapist": booking.therapist.name,
            "phone": place.phone,
        }
        return fill(str(step.subject), values), fill(str(step.text), values)
