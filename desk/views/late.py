"""/desk/therapists/<slug>/late/: the rest of a day moves by some minutes, after a look at whom it affects."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings import actions, reach
from bookings.availability import Setup, Shifted, load_setup, shift_preview
from bookings.availability.shifted import sessions_of
from bookings.models import Booking
from bookings.views.answers import SeeOther
from desk.access import actor, desk_view
from desk.card import board_on
from desk.forms.day import LateForm
from desk.page import show
from desk.refusals import Refusal
from desk.said import say, way_back, way_to_tell
from desk.whose import Whose, whose_or_404
from locations.house import House
from spa import clock, texts

WHEN_TOLD = {
    actions.Tell.NOW: gettext_lazy("The clients are told now."),
    actions.Tell.SOON: gettext_lazy("The clients are told in 3 minutes."),
    actions.Tell.NOT: gettext_lazy("The clients are not told."),
}
ERRORS = (actions.Stale, actions.InTheWay, actions.NeedsReason)


@desk_view("GET", "HEAD", "POST")
def late(request: HttpRequest, slug: str) -> HttpResponse:
    now, setup = clock.now(), load_setup()
    whose = whose_or_404(request, slug, setup, now)
    form = LateForm(request.POST or (request.GET if "minutes" in request.GET else None))
    if request.method == "POST":
        return post(request, setup, whose, form, now)
    return answer(request, setup, whose, form, now)


def post(request: HttpRequest, setup: Setup, whose: Whose, form: LateForm, now: datetime) -> HttpResponse:
    if not form.is_valid():
        return answer(request, setup, whose, form, now, status=422)
    words = form.cleaned_data
    change = actions.Change(actor(request), now, reason=words["reason"], tell=words["tell"])
    day = {"therapist": whose.therapist, "location": whose.place, "day": whose.day}
    since = words["since"] or whose.first
    try:
        moved = actions.shift(**day, minutes=words["minutes"], from_=since, change=change, seen=seen(request))
    except ERRORS as error:
        return answer(request, setup, whose, form, now, refusal(error))
    done_is_said(request, whose, moved, words)
    return SeeOther(board_on(whose.day, whose.place))


def done_is_said(request: HttpRequest, whose: Whose, moved: Sequence[Booking], words: dict[str, Any]) -> None:
    """How many moved, when their clients hear of it, whom nothing reaches, and the ways to change both."""
    said, tell = [moved_words(whose, moved, words["minutes"])], words["tell"]
    out_of_reach = [] if tell == actions.Tell.NOT else [one.name for one in moved if not reach.addresses(one)]
    said.append(WHEN_TOLD[tell])
    if out_of_reach:
        said.append(_("Nothing can be sent to %(names)s: tell them yourself.") % {"names": ", ".join(out_of_reach)})
    news = next(filter(None, (way_to_tell(one, tell) for one in moved)), "")
    say(request, " ".join(map(str, said)), undo=way_back("desk_undo", moved[0]) if moved else "", news=news)


def seen(request: HttpRequest) -> dict[int, int]:
    """The sessions that stood in the list, each with the version that was shown."""
    pairs = [value.split(" ") for value in request.POST.getlist("seen")]
    return {int(pair[0]): int(pair[1]) for pair in pairs if len(pair) == 2 and all(map(str.isdecimal, pair))}


def moved_words(whose: Whose, moved: Sequence[Booking], minutes: int) -> str:
    words = {"count": len(moved), "minutes": minutes, "name": whose.therapist.name}
    said = ngettext(
        "%(name)s: %(count)s session moved by %(minutes)s minutes.",
        "%(name)s: %(count)s sessions moved by %(minutes)s minutes.",
        len(moved),
    )
    return said % words


def refusal(error: Exception) -> Refusal:
    if isinstance(error, actions.NeedsReason):
        words = _("%(rule)s You may do it all the same: write why.") % {"rule": error.explanation.sentence}
        return Refusal(_("This breaks a rule of the studio"), words, status=422)
    if isinstance(error, actions.InTheWay):
        words = _("Nothing has moved. Move or cancel the marked session first, or choose fewer minutes.")
        return Refusal(_("Something is in the way"), words)
    words = _("Nothing has moved. This is the list as it is now.")
    return Refusal(_("Somebody changed this day meanwhile"), words)


def answer(
    request: HttpRequest,
    setup: Setup,
    whose: Whose,
    form: LateForm,
    now: datetime,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    words = form.cleaned_data if form.is_bound and form.is_valid() else {}
    sessions = sessions_of(whose.therapist, whose.place, whose.day, whose.first)
    since = words.get("since") or next((one.during.lower for one in sessions if one.during.upper > now), whose.first)
    context = {
        "whose": whose,
        "form": form,
        "since": since.isoformat(),
        "starts": [{"value": one.during.lower.isoformat(), "words": start_words(one)} for one in sessions],
        "rows": preview(setup, whose, words["minutes"], since, now) if words else [],
        "problems": form.problems if form.is_bound else [],
        "refusal": refusal,
        "back_to": board_on(whose.day, whose.place),
    }
    status = refusal.status if refusal else status
    return show(request, "desk/late.html", context, house=House.load(request), now=now, status=status)


def preview(setup: Setup, whose: Whose, minutes: int, since: datetime, now: datetime) -> list[dict[str, object]]:
    day = {"therapist": whose.therapist, "location": whose.place, "day": whose.day}
    return [row_words(row) for row in shift_preview(setup, **day, minutes=minutes, from_=since, now=now)]


def start_words(one: Booking) -> str:
    return _("%(time)s, %(name)s") % {"time": texts.clock(one.starts_at), "name": one.name}


def row_words(row: Shifted) -> dict[str, object]:
    """Who moves from when to when, whether a message can reach her, and what is in the way."""
    one = row.booking
    return {
        "seen": f"{one.pk} {one.version}",
        "name": one.name,
        "before": texts.span(one.starts_at, one.ends_at),
        "after": texts.span(row.starts_at, row.ends_at),
        "reach": one.email or one.phone or _("no address"),
        "why": row.why.sentence if row.why else "",
        "hard": row.is_impossible,
    }
