"""/desk/bookings/<pk>/contact/: correct how a client is reached, and whatever waits goes there."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from bookings import actions
from bookings.models import Booking
from desk.access import desk_view
from desk.card import booking_or_404
from desk.forms.contact import ContactForm
from desk.said import pressed
from desk.views.deeds import Deed, Words, ask, do
from spa import clock


def corrected(booking: Booking, words: Words, change: actions.Change) -> Booking:
    if booking.version != change.version:
        raise actions.Stale(booking)
    contact = actions.Contact(words["email"], words["phone"])
    return actions.change_contact(booking=booking, contact=contact, by=change.by, now=change.now)


CONTACT = Deed(
    title=_("How to reach %(name)s"),
    call=_("Correct it"),
    done=_("Messages to %(name)s go there from now on."),
    form=ContactForm,
    act=corrected,
)


@desk_view("GET", "HEAD", "POST")
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    now, seen = clock.now(), booking_or_404(pk)
    if request.method != "POST":
        return ask(request, CONTACT, seen, ContactForm(booking=seen), now)
    return do(request, CONTACT, seen, ContactForm(pressed(request), booking=seen), now)
