"""The start page: the soonest time first, then how a session goes, the pressure, the styles, and whose feet."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bookings import availability
from bookings.availability.soonest import soonest_of_each
from bookings.views.choice import read_choice
from bookings.views.choose import soonest_cards
from bookings.views.near import PRESSURE
from pages import data, menu, people
from pages.page import house_of, show, today_at
from pages.texts import words_of
from spa import clock

KEYS = ("welcome", "session", "pressure", "ways", "prepare_short", "ask_first")


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    now, setup = clock.now(), availability.load_setup()
    said, everybody = words_of(*KEYS), people.shown(setup)
    context = {
        "said": said,
        "picture": "start",
        "description": said["welcome"].plain,
        "data": data.business(house_of(request, setup)),
        "steps": [(step, str(words).capitalize()) for step, words in PRESSURE.items()],
        "items": menu.items(setup, today_at(setup, now)),
        "people": people.cards(setup, everybody, [], soonest_of_each(setup, now, people=everybody), now),
        "drawings": [f"components/_draw_{name}.html" for name in ("water", "bowl", "cloth")],
        **soonest(setup, now),
    }
    return show(request, "pages/start.html", setup, context)


def soonest(setup: availability.Setup, now: dt.datetime) -> dict[str, Any]:
    """The first free times of what stands first on the menu. Two statements."""
    choice = read_choice({}, setup, now)
    if choice is None:
        return {"choice": None, "soonest": []}
    return {"choice": choice, "soonest": soonest_cards(choice, availability.search(setup, choice.wish(), now))}
