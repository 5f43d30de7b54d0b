"""What the desk hears after something was done, on the next page; with buttons that take it back or tell of it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import asking, reach, reminder_rows
from bookings.actions import Tell
from bookings.models import Booking, Message
from bookings.models.message import of_edition

NEWS = (*reminder_rows.ANSWERS, reminder_rows.CANCELLED)


def say(request: HttpRequest, words: str, undo: str = "", news: str = "") -> None:
    """Say it once. `undo` is the address that takes it back when a form is posted there, see `way_back`; `news` the
    one that says whether the client hears of it, see `way_to_tell`. They travel with the words, a line for each."""
    messages.success(request, words, extra_tags=f"{undo}\n{news}")


def way_back(name: str, booking: Booking, **words: str) -> str:
    """The address of a form that takes back what was just done to a booking."""
    return f"{reverse(name, args=[booking.pk])}?{urlencode({'version': booking.version} | words)}"


def unbook(booking: Booking) -> str:
    """The same for what was just booked: whoever has not read of it hears nothing."""
    return way_back("desk_cancel", booking, cause="studio", slip="on")


def way_to_tell(booking: Booking, tell: Tell) -> str:
    """Where the desk chooses anew whether the client hears of a change that waits; empty when none does."""
    return way_back("desk_tell", booking) if tell == Tell.SOON and reach.addresses(booking) else ""


def pressed(request: HttpRequest) -> dict[str, str]:
    """What a posted form says, beside what stands in the address that it was posted to."""
    return request.GET.dict() | request.POST.dict()


def told(booking: Booking, tell: Tell) -> str:
    """When the client hears of a change."""
    if tell != Tell.NOT and not reach.addresses(booking):
        return _("Nothing can be sent to the client: tell her yourself.")
    return {
        Tell.NOW: _("The client is told now."),
        Tell.SOON: _("The client is told in 3 minutes."),
        Tell.NOT: _("The client is not told."),
    }[tell]


def told_of_end(booking: Booking) -> str:
    """What a client hears after a cancellation, or after something was taken back: nothing, when she read nothing."""
    if news_waits(booking) or not reach.addresses(booking):
        return told(booking, Tell.NOW)
    return _("The client had not read of it: nothing is sent.")


def told_of_undo(booking: Booking) -> str:
    """The same after a change was taken back: where a question stands again, it stands in place of news."""
    question = asking.open_questions([booking]).get(booking.pk)
    if question is None:
        return told_of_end(booking)
    if question.reason == asking.STILL:
        return _("The client is still asked to choose another time, and has not answered yet.")
    return _("The client is asked again to choose another time. The message leaves now.")


def told_of_standing(booking: Booking, tell: Tell) -> str:
    """The same after the question to her was taken back. Whoever knows of it and cannot be written to is rung."""
    if news_waits(booking) or asking.was_read(booking):
        return told(booking, tell)
    return _("The client had not read it: nothing is sent.")


def news_waits(booking: Booking) -> bool:
    """Whether something that tells of the session as it is now is about to leave."""
    news = booking.messages.filter(of_edition(booking.edition), kind__in=NEWS, therapist__isnull=True)
    return news.filter(state=Message.State.QUEUED).exists()
