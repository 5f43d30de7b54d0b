"""/desk/walk-in/: somebody stands at the desk; who can take her soonest, and the first one takes Enter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import actions, availability
from bookings.availability import Setup, WalkIn
from bookings.models import Booking
from bookings.views.answers import SeeOther
from clients.finding import find
from clients.models import Client
from desk.access import actor, desk_view
from desk.ask import Ask, read_ask, read_key
from desk.card import board_on, day_of
from desk.forms.book import WhoForm
from desk.page import show
from desk.refusals import ERRORS, Refusal, refusal_of
from desk.views.book import booked
from locations.house import House
from locations.models import Location
from spa import clock, texts

MOST = 5


@desk_view("GET", "HEAD", "POST")
def walk_in(request: HttpRequest) -> HttpResponse:
    now, setup = clock.now(), availability.load_setup()
    place = setup.location((request.POST or request.GET).get("place", "")) or next(iter(setup.locations), None)
    if place is None:
        return show(request, "desk/no_menu.html", {}, house=House.load(request), now=now)
    if request.method == "POST":
        return post(request, setup, place, now)
    if request.headers.get("HX-Target") == "known":
        return render(request, "desk/_known.html", known(request.GET, place))
    return answer(request, setup, place, WhoForm(country=place.country, is_here=True), now)


def post(request: HttpRequest, setup: Setup, place: Location, now: datetime) -> HttpResponse:
    form = WhoForm(request.POST, country=place.country, is_here=True)
    ask, key = picked(request.POST, setup, now), read_key(request.POST.get("key", ""))
    if not form.is_valid() or ask is None or key is None:
        return answer(request, setup, place, form, now, status=422)
    words = form.cleaned_data
    change = actions.Change(actor(request), now, tell=words["tell"])
    about = {"wish": ask.wish, "start": ask.start, "client": words["who"], "source": Booking.Source.WALK_IN}
    try:
        done = actions.book_at_desk(**about, change=change, key=key)
    except ERRORS as error:
        return answer(request, setup, place, form, now, refusal_of(error))
    booked(request, done, words["tell"])
    return SeeOther(day_of(done))


def picked(typed: Mapping[str, str], setup: Setup, now: datetime) -> Ask | None:
    """What a button of the list stands for: a therapist, a length and a start; None for what none of them says."""
    words = dict(zip(("therapist", "length", "start"), typed.get("pick", "").split(" "), strict=False))
    ask = read_ask(words | {"place": typed.get("place", "")}, setup, now)
    return ask if ask and ask.start and ask.therapist and not ask.wrong else None


def known(words: Mapping[str, str], place: Location) -> dict[str, Any]:
    """Whom the desk knows by the letters or digits that were typed, and whom it chose: she stays among them, whatever
    is typed later, until somebody else is chosen."""
    typed, number = words.get("name", "") or words.get("phone", "") or words.get("email", ""), words.get("client", "")
    chosen = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None
    matches = find(typed, place.country, MOST)[:MOST]
    if chosen and chosen not in [one.pk for one in matches]:
        matches = [*Client.objects.filter(pk=chosen), *matches]
    return {"matches": matches, "chosen": chosen}


def answer(
    request: HttpRequest,
    setup: Setup,
    place: Location,
    form: WhoForm,
    now: datetime,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = availability.walk_in(setup, place, now)
    context = {
        "place": place,
        "rows": [row_words(row) for row in rows],
        "form": form,
        "key": read_key(request.POST.get("key", "")) or uuid4(),
        "problems": form.problems if form.is_bound else [],
        "refusal": refusal,
        "back_to": board_on(now.astimezone(place.zone).date(), place),
    } | known(request.POST, place)
    status = refusal.status if refusal else status
    return show(request, "desk/walk_in.html", context, house=House.load(request), now=now, status=status)


def row_words(row: WalkIn) -> dict[str, Any]:
    """ "10:20", "Ana", "40 minutes free", "5 of 10 sessions today", and a button for each length."""
    start = row.start.isoformat()
    load = ngettext("%(count)s session today", "%(count)s sessions today", row.sessions)
    load = _("%(count)s of %(limit)s sessions today") if row.limit else load
    return {
        "clock": texts.clock(row.start),
        "name": row.therapist.name,
        "free": _("%(count)s minutes free") % {"count": row.minutes_free},
        "load": load % {"count": row.sessions, "limit": row.limit},
        "picks": [
            {
                "value": f"{row.therapist.pk} {length.pk} {start}",
                "call": _("%(name)s, %(minutes)s min") % {"name": length.treatment.name, "minutes": length.minutes},
            }
            for length in row.lengths
        ],
    }
