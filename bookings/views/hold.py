"""POST /book/hold/: the chosen time becomes the visitor's for some minutes, or the nearest times are shown."""

import datetime as dt
from collections.abc import Mapping

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings import actions, availability
from bookings.availability import Setup, Wish
from bookings.views.answers import SeeOther
from bookings.views.choice import Choice
from bookings.views.near import near_groups
from bookings.views.session import draft, holder
from locations.house import House, is_demo
from spa import clock, texts

SHAPE = "%Y-%m-%dT%H:%MZ"
LONGEST = 120


@login_not_required
@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    now, setup = clock.now(), availability.load_setup()
    wish, start = read_start(request.POST, setup)
    if wish is None or start is None:
        return refused(request, setup, _("We do not know that time"), _("Choose one from the list, please."), 422)
    try:
        held = actions.hold(wish=wish, start=start, holder=holder(request), now=now)
    except (actions.SlotTaken, actions.NotOffered) as gone:
        return just_gone(request, setup, wish, start, gone, now)
    except actions.TooManyHolds:
        sentence = _("Wait a few minutes and choose again, or ring us and we will book it for you.")
        return refused(request, setup, _("You have chosen many times in a short while"), sentence, 429)
    return SeeOther(reverse("details", args=[held.key]))


def read_start(form: Mapping[str, str], setup: Setup) -> tuple[Wish | None, dt.datetime | None]:
    """The wish and the start of a pressed button; None for what is not known.

    A button for a time near another carries its own length and therapist behind the instant.
    """
    words = form.get("start", "")[:LONGEST].split(" ")
    length_slug, name = (words[1], words[2]) if len(words) == 3 else (form.get("treatment", ""), form.get("with", ""))
    location, length = setup.location(form.get("where", "")), setup.length(length_slug)
    therapist = setup.therapist(name) if name else None
    try:
        start = dt.datetime.strptime(words[0], SHAPE).replace(tzinfo=dt.UTC)
        day = start.astimezone(location.zone).date() if location else start.date()
    except (ValueError, OverflowError):
        return None, None
    if location is None or length is None or (name and therapist is None):
        return None, None
    return Wish(location, length, therapist, day), start


def just_gone(
    request: HttpRequest,
    setup: Setup,
    wish: Wish,
    start: dt.datetime,
    gone: actions.SlotTaken | actions.NotOffered,
    now: dt.datetime,
) -> HttpResponse:
    """The page for a time that cannot be had: why, and the nearest times that can."""
    if isinstance(gone, actions.NotOffered):
        heading, sentence = _("That time cannot be booked"), gone.explanation.sentence
    else:
        heading, sentence = _("That time has just gone"), _("%(when)s is taken: somebody was a moment faster.")
        sentence %= {"when": texts.moment(start.astimezone(wish.location.zone))}
    if not gone.nearest:
        sentence += " " + _("There is nothing free near it; ring us, please.")
    today = now.astimezone(wish.location.zone).date()
    choice = Choice(setup, wish.location, wish.length, wish.therapist, "any", max(wish.first_day, today), today)
    context = {
        "heading": heading,
        "sentence": sentence,
        "kept": bool(draft(request)),
        "choice": choice,
        "wait_query": choice.query(),
        "nearest": near_groups(gone.nearest, wish, today),
        "back": f"{reverse('choose')}?{choice.query()}#results",
    }
    return answer(request, setup, "bookings/taken.html", context, 409)


def refused(request: HttpRequest, setup: Setup, heading: str, sentence: str, status: int) -> HttpResponse:
    context = {"heading": heading, "sentence": sentence, "back": reverse("choose")}
    return answer(request, setup, "bookings/refused.html", context, status)


def answer(request: HttpRequest, setup: Setup, template: str, context: dict, status: int) -> HttpResponse:
    house = House.of(setup.studio, setup.locations, is_demo(request), setup.number)
    # This address takes a pressed button only: in another language she goes on from the times.
    shared = {"house": house, "place": house.places[0], "opens_at": context["back"]}
    return render(request, template, context | shared, status=status)
