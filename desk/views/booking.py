"""/desk/bookings/<pk>/: the card of one booking, and the steps of its life."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from bookings import actions
from bookings.models import Booking
from bookings.models.event import Actor
from bookings.views.answers import SeeOther
from desk.access import actor, desk_view
from desk.card import booking_or_404, card, day_of
from desk.forms.booking import CardForm, StepForm
from desk.page import show
from desk.refusals import ERRORS, Refusal, refusal_of
from desk.said import say
from locations.house import House
from spa import clock

ACTS = {
    "arrived": actions.check_in,
    "started": actions.start,
    "done": actions.finish,
    "no-show": actions.no_show,
}
DONE = {
    "arrived": _("%(name)s is here."),
    "started": _("The session of %(name)s has begun."),
    "done": _("The session of %(name)s is done."),
    "no-show": _("%(name)s is noted as a no-show."),
}


@desk_view("GET", "HEAD")
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    return answer(request, booking_or_404(pk), clock.now())


@desk_view("POST")
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One step in the life of a session."""
    now, seen, form = clock.now(), booking_or_404(pk), StepForm(request.POST)
    if not form.is_valid():
        return answer(request, seen, now, form=form, status=422)
    version = form.cleaned_data["version"]
    try:
        done = take(seen, form.cleaned_data["to"], version, actor(request), now)
    except ERRORS as error:
        seen = booking_or_404(pk)
        return answer(request, seen, now, refusal_of(error, seen, version))
    say(request, DONE[form.cleaned_data["to"]] % {"name": done.name}, undo=done)
    return SeeOther(day_of(done))


def take(seen: Booking, to: str, version: int, by: Actor, now: datetime) -> Booking:
    """Take a step unless somebody changed the booking since it was seen."""
    if seen.version != version:
        raise actions.Stale(seen)
    return ACTS[to](booking=seen, by=by, now=now)


def answer(
    request: HttpRequest,
    seen: Booking,
    now: datetime,
    refusal: Refusal | None = None,
    form: CardForm | None = None,
    status: int = 200,
) -> HttpResponse:
    house = House.load(request)
    context = card(seen, now) | {"refusal": refusal, "problems": form.problems if form else []}
    status = refusal.status if refusal else status
    return show(request, "desk/booking.html", context, house=house, now=now, status=status)
