"""/desk/therapists/<slug>/ill/: each session of a therapist who cannot come, and who else could take it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bookings import actions, asking
from bookings.availability import Setup, StandIn, load_setup, stand_ins
from bookings.models import Booking, BookingEvent, Message
from bookings.models.status import Status
from bookings.scheduling.timeline import ceil_tick, instant_of
from bookings.views.answers import SeeOther
from desk.access import actor, desk_view
from desk.asked import asked_words
from desk.card import MOVABLE, board_on, phone
from desk.happened import who
from desk.page import show
from desk.refusals import ERRORS, refusal_of
from desk.said import say, told, told_of_end, told_of_standing
from desk.whose import Whose, whose_or_404
from locations.house import House
from spa import clock, texts
from therapists.models import TimeOff

CONTACTED, ASK, UNASK, CANCEL = "contacted", "ask", "unask", "cancel"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one session; `is_done` False: it stays as it was, and `words` say why."""

    booking: Booking
    words: str
    is_done: bool = True


@desk_view("GET", "HEAD", "POST")
def ill(request: HttpRequest, slug: str) -> HttpResponse:
    now, setup = clock.now(), load_setup()
    whose = whose_or_404(request, slug, setup, now)
    if request.method != "POST":
        return answer(request, setup, whose, now)
    change = actions.Change(actor(request), now, reason=_("%(name)s is ill") % {"name": whose.therapist.name})
    is_off = request.POST.get("off") == "on"
    if is_off:
        take_out(whose, change)
    outcomes = look_after(request, setup, whose, change)
    if not outcomes and not is_off:
        return answer(request, setup, whose, now, status=422)
    if not all(one.is_done for one in outcomes):
        return answer(request, setup, whose, now, outcomes, status=409)
    say(request, done_words(whose, outcomes, is_off))
    return SeeOther(request.get_full_path())


def take_out(whose: Whose, change: actions.Change) -> None:
    """Nobody books her for the rest of the day. Pressed twice, it is once."""
    start = max(whose.first, instant_of(ceil_tick(change.now)))
    is_off = {"kind": TimeOff.Kind.ILLNESS, "state": TimeOff.State.ACCEPTED}
    hers = TimeOff.objects.filter(therapist=whose.therapist, **is_off)
    if start < whose.last and not hers.filter(during__contains=DateTimeTZRange(start, whose.last)).exists():
        times = {"start": start, "end": whose.last, "kind": TimeOff.Kind.ILLNESS}
        actions.block(therapist=whose.therapist, reason="", change=change, **times)


def look_after(request: HttpRequest, setup: Setup, whose: Whose, change: actions.Change) -> list[Outcome]:
    """Do for each session what was chosen for it, each in a transaction of its own: one that fails keeps none from
    the rest, and the page says of each what became of it."""
    outcomes = []
    for booking in sessions(whose):
        choice = request.POST.get(f"do-{booking.pk}", "")
        version = request.POST.get(f"version-{booking.pk}", "")
        if not choice or not version.isdecimal():
            continue
        seen = actions.Change(change.by, change.now, int(version), change.reason)
        try:
            outcomes.append(Outcome(booking, one(booking, choice, setup, seen)))
        except ERRORS as error:
            refusal = refusal_of(error, booking, seen.version)
            outcomes.append(Outcome(booking, f"{refusal.heading}. {refusal.words}", is_done=False))
    return outcomes


def one(booking: Booking, choice: str, setup: Setup, seen: actions.Change) -> str:
    """What was done, in words."""
    if choice == CONTACTED:
        actions.contacted(booking=booking, change=seen)
        return _("noted that the client was contacted.")
    if choice == ASK:
        actions.ask_for_other_time(booking=booking, change=seen)
        return _("asked to choose another time. The message leaves now.")
    if choice == UNASK:
        # That she is ill is not why the session stands.
        done = actions.take_question_back(booking=booking, change=replace(seen, reason=""))
        words = _("the question is taken back, the session stands. %(told)s")
        return words % {"told": told_of_standing(done, actions.Tell.NOW)}
    if choice == CANCEL:
        words = {"reason": seen.reason, "version": seen.version, "cause": BookingEvent.Cause.ILLNESS}
        done = actions.cancel(booking=booking, by=seen.by, now=seen.now, **words)
        return _("cancelled. %(told)s") % {"told": told_of_end(done)}
    taker = next((person for person in setup.therapists if str(person.pk) == choice), None)
    if taker is None:
        raise actions.SlotTaken
    # No reason goes with it: the rules of whoever takes it hold.
    done = actions.reassign(booking=booking, therapist=taker, change=replace(seen, reason=""))
    return _("with %(name)s now. %(told)s") % {"name": taker.name, "told": told(done, actions.Tell.NOW)}


def sessions(whose: Whose) -> list[Booking]:
    """Hers of that day which have not begun, the earliest first. One query."""
    during = DateTimeTZRange(whose.first, whose.last)
    return [row for row in actions.in_the_way(therapist=whose.therapist, during=during) if row.status in MOVABLE]


def done_words(whose: Whose, outcomes: Iterable[Outcome], is_off: bool) -> str:
    said = [f"{one.booking.name}: {one.words}" for one in outcomes]
    if is_off:
        said.insert(0, _("Nobody can book %(name)s for the rest of this day.") % {"name": whose.therapist.name})
    return " ".join(said)


def answer(
    request: HttpRequest,
    setup: Setup,
    whose: Whose,
    now: datetime,
    outcomes: Iterable[Outcome] = (),
    status: int = 200,
) -> HttpResponse:
    rows = sessions(whose)
    prefetch_related_objects(rows, "notes")
    rung, asked = contacts(rows), asking.open_questions(rows)
    context = {
        "whose": whose,
        "title": _("%(name)s cannot come") % {"name": whose.therapist.name},
        "rows": [
            row_words(row, rung.get(row.booking.pk), asked.get(row.booking.pk), now)
            for row in stand_ins(setup, rows, now)
        ],
        "done": [one for one in outcomes if one.is_done],
        "refused": [one for one in outcomes if not one.is_done],
        "nothing": status == 422,
        "back_to": board_on(whose.day, whose.place),
    }
    return show(request, "desk/ill.html", context, house=House.load(request), now=now, status=status)


def contacts(rows: list[Booking]) -> dict[int, str]:
    """Since when somebody has contacted the client of a session, and who: "12:04, Dee Moss". One query."""
    found = BookingEvent.objects.filter(booking__in=rows, verb="contacted").select_related("actor")
    zones = {row.pk: row.location.zone for row in rows}
    return {
        each.booking_id: f"{texts.clock(each.at.astimezone(zones[each.booking_id]))}, {who(each)}" for each in found
    }


def row_words(row: StandIn, rung: str | None, asked: Message | None, now: datetime) -> dict[str, object]:
    """When, who, how to ring her, who has contacted or asked her, what was written down, and who else could take it."""
    booking = row.booking
    is_open = booking.status == Status.BOOKED and now < booking.during.lower
    return {
        "booking": booking,
        "when": texts.span(booking.starts_at, booking.ends_at),
        "what": booking.treatment_name,
        "phone": phone(booking),
        "asked_for": row.asked_for,
        "rung": rung,
        "asked": asked_words(asked, booking) if asked else "",
        "may_ask": is_open and asked is None and bool(booking.email or booking.phone),
        "may_unask": is_open and asked is not None,
        "notes": [note.text for note in booking.notes.all()],
        "others": row.therapists,
    }
