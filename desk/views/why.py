"""/desk/why/: why a time is not offered, in a sentence for each rule that is in the way."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from bookings.availability import every_reason, load_setup
from bookings.reminder_rules import wall_instant
from desk.access import desk_view
from desk.ask import Ask, read_ask
from desk.card import board_on
from desk.forms.base import DeskForm
from desk.forms.fields import WallTimeField
from desk.page import show
from locations.house import House
from spa import clock


class AtForm(DeskForm):
    """The time on the wall that somebody asks about."""

    at = WallTimeField(required=False)


@desk_view("GET", "HEAD")
def why(request: HttpRequest) -> HttpResponse:
    now, setup = clock.now(), load_setup()
    here = setup.location(request.session.get("desk_place", ""))  # where the desk looks, unless the address says
    ask = read_ask(({"place": here.slug} if here else {}) | request.GET.dict(), setup, now)
    if ask is None:
        return show(request, "desk/no_menu.html", {}, house=House.load(request), now=now)
    form = AtForm(request.GET)
    start = asked_start(ask, form)
    reasons = every_reason(setup, ask.wish, start, now) if start else ()
    context = {
        "ask": ask,
        "people": ask.people(now),
        "form": form,
        "problems": ([("id_length", ask.wrong)] if ask.wrong else []) + form.problems,
        "start": start.astimezone(ask.place.zone) if start else None,
        "value": start.isoformat() if start else "",
        "reasons": reasons,
        "back_to": board_on(ask.day, ask.place),
    }
    return show(request, "desk/why.html", context, house=House.load(request), now=now)


def asked_start(ask: Ask, form: AtForm) -> datetime | None:
    """The instant in the address, or the day and the time that were typed."""
    reading = form.cleaned_data.get("at") if form.is_valid() else None
    return wall_instant(ask.day, reading, ask.place.zone) if reading else ask.start
