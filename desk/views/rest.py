"""/desk/bookings/<pk>/rest/: send the client a link on which she answers what nobody asked her on the phone."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from bookings import actions
from bookings.models import Booking
from desk.access import desk_view
from desk.card import booking_or_404
from desk.forms.rest import RestForm
from desk.said import pressed
from desk.views.deeds import Deed, Words, ask, do
from spa import clock


def asked(booking: Booking, words: Words, change: actions.Change) -> Booking:
    actions.ask_for_details(booking=booking, channel=words["channel"], change=change)
    return booking


REST = Deed(
    title=_("Send %(name)s the rest of the questions"),
    call=_("Send the link"),
    done=_("A link is on its way to %(name)s."),
    form=RestForm,
    act=asked,
)


@desk_view("GET", "HEAD", "POST")
def rest(request: HttpRequest, pk: int) -> HttpResponse:
    now, seen = clock.now(), booking_or_404(pk)
    if request.method != "POST":
        return ask(request, REST, seen, RestForm(booking=seen, initial={"version": seen.version}), now)
    return do(request, REST, seen, RestForm(pressed(request), booking=seen), now)
