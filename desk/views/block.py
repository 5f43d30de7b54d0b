"""/desk/block/: a therapist or a room is taken out of the day, and given back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import actions
from bookings.availability import Setup, load_setup
from bookings.views.answers import SeeOther
from desk.access import actor, desk_view
from desk.ask import read_ask, working_at
from desk.board.look import link
from desk.card import board_on
from desk.forms.block import BlockForm
from desk.page import show
from desk.said import say
from locations.house import House
from locations.models import Closure, Location, Room
from spa import clock, texts
from therapists.models import TimeOff

AN_HOUR = timedelta(hours=1)
KINDS = {"therapist": TimeOff, "room": Closure}


@desk_view("GET", "HEAD", "POST")
def block(request: HttpRequest) -> HttpResponse:
    now, setup = clock.now(), load_setup()
    place = setup.location((request.POST or request.GET).get("place", "")) or next(iter(setup.locations), None)
    if place is None:
        return show(request, "desk/no_menu.html", {}, house=House.load(request), now=now)
    if request.method == "POST":
        return post(request, setup, place, now)
    form = form_for(setup, place, now, initial=asked(request, setup, place, now))
    return answer(request, place, form, now)


def post(request: HttpRequest, setup: Setup, place: Location, now: datetime) -> HttpResponse:
    form = form_for(setup, place, now, request.POST)
    if not form.is_valid():
        return answer(request, place, form, now, status=422)
    words, whom = form.cleaned_data, form.cleaned_data["whom"]
    change = actions.Change(actor(request), now, reason=words["reason"])
    kind = "room" if isinstance(whom, Room) else "therapist"
    times = {"start": words["start"], "end": words["end"], "reason": words["reason"]}
    done = actions.block(**times, change=change, kind=words["kind"], **{kind: whom})
    say(request, blocked_words(done, whom.name, place), undo=reverse("desk_lift", args=[kind, done.block.pk]))
    return SeeOther(board_on(words["day"], place))


def blocked_words(done: actions.Blocked, name: str, place: Location) -> str:
    """ "Blocked Ana, Monday 23 November 2026, 12:00 to 13:00. 1 session needs attention: Robin Hale, 12:20." """
    during, count = done.block.during, len(done.attention)
    when = texts.whole(*(edge.astimezone(place.zone) for edge in (during.lower, during.upper)))
    said = _("Blocked %(name)s, %(when)s.") % {"name": name, "when": when}
    if not count:
        return said
    who = "; ".join(f"{one.name}, {texts.clock(one.starts_at)}" for one in done.attention)
    more = ngettext("%(count)s session needs attention: %(who)s.", "%(count)s sessions need attention: %(who)s.", count)
    return f"{said} {more % {'count': count, 'who': who}}"


def form_for(setup: Setup, place: Location, now: datetime, *data: Any, **more: Any) -> BlockForm:
    rooms = list(Room.objects.filter(location=place, in_use=True).order_by("order", "pk"))
    return BlockForm(*data, place=place, people=working_at(setup.therapists, place, now), rooms=rooms, **more)


def asked(request: HttpRequest, setup: Setup, place: Location, now: datetime) -> dict[str, Any]:
    """What the address says: whom, from when, until when; an hour from now where it says nothing."""
    ask = read_ask(request.GET, setup, now)
    start = (ask and ask.start or now).astimezone(place.zone)
    person, room = ask and ask.therapist, request.GET.get("room", "")
    return {
        "who": f"t{person.pk}" if person else f"r{room}",
        "day": start.date().isoformat(),
        "begin": f"{start:%H:%M}" if ask and ask.start else "",
        "finish": f"{start + AN_HOUR:%H:%M}" if ask and ask.start else "",
    }


def answer(request: HttpRequest, place: Location, form: BlockForm, now: datetime, status: int = 200) -> HttpResponse:
    problems = form.problems if form.is_bound else []
    back_to = board_on(now.astimezone(place.zone).date(), place)
    context = {"form": form, "place": place, "problems": problems, "back_to": back_to}
    return show(request, "desk/block.html", context, house=House.load(request), now=now, status=status)


@desk_view("GET", "HEAD", "POST")
def lift(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Give back what is left of a block: a therapist's, or a room's. A whole place that is shut is no block."""
    now, found = clock.now(), block_or_404(kind, pk)
    place = found.location if kind == "room" else load_setup().locations[0]
    back = board_on(found.during.lower.astimezone(place.zone).date(), place)
    if request.method != "POST":
        context = lift_words(found, place) | {"back_to": back}
        return show(request, "desk/lift.html", context, house=House.load(request), now=now)
    actions.lift(block=found, change=actions.Change(actor(request), now))
    say(request, _("Given back: the time is free again."))
    return SeeOther(back)


def block_or_404(kind: str, pk: int) -> TimeOff | Closure:
    if kind not in KINDS:
        raise Http404
    own = {"room__isnull": False} if kind == "room" else {"state": TimeOff.State.ACCEPTED}
    return get_object_or_404(KINDS[kind], pk=pk, **own)


def lift_words(found: TimeOff | Closure, place: Location) -> dict[str, str]:
    """Who or what is blocked, when, and why."""
    edges = (edge.astimezone(place.zone) for edge in (found.during.lower, found.during.upper))
    start, end = map(texts.moment, edges)
    is_hers, instant = isinstance(found, TimeOff), f"{found.during.lower.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    return {
        "name": found.therapist.name if is_hers else found.room.name,
        "when": _("%(start)s to %(end)s") % {"start": start, "end": end},
        "why": str(found.reason) or (str(found.get_kind_display()) if is_hers else ""),
        "whether": link("desk_why", place=place.slug, therapist=found.therapist_id if is_hers else "", start=instant),
    }
