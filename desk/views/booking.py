"""/desk/bookings/<pk>/: the card of one booking, and the steps of its life."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from bookings import actions
from bookings.availability import load_setup
from bookings.models import Booking
from bookings.views.answers import SeeOther
from desk.access import actor, desk_view
from desk.card import booking_or_404, card, day_of
from desk.forms.booking import CardForm, StepForm
from desk.page import show
from desk.refusals import ERRORS, Refusal, refusal_of
from desk.said import pressed, say, way_back
from locations.house import House
from spa import clock

ACTS = {
    "arrived": actions.check_in,
    "started": actions.start,
    "done": actions.finish,
    "no-show": actions.no_show,
    "back": actions.back,
}
DONE = {
    "arrived": _("%(name)s is here."),
    "started": _("The session of %(name)s has begun."),
    "done": _("The session of %(name)s is done."),
    "no-show": _("%(name)s is noted as a no-show."),
    "back": _("Taken back: %(name)s is as before."),
}


@desk_view("GET", "HEAD")
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    return answer(request, booking_or_404(pk), clock.now())


@desk_view("POST")
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One step in the life of a session."""
    now, seen, form = clock.now(), booking_or_404(pk), StepForm(pressed(request))
    if not form.is_valid():
        return answer(request, seen, now, form=form, status=422)
    to, version = form.cleaned_data["to"], form.cleaned_data["version"]
    try:
        done = ACTS[to](booking=seen, by=actor(request), now=now, version=version)
    except ERRORS as error:
        seen = booking_or_404(pk)
        return answer(request, seen, now, refusal_of(error, seen, version))
    say(request, DONE[to] % {"name": done.name}, undo="" if to == "back" else way_back("desk_step", done, to="back"))
    return SeeOther(day_of(done))


def answer(
    request: HttpRequest,
    seen: Booking,
    now: datetime,
    refusal: Refusal | None = None,
    form: CardForm | None = None,
    status: int = 200,
) -> HttpResponse:
    setup, house = load_setup(), House.load(request)
    context = card(seen, setup, now) | {"refusal": refusal, "problems": form.problems if form else []}
    status = refusal.status if refusal else status
    return show(request, "desk/booking.html", context, house=house, now=now, status=status)
