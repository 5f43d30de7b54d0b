"""/desk/therapists/<slug>/ill/: each session of a therapist who cannot come, and who else could take it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import actions
from bookings.availability import Setup, StandIn, load_setup, stand_ins
from bookings.models import Booking
from bookings.scheduling.timeline import ceil_tick, instant_of
from bookings.views.answers import SeeOther
from desk.access import actor, desk_view
from desk.card import MOVABLE, board_on, phone
from desk.page import show
from desk.refusals import ERRORS, refusal_of
from desk.said import say
from desk.whose import Whose, whose_or_404
from locations.house import House
from spa import clock, texts
from therapists.models import TimeOff

CONTACTED = "contacted"


@dataclass(frozen=True, slots=True)
class Refused:
    """A session that could not be given away, and why."""

    booking: Booking
    words: str


@desk_view("GET", "HEAD", "POST")
def ill(request: HttpRequest, slug: str) -> HttpResponse:
    now, setup = clock.now(), load_setup()
    whose = whose_or_404(request, slug, setup, now)
    if request.method != "POST":
        return answer(request, setup, whose, now)
    change = actions.Change(actor(request), now, reason=_("%(name)s is ill") % {"name": whose.therapist.name})
    if request.POST.get("off") == "on":
        take_out(whose, change)
    refused, done = look_after(request, setup, whose, change)
    if refused or not done and request.POST.get("off") != "on":
        return answer(request, setup, whose, now, refused, status=409 if refused else 422)
    say(request, done_words(whose, done))
    return SeeOther(request.get_full_path())


def take_out(whose: Whose, change: actions.Change) -> None:
    """Nobody books her for the rest of the day. Pressed twice, it is once."""
    start = max(whose.first, instant_of(ceil_tick(change.now)))
    hers = TimeOff.objects.filter(therapist=whose.therapist, kind=TimeOff.Kind.ILLNESS)
    if start < whose.last and not hers.filter(during__contains=DateTimeTZRange(start, whose.last)).exists():
        times = {"start": start, "end": whose.last, "kind": TimeOff.Kind.ILLNESS}
        actions.block(therapist=whose.therapist, reason="", change=change, **times)


def look_after(
    request: HttpRequest, setup: Setup, whose: Whose, change: actions.Change
) -> tuple[list[Refused], list[Booking]]:
    """Do for each session what was chosen for it. Each stands for itself: one that fails keeps none from the rest."""
    refused, done = [], []
    for booking in sessions(whose):
        choice = request.POST.get(f"do-{booking.pk}", "")
        version = request.POST.get(f"version-{booking.pk}", "")
        if not choice or not version.isdecimal():
            continue
        try:
            one(booking, choice, int(version), setup, change)
            done.append(booking)
        except ERRORS as error:
            refused.append(Refused(booking, refusal_of(error, booking, int(version)).heading))
    return refused, done


def one(booking: Booking, choice: str, version: int, setup: Setup, change: actions.Change) -> None:
    if choice == CONTACTED:
        actions.add_note(text=_("Contacted: %(why)s") % {"why": change.reason}, change=change, booking=booking)
        return
    taker = next((person for person in setup.therapists if str(person.pk) == choice), None)
    if taker is None:
        raise actions.SlotTaken
    seen = actions.Change(change.by, change.now, version)
    actions.reassign(booking=booking, therapist=taker, change=seen)


def sessions(whose: Whose) -> list[Booking]:
    """Hers of that day which have not begun, the earliest first. One query."""
    during = DateTimeTZRange(whose.first, whose.last)
    return [row for row in actions.in_the_way(therapist=whose.therapist, during=during) if row.status in MOVABLE]


def done_words(whose: Whose, done: list[Booking]) -> str:
    said = ngettext("%(count)s session looked after.", "%(count)s sessions looked after.", len(done))
    return said % {"count": len(done)}


def answer(
    request: HttpRequest,
    setup: Setup,
    whose: Whose,
    now: datetime,
    refused: Iterable[Refused] = (),
    status: int = 200,
) -> HttpResponse:
    rows = sessions(whose)
    prefetch_related_objects(rows, "notes")
    context = {
        "whose": whose,
        "title": _("%(name)s cannot come") % {"name": whose.therapist.name},
        "rows": [row_words(row) for row in stand_ins(setup, rows, now)],
        "refused": refused,
        "nothing": status == 422,
        "back_to": board_on(whose.day, whose.place),
    }
    return show(request, "desk/ill.html", context, house=House.load(request), now=now, status=status)


def row_words(row: StandIn) -> dict[str, object]:
    """When, who, how to ring her, what was written down, and the others who could take it."""
    booking = row.booking
    return {
        "booking": booking,
        "when": texts.span(booking.starts_at, booking.ends_at),
        "what": booking.treatment_name,
        "phone": phone(booking),
        "asked_for": row.asked_for,
        "notes": [note.text for note in booking.notes.all()],
        "others": row.therapists,
    }
