"""/desk/bookings/<pk>/move/: another time, another therapist; the free times are the client's own list."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import actions
from bookings.availability import Setup, Wish, load_setup
from bookings.models import Booking
from bookings.views.answers import SeeOther
from desk.access import actor, desk_view
from desk.ask import working_at
from desk.card import MOVABLE, asks, booking_or_404, day_of
from desk.forms.move import SAME, MoveForm, WhereForm
from desk.page import show
from desk.refusals import ERRORS, Refusal, refusal_of
from desk.said import say, told, way_back, way_to_tell
from desk.times import free_times, near_times
from locations.house import House
from spa import clock, texts
from therapists.models import Therapist


@desk_view("GET", "HEAD", "POST")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    now, setup, seen = clock.now(), load_setup(), booking_or_404(pk)
    if request.method == "POST":
        return post(request, setup, seen, now)
    if seen.status not in MOVABLE:
        return SeeOther(reverse("desk_booking", args=[pk]))
    return answer(request, setup, seen, now, form_for(setup, seen))


def post(request: HttpRequest, setup: Setup, seen: Booking, now: datetime) -> HttpResponse:
    form = form_for(setup, seen, request.POST)
    if not form.is_valid():
        return answer(request, setup, seen, now, form, status=422)
    words = form.cleaned_data
    wish = wish_for(seen, words["therapist"], words["start"].astimezone(seen.location.zone).date())
    change = actions.Change(actor(request), now, words["version"], words["reason"], words["tell"])
    try:
        done = actions.move(booking=seen, wish=wish, start=words["start"], change=change, room=words["room"])
    except ERRORS as error:
        seen = booking_or_404(seen.pk)
        return answer(request, setup, seen, now, form, refusal_of(error, seen, words["version"]))
    said = moved_words(done, is_by_room=bool(words["room"])) + " " + told(done, words["tell"])
    say(request, said, undo=way_back("desk_undo", done), news=way_to_tell(done, words["tell"]))
    return SeeOther(day_of(done))


def moved_words(done: Booking, *, is_by_room: bool = False) -> str:
    """ "Moved Robin Hale to Friday 20 November 2026, 14:20 to 14:50, with Ana." """
    words = {"name": done.name, "when": texts.whole(done.starts_at, done.ends_at), "who": done.therapist.name}
    if is_by_room and done.room:
        words["room"] = done.room.name
        return _("Moved %(name)s to %(when)s, with %(who)s in %(room)s.") % words
    return _("Moved %(name)s to %(when)s, with %(who)s.") % words


def form_for(setup: Setup, seen: Booking, *data: Any) -> MoveForm:
    return MoveForm(*data, setup=setup, booking=seen, initial={"version": seen.version, "tell": "soon"})


def wish_for(seen: Booking, therapist: Therapist | None, day: date) -> Wish:
    return Wish(seen.location, seen.length, therapist, day, days=1, but=seen.pk)


def answer(
    request: HttpRequest,
    setup: Setup,
    seen: Booking,
    now: datetime,
    form: MoveForm,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """The free times of a day, and why the last wish was not possible; what was typed stays."""
    people = working_at(setup.givers(seen.length.treatment), seen.location, now, seen.therapist)
    where = WhereForm(asked(request, seen, form), setup=setup, booking=seen, listed=people)
    where.is_valid()
    day, therapist = where.cleaned_data.get("day") or seen.starts_at.date(), where.cleaned_data.get("therapist")
    wish = wish_for(seen, therapist, day)
    context = asks(seen, form, refusal) | {
        "where": where,
        "problems": form.problems if form.is_bound else where.problems,
        "wanted": wanted(form, seen) if refusal and refusal.wants_reason else None,
        "near": near_times(refusal.nearest, wish, now) if refusal else [],
        "free": free_times(setup, wish, now),
        "why": why_link(seen, wish, form),
    }
    status = refusal.status if refusal else status
    return show(request, "desk/move.html", context, house=House.load(request), now=now, status=status)


def why_link(seen: Booking, wish: Wish, form: MoveForm) -> str:
    """Where it says why a time of the day that is shown is not offered; which time, when one was refused."""
    start = getattr(form, "cleaned_data", {}).get("start")
    words = {"place": wish.location.slug, "length": wish.length.pk, "day": wish.first_day.isoformat()}
    words |= {"therapist": wish.therapist.pk if wish.therapist else "", "start": start.isoformat() if start else ""}
    return f"{reverse('desk_why')}?{urlencode({name: value for name, value in words.items() if value})}"


def asked(request: HttpRequest, seen: Booking, form: MoveForm) -> dict[str, str]:
    """Which list to show: the one asked for, around what was pressed, or of her own day and therapist."""
    if request.method != "POST":
        own = {"therapist": str(seen.therapist_id), "day": seen.starts_at.date().isoformat()}
        return own | request.GET.dict()
    start = getattr(form, "cleaned_data", {}).get("start") or seen.during.lower
    day = start.astimezone(seen.location.zone).date()
    person = request.POST.get("therapist", "")
    if person == SAME or "therapist" in form.errors:
        person = str(seen.therapist_id)
    return {"therapist": person, "day": day.isoformat()}


def wanted(form: MoveForm, seen: Booking) -> dict[str, str]:
    """The time that only a reason is wanted for, as its button sends it and as it reads."""
    start = form.cleaned_data["start"]
    return {"value": start.isoformat(), "words": texts.moment(start.astimezone(seen.location.zone))}
