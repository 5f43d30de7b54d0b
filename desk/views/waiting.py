"""/desk/waiting/: who waits, offers by hand, and people who ring to be put on the list."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import actions
from bookings.availability import Setup, load_setup
from bookings.models import WaitingEntry, WaitingOffer
from bookings.models.event import Actor
from bookings.views.answers import SeeOther
from clients.models import Client
from desk.access import actor, desk_view
from desk.ask import working_at
from desk.board.look import link
from desk.forms.fields import DayField, InstantField
from desk.forms.waiting import WaitForm
from desk.page import show
from desk.queue import queue
from desk.said import say
from locations.house import House
from locations.models import Location
from spa import clock

TWO_WEEKS = timedelta(days=13)


@desk_view("GET", "HEAD", "POST")
def waiting(request: HttpRequest) -> HttpResponse:
    """The queue of one place, and a form to put somebody on it."""
    now, setup = clock.now(), load_setup()
    place = place_of(request, setup)
    if place is None or not setup.lengths:
        return show(request, "desk/no_menu.html", {}, house=House.load(request), now=now)
    if request.method != "POST":
        return answer(request, setup, place, now)
    form = WaitForm(request.POST, **around(setup, place, now))
    if not form.is_valid():
        return answer(request, setup, place, now, form, status=422)
    try:
        entry = actions.join(waiting=form.waiting(now), by=actor(request), now=now)
    except actions.TooManyWaiting:
        form.add_error("phone" if not form.cleaned_data["email"] else "email", _("Three places on the list already"))
        return answer(request, setup, place, now, form, status=422)
    say(request, _("%(name)s is on the waiting list.") % {"name": entry.name})
    return SeeOther(link("desk_waiting", place=place.slug))


@desk_view("POST")
def waiting_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a time by hand, answer for somebody on the phone, or take her off the list."""
    entry, now = entry_or_404(pk), clock.now()
    act = STEPS.get(request.POST.get("do", ""))
    if act is None:
        return refuse(request, entry, now, _("We did not understand what was pressed. Try again."), 422)
    try:
        words = act(entry, request.POST, actor(request), now)
    except (actions.SlotTaken, actions.NotOffered):
        return refuse(request, entry, now, _("That time has gone in the meantime."), 409)
    except (actions.NotWaiting, actions.WrongStep):
        return refuse(request, entry, now, _("This has changed meanwhile: look at the list again."), 409)
    say(request, words % {"name": entry.name})
    return SeeOther(link("desk_waiting", place=entry.location.slug))


def offer(entry: WaitingEntry, sent: Mapping[str, str], by: Actor, now: datetime) -> str:
    try:
        instant = InstantField(required=False).clean(sent.get("start", ""))
    except ValidationError:
        instant = None
    if instant is None:
        raise actions.NotWaiting(entry)
    actions.offer(entry=entry, start=instant, by=by, now=now)
    return _("The time is held for %(name)s.")


def take(entry: WaitingEntry, sent: Mapping[str, str], by: Actor, now: datetime) -> str:
    actions.take(offer=open_offer(entry), by=by, now=now)
    return _("Moved for %(name)s.") if entry.instead_of_id else _("Booked for %(name)s.")


def let_go(entry: WaitingEntry, sent: Mapping[str, str], by: Actor, now: datetime) -> str:
    actions.decline(offer=open_offer(entry), by=by, now=now)
    return _("The time is free again; %(name)s stays on the list.")


def remove(entry: WaitingEntry, sent: Mapping[str, str], by: Actor, now: datetime) -> str:
    actions.leave(entry=entry, by=by, now=now)
    return _("%(name)s is off the waiting list.")


STEPS = {"offer": offer, "take": take, "let go": let_go, "remove": remove}


def open_offer(entry: WaitingEntry) -> WaitingOffer:
    related = entry.offers.select_related("entry__client", "booking__location__studio", "booking__length__treatment")
    found = related.filter(outcome=WaitingOffer.Outcome.OPEN).first()
    if found is None:
        raise actions.NotWaiting(entry)
    return found


def entry_or_404(pk: int) -> WaitingEntry:
    related = WaitingEntry.objects.select_related("location__studio", "length__treatment", "therapist", "client")
    found = related.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def place_of(request: HttpRequest, setup: Setup) -> Location | None:
    """The place asked for, else the first."""
    asked = request.POST.get("place") or request.GET.get("place", "")
    return setup.location(asked) or next(iter(setup.locations), None)


def first_words(request: HttpRequest, place: Location, now: datetime) -> dict[str, Any]:
    """A form for two weeks from the day that the board shows, for the client whose card sent us here."""
    today = now.astimezone(place.zone).date()
    try:
        day = max(DayField(required=False).clean(request.GET.get("day", "")) or today, today)
    except ValidationError:
        day = today
    number = request.GET.get("client", "")
    known = Client.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    words = {name: getattr(known, name) for name in ("name", "phone", "email")} | {"client": known.pk} if known else {}
    return words | {"first_on": day.isoformat(), "last_on": (day + TWO_WEEKS).isoformat(), "part": "any"}


def around(setup: Setup, place: Location, now: datetime) -> dict[str, Any]:
    """What the form needs to know of the place. One query."""
    people = working_at(setup.therapists, place, now)
    return {"setup": setup, "place": place, "people": people, "today": now.astimezone(place.zone).date()}


def refuse(request: HttpRequest, entry: WaitingEntry, now: datetime, why: str, status: int) -> HttpResponse:
    return answer(request, load_setup(), entry.location, now, refusal=why, status=status)


def answer(
    request: HttpRequest,
    setup: Setup,
    place: Location,
    now: datetime,
    form: WaitForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    places = [(one.name, link("desk_waiting", place=one.slug), one == place) for one in setup.locations]
    context = {
        "place": place,
        "places": places if len(places) > 1 else [],
        "queue": queue(place, now),
        "form": form or WaitForm(initial=first_words(request, place, now), **around(setup, place, now)),
        "problems": form.problems if form else [],
        "refusal": refusal,
        "back_to": reverse("desk_day"),
    }
    return show(request, "desk/waiting.html", context, house=House.load(request), now=now, status=status)
