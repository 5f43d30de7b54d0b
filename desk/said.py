"""What the desk hears after something was done, on the next page; with a button that takes it back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.actions import Tell
from bookings.models import Booking


def say(request: HttpRequest, words: str, undo: str = "") -> None:
    """Say it once. `undo` is the address that takes it back when a form is posted there, see `way_back`."""
    messages.success(request, words, extra_tags=undo)


def way_back(name: str, booking: Booking, **words: str) -> str:
    """The address of a form that takes back what was just done to a booking."""
    return f"{reverse(name, args=[booking.pk])}?{urlencode({'version': booking.version} | words)}"


def pressed(request: HttpRequest) -> dict[str, str]:
    """What a posted form says, beside what stands in the address that it was posted to."""
    return request.GET.dict() | request.POST.dict()


def told(booking: Booking, tell: Tell) -> str:
    """When the client hears of a change."""
    if not booking.email and not booking.phone:
        return _("Tell the client: there is no address.")
    return {
        Tell.NOW: _("The client is told now."),
        Tell.SOON: _("The client is told in 3 minutes."),
        Tell.NOT: _("The client is not told."),
    }[tell]
