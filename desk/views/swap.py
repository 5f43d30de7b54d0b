"""/desk/bookings/<pk>/swap/: two sessions of a day change places, both or neither."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import actions
from bookings.models import Booking
from bookings.reminder_rules import wall_instant
from bookings.scheduling.timeline import ceil_tick
from bookings.views.answers import SeeOther
from desk.access import actor, desk_view
from desk.card import MOVABLE, asks, booking_or_404, day_of
from desk.forms.deeds import SwapForm
from desk.page import show
from desk.refusals import ERRORS, Refusal, refusal_of
from desk.said import say, told, way_back, way_to_tell
from locations.house import House
from spa import clock, texts

RELATED = ("therapist", "location__studio", "room", "length__treatment__style")


@desk_view("GET", "HEAD", "POST")
def swap(request: HttpRequest, pk: int) -> HttpResponse:
    now, seen = clock.now(), booking_or_404(pk)
    if request.method == "POST":
        return post(request, seen, now)
    if seen.status not in MOVABLE:
        return SeeOther(reverse("desk_booking", args=[pk]))
    return answer(request, seen, SwapForm(others=others_of(seen)), now)


def post(request: HttpRequest, seen: Booking, now: datetime) -> HttpResponse:
    form = SwapForm(request.POST, others=others_of(seen))
    if not form.is_valid():
        return answer(request, seen, form, now, status=422)
    words = form.cleaned_data
    change = actions.Change(actor(request), now, words["version"], words["reason"], words["tell"])
    other, its_version = words["other"]
    try:
        one, other = actions.swap(first=seen, second=other, change=change, second_version=its_version)
    except ERRORS as error:
        seen = booking_or_404(seen.pk)
        return answer(request, seen, form, now, refusal_of(error, *about(error, seen, form)))
    news = way_to_tell(one, words["tell"]) or way_to_tell(other, words["tell"])
    said = f"{swapped_words(one, other)} {told_both(one, other, words['tell'])}"
    say(request, said, undo=way_back("desk_undo", one), news=news)
    return SeeOther(day_of(one))


def about(error: Exception, seen: Booking, form: SwapForm) -> tuple[Booking, int]:
    """Which of the two somebody else changed, and the version of it that the desk saw."""
    stale = getattr(error, "booking", None)
    if stale is not None and stale.pk != seen.pk:
        return booking_or_404(stale.pk), form.cleaned_data["other"][1]
    return seen, form.cleaned_data["version"]


def swapped_words(one: Booking, other: Booking) -> str:
    words = {"one": one.name, "first": texts.clock(one.starts_at), "who": one.therapist.name}
    words |= {"other": other.name, "second": texts.clock(other.starts_at), "whom": other.therapist.name}
    return _("Swapped: %(one)s at %(first)s with %(who)s, %(other)s at %(second)s with %(whom)s.") % words


def told_both(one: Booking, other: Booking, tell: actions.Tell) -> str:
    """When each of the two hears of it; in one sentence when it is the same for both."""
    said = [told(row, tell) for row in (one, other)]
    if said[0] != said[1]:
        return " ".join(f"{row.name}: {words}" for row, words in zip((one, other), said, strict=True))
    return {
        actions.Tell.NOW: _("Both clients are told now."),
        actions.Tell.SOON: _("Both clients are told in 3 minutes."),
        actions.Tell.NOT: _("The clients are not told."),
    }[tell]


def others_of(seen: Booking) -> Sequence[Booking]:
    """The other sessions of that day and place which can still move, the earliest first. One query."""
    day, zone = seen.starts_at.date(), seen.location.zone
    first, last = (wall_instant(day + timedelta(days=n), datetime.min.time(), zone) for n in (0, 1))
    rows = Booking.objects.filter(location=seen.location_id, status__in=MOVABLE).exclude(pk=seen.pk)
    rows = rows.filter(start_tick__gte=ceil_tick(first), start_tick__lt=ceil_tick(last))
    return rows.select_related(*RELATED).order_by("start_tick", "pk")


def answer(
    request: HttpRequest,
    seen: Booking,
    form: SwapForm,
    now: datetime,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    fitting = actions.swappable(booking=seen, others=form.others.values(), now=now)
    context = asks(seen, form, refusal) | {"rows": [row_words(row, form) for row in fitting]}
    status = refusal.status if refusal else status
    return show(request, "desk/swap.html", context, house=House.load(request), now=now, status=status)


def row_words(row: Booking, form: SwapForm) -> dict[str, object]:
    """ "10:20 to 10:50, Kim Bell, Back on the mat, with Mei"; its button carries the version that was seen."""
    return {
        "value": f"{row.pk} {row.version}",
        "when": texts.span(row.starts_at, row.ends_at),
        "words": _("%(name)s, %(what)s, with %(who)s")
        % {"name": row.name, "what": row.treatment_name, "who": row.therapist.name},
        "chosen": (form["other"].value() or "").split(" ")[0] == str(row.pk),
    }
