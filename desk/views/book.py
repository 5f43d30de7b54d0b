"""/desk/book/: a booking in seconds, for a client the desk finds by three letters or for somebody new."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bookings import actions
from bookings.availability import load_setup
from bookings.models import Booking
from bookings.views.answers import SeeOther
from clients.finding import FEWEST, find
from clients.models import Client
from desk.access import actor, desk_view
from desk.ask import Ask, read_ask, read_key
from desk.card import board_on, day_of
from desk.forms.book import WhoForm
from desk.page import show
from desk.refusals import ERRORS, Refusal, refusal_of
from desk.said import say, told, unbook, way_to_tell
from desk.times import free_times, near_times
from locations.house import House
from spa import clock, texts

MOST = 8


@desk_view("GET", "HEAD", "POST")
def book(request: HttpRequest) -> HttpResponse:
    now, setup = clock.now(), load_setup()
    ask = read_ask(request.POST or request.GET, setup, now)
    if ask is None:
        return show(request, "desk/no_menu.html", {}, house=House.load(request), now=now)
    if request.method == "POST":
        return post(request, ask, now)
    if request.headers.get("HX-Target") == "found":
        return render(request, "desk/_found.html", found(request, ask))
    return answer(request, ask, WhoForm(country=ask.place.country), now)


def post(request: HttpRequest, ask: Ask, now: datetime) -> HttpResponse:
    form, key = WhoForm(request.POST, country=ask.place.country), read_key(request.POST.get("key", ""))
    if not form.is_valid() or ask.wrong or ask.start is None or key is None:
        return answer(request, ask, form, now, status=422)
    words = form.cleaned_data
    change = actions.Change(actor(request), now, reason=words["reason"], tell=words["tell"])
    try:
        done = actions.book_at_desk(
            wish=ask.wish,
            start=ask.start,
            client=words["who"],
            change=change,
            key=key,
            asked_for=words["asked_for"],
            rooms=room_of(request.POST),
        )
    except ERRORS as error:
        return answer(request, ask, form, now, refusal_of(error))
    booked(request, done, words["tell"])
    return SeeOther(day_of(done))


def room_of(words: Mapping[str, str]) -> tuple[int, ...]:
    """The room whose free time was pressed, on the board by rooms."""
    number = words.get("room", "")
    return (int(number),) if number.isascii() and number.isdecimal() and len(number) < 19 else ()


def booked(request: HttpRequest, done: Booking, tell: actions.Tell) -> None:
    """Say what was booked and when its client hears of it, with the way back."""
    said = f"{booked_words(done)} {told(done, tell)}"
    say(request, said, undo=unbook(done), news=way_to_tell(done, tell))


def booked_words(done: Booking) -> str:
    words = {"name": done.name, "when": texts.moment(done.starts_at), "who": done.therapist.name}
    return _("Booked %(name)s on %(when)s, with %(who)s.") % words


def answer(
    request: HttpRequest, ask: Ask, form: WhoForm, now: datetime, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    """The time and whom it is for; or, while no time is chosen, the free times of a day."""
    problems = form.problems if form.is_bound else []
    if ask.wrong:
        problems = [("id_length", ask.wrong), *problems]
    context = found(request, ask) | {
        "form": form,
        "people": ask.people(now),
        "problems": problems,
        "refusal": refusal,
        "near": near_times(refusal.nearest, ask.wish, now) if refusal else [],
        "free": None if ask.start else free_times(ask.setup, ask.wish, now),
        "back_to": board_on(ask.day, ask.place),
    }
    status = refusal.status if refusal else status
    return show(request, "desk/book.html", context, house=House.load(request), now=now, status=status)


def found(request: HttpRequest, ask: Ask) -> dict[str, Any]:
    """Who fits the letters that were typed, and the hidden words of the form that books."""
    words = request.POST or request.GET
    typed, number = words.get("q", "")[:80], words.get("client", "")
    known = Client.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    matches = [] if known else find(typed, ask.place.country, MOST)
    return {
        "ask": ask,
        "room": next(iter(room_of(words)), ""),
        "typed": typed,
        "known": known,
        "matches": matches[:MOST],
        "more": len(matches) > MOST,
        "enough": len(typed.strip()) >= FEWEST,
        "key": read_key(words.get("key", "")) or uuid4(),
    }
