"""/desk/mine/time-off/: a therapist asks for time off, sees what is booked then, and how her wish stands."""

from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bookings import actions
from bookings.models import Booking
from bookings.periods import period_words
from bookings.views.answers import SeeOther
from desk.access import actor, own_view
from desk.forms.time_off import TimeOffForm
from desk.own import therapist_or_404
from desk.page import zone_of
from locations.house import House
from spa import clock, texts
from therapists.models import Therapist, TimeOff

LOOKS = {TimeOff.State.PROPOSED: "is-queued", TimeOff.State.ACCEPTED: "is-sent", TimeOff.State.DECLINED: "is-skipped"}
LARGEST = 2**63 - 1


class Wish(NamedTuple):
    """Time off in words; `touched` says the sessions booked then, `look` is the mark of its state."""

    row: TimeOff
    when: str
    look: str
    touched: list[str]


@own_view("GET", "HEAD", "POST")
def own_time_off(request: HttpRequest) -> HttpResponse:
    therapist, house, now = therapist_or_404(request), House.load(request), clock.now()
    form = TimeOffForm(request.POST if request.method == "POST" else None, zone=zone_of(house), now=now)
    if not form.is_bound or not form.is_valid():
        return answer(request, therapist, form, house, now)
    during, do = form.cleaned_data["during"], request.POST.get("do")
    touched = [said(row) for row in actions.in_the_way(therapist=therapist, during=during)]
    if do not in ("ask", "anyway") or (do == "ask" and touched):
        return answer(request, therapist, form, house, now, {"is_tried": True, "touched": touched, "asks": do == "ask"})
    change = actions.Change(actor(request), now, reason=form.cleaned_data["reason"])
    actions.propose(therapist=therapist, during=during, kind=form.cleaned_data["kind"], change=change)
    return SeeOther(f"{reverse('desk_own_time_off')}?done=asked")


@own_view("POST")
def own_unask(request: HttpRequest, pk: int) -> HttpResponse:
    """She asks for it no more; what was answered already stays as it is."""
    therapist = therapist_or_404(request)
    row = TimeOff.objects.filter(pk=min(pk, LARGEST), therapist=therapist).first()
    if row is None:
        raise Http404
    try:
        actions.unpropose(proposal=row, change=actions.Change(actor(request), clock.now()))
    except actions.NotProposed:
        return SeeOther(f"{reverse('desk_own_time_off')}?done=answered")
    return SeeOther(f"{reverse('desk_own_time_off')}?done=unasked")


def answer(
    request: HttpRequest,
    therapist: Therapist,
    form: TimeOffForm,
    house: House,
    now: datetime,
    tried: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {"house": house, "form": form, "wishes": wishes(therapist, zone_of(house), now)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/time_off.html", context | (tried or {}), status=status)


def wishes(therapist: Therapist, zone: Any, now: datetime) -> list[Wish]:
    """Hers from now on, the earliest first, with the sessions booked then. Two queries."""
    rows = list(therapist.timeoff_set.filter(during__endswith__gt=now).order_by("during", "pk"))
    ahead = Booking.objects.ahead().filter(therapist=therapist, during__endswith__gt=now)
    booked = list(ahead.select_related("location", "length__treatment").order_by("start_tick")) if rows else []
    return [Wish(row, period_words(row.during, zone), LOOKS[row.state], within(row, booked)) for row in rows]


def within(row: TimeOff, booked: list[Booking]) -> list[str]:
    """The sessions that this time off touches, their turnover included."""
    start, end = row.during.lower, row.during.upper
    return [said(one) for one in booked if one.therapist_block.lower < end and start < one.therapist_block.upper]


def said(booking: Booking) -> str:
    """ "Tuesday 24 November 2026, 9:00 to 9:30, Robin"."""
    return f"{texts.whole(booking.starts_at, booking.ends_at)}, {booking.first_name}"
