"""/desk/messages/: what was sent, what waits, what failed, and what to do about it."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from bookings import actions
from bookings.models import Message
from bookings.views.answers import SeeOther
from desk import lines
from desk.access import actor, desk_view
from desk.forms.messages import CallForm, FilterForm
from desk.letter import letter
from desk.page import show, zone_of
from locations.house import House
from spa import clock

A_PAGE = 50


@desk_view("GET", "HEAD")
def messages(request: HttpRequest) -> HttpResponse:
    now, house, form = clock.now(), House.load(request), FilterForm(request.GET)
    form.is_valid()
    found = lines.wished(form.wishes, zone_of(house))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [lines.line(message, zone_of(house)) for message in page]
    context = {"form": form, "page": page, "lines": rows, "total": page.paginator.count}
    return show(request, "desk/messages.html", context, house=house, now=now)


@desk_view("GET", "HEAD")
def message(request: HttpRequest, pk: int) -> HttpResponse:
    return answer(request, message_or_404(pk), CallForm(), clock.now())


@desk_view("POST")
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it again."""
    now, seen = clock.now(), message_or_404(pk)
    try:
        copy = actions.send_again(message=seen, by=actor(request), now=now)
    except actions.WrongMessage as refusal:
        return answer(request, message_or_404(pk), CallForm(), now, refusal.reason, status=409)
    return SeeOther(reverse("desk_message", args=[copy.pk]))


@desk_view("POST")
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Called instead."""
    now, seen, form = clock.now(), message_or_404(pk), CallForm(request.POST)
    if not form.is_valid():
        return answer(request, seen, form, now, status=422)
    try:
        actions.called_instead(message=seen, note=form.cleaned_data["note"], by=actor(request), now=now)
    except actions.WrongMessage as refusal:
        return answer(request, message_or_404(pk), form, now, refusal.reason, status=409)
    return SeeOther(reverse("desk_message", args=[pk]))


def message_or_404(pk: int) -> Message:
    """One message with all that its page shows and its words need."""
    found = lines.whole().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def answer(
    request: HttpRequest, seen: Message, form: CallForm, now: datetime, refusal: str = "", status: int = 200
) -> HttpResponse:
    """One message, its words, what can be done about it, and the others of its booking."""
    house = House.load(request)
    zone = zone_of(house)
    context = {
        "line": lines.line(seen, zone),
        "letter": letter(seen),
        "form": form,
        "refusal": refusal,
        "cannot_repeat": actions.cannot_repeat(seen),
        "repeated_by": actions.repeated_by(seen),
        "can_call": actions.can_be_replaced(seen),
        "others": lines.of_booking(seen, zone),
        "phone": lines.phone(seen),
        "can_correct": lines.can_correct(seen),
    }
    return show(request, "desk/message.html", context, house=house, now=now, status=status)
