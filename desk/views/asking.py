"""POST /desk/bookings/<pk>/unask/: the question for another time is taken back."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bookings import actions
from bookings.actions import Tell
from bookings.models import Booking
from bookings.views.answers import SeeOther
from desk.access import actor, desk_view
from desk.card import booking_or_404, day_of
from desk.forms.booking import CardForm
from desk.refusals import ERRORS, refusal_of
from desk.said import news_waits, pressed, say, told_of_standing, way_to_tell
from desk.views.booking import answer as card_again
from spa import clock


@desk_view("POST")
def unask(request: HttpRequest, pk: int) -> HttpResponse:
    """The session stands after all; whoever has read the question hears of it in 3 minutes, unless told otherwise."""
    now, seen, form = clock.now(), booking_or_404(pk), CardForm(pressed(request))
    if not form.is_valid():
        return card_again(request, seen, now, form=form, status=422)
    version = form.cleaned_data["version"]
    change = actions.Change(actor(request), now, version, tell=Tell.SOON)
    try:
        done = actions.take_question_back(booking=seen, change=change)
    except ERRORS as error:
        seen = booking_or_404(pk)
        return card_again(request, seen, now, refusal_of(error, seen, version))
    tell_of(request, done)
    return SeeOther(day_of(done))


def tell_of(request: HttpRequest, done: Booking) -> None:
    """Say what was done, and when the client hears of it: the desk may choose anew while that waits."""
    words = _("The question to %(name)s is taken back: the session stands.") % {"name": done.name}
    news = way_to_tell(done, Tell.SOON) if news_waits(done) else ""
    say(request, f"{words} {told_of_standing(done, Tell.SOON)}", news=news)
