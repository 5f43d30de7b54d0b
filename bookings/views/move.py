"""/b/<token>/move/: another time for a session. Reading and choosing change nothing; the last button moves."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings import actions, availability, links
from bookings.models import Booking
from bookings.standing import may_move
from bookings.views.answers import SeeOther
from bookings.views.behind import linked_or_404, said_off
from bookings.views.move_choice import MoveChoice, asked_start, read_move, seen_start
from bookings.views.often import TOO_OFTEN, is_allowed
from bookings.views.steps import free_until_words, place_of
from spa import clock, texts


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = linked_or_404(request, token, "move", now)
    if off := said_off(seen):
        return off
    with override(seen.language):
        setup = availability.load_setup()
        typed = request.POST if request.method == "POST" else request.GET
        choice = read_move(typed, seen, setup, now)
        if choice is None or not may_move(seen, now):
            return too_late(request, seen, now, 409 if request.method == "POST" else 200)
        if request.method == "POST":
            return moved(request, seen, choice, now)
        return confirm_page(request, seen, choice, now) if "start" in typed else times(request, seen, choice, now)


def moved(request: HttpRequest, seen: Booking, choice: MoveChoice, now: dt.datetime) -> HttpResponse:
    """Move it, or say why not, with everything chosen kept."""
    if not is_allowed("move", seen.pk, now):
        return times(request, seen, choice, now, 429, TOO_OFTEN)
    start, edition = asked_start(request.POST), request.POST.get("edition", "")
    if start is None:
        return times(request, seen, choice, now, 422, _("We do not know that time. Choose one from the list, please."))
    if edition != str(seen.edition):
        return stale(request, seen, choice, now)
    try:
        actions.move_own(booking=seen, wish=choice.at(start), start=start, now=now)
    except (actions.SlotTaken, actions.NotOffered) as gone:
        return taken(request, seen, choice, start, gone, now)
    except actions.Stale as changed:
        return stale(request, changed.booking, choice, now)
    except actions.WrongStep as wrong:
        return too_late(request, wrong.booking, now, 409)
    return SeeOther(f"{reverse('booking', args=[links.make(seen)])}?done=moved")


def times(
    request: HttpRequest, seen: Booking, choice: MoveChoice, now: dt.datetime, status: int = 200, note: str = ""
) -> HttpResponse:
    """The free times of two weeks, her own among them."""
    answer = availability.search(choice.setup, choice.wish(), now)
    words = choice.lists(answer) | {"note": note}
    return page(request, "bookings/move.html", seen, choice, words, status)


def confirm_page(request: HttpRequest, seen: Booking, choice: MoveChoice, now: dt.datetime) -> HttpResponse:
    """One chosen time beside the present one, and the button that moves."""
    start = asked_start(request.GET)
    if start is None:
        return times(request, seen, choice, now, 422, _("We do not know that time. Choose one from the list, please."))
    found = choice.offer(start, now)
    if found is None:
        return taken(request, seen, choice, start, choice.gone(start, now), now)
    return page(request, "bookings/move_here.html", seen, choice, seen_start(found, seen, choice), 200)


def taken(
    request: HttpRequest, seen: Booking, choice: MoveChoice, start: dt.datetime, gone: Exception, now: dt.datetime
) -> HttpResponse:
    """The time cannot be had: why, and the nearest times that can. The booking stands as it was."""
    if isinstance(gone, actions.NotOffered):
        heading, sentence = _("That time cannot be booked"), gone.explanation.sentence
    else:
        heading, sentence = _("That time has just gone"), _("%(when)s is taken: somebody was a moment faster.")
        sentence %= {"when": texts.moment(start.astimezone(seen.location.zone))}
    words = {"heading": heading, "sentence": sentence, "nearest": choice.near(gone.nearest)}
    return page(request, "bookings/move_taken.html", seen, choice, words, 409)


def stale(request: HttpRequest, current: Booking, choice: MoveChoice, now: dt.datetime) -> HttpResponse:
    """Moved meanwhile, in another tab or by the desk: she looks at how it stands now and chooses again."""
    if not may_move(current, now):
        return too_late(request, current, now, 409)
    words = {"when": texts.moment(current.starts_at), "name": current.therapist.name}
    note = _("Your booking was changed meanwhile: it is on %(when)s with %(name)s now. Nothing else has changed.")
    return times(request, current, choice.of(current), now, 409, note % words)


def too_late(request: HttpRequest, seen: Booking, now: dt.datetime, status: int) -> HttpResponse:
    """No move by a link any more: the studio's rule, and the way on."""
    words = {"free_until": free_until_words(seen, now) if seen.is_ahead else "", "booking": seen}
    words |= {"back": reverse("booking", args=[links.make(seen)]), "place": place_of(seen.location)}
    return render(request, "bookings/move_late.html", words, status=status)


def page(
    request: HttpRequest, template: str, seen: Booking, choice: MoveChoice, words: dict[str, Any], status: int
) -> HttpResponse:
    shared = {
        "booking": seen,
        "choice": choice,
        "move_url": reverse("move", args=[links.make(seen, "move")]),
        "back": reverse("booking", args=[links.make(seen)]),
        "place": place_of(seen.location),
    }
    return render(request, template, shared | words, status=status)
