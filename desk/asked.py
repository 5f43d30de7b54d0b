"""A question for another time that waits for its answer, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from bookings import asking
from bookings.models import Booking, Message
from desk.states import state_of
from spa import texts


def asked_words(asked: Message, booking: Booking) -> str:
    """ "Asked on Friday 20 November 2026, 14:20, no answer yet". What neither left nor was said by phone asks none."""
    if not asking.has_reached(asked):
        return _("The question for another time did not leave: ring")
    if asked.was_called:
        return _("Asked by phone, no answer yet")
    when = texts.moment(asked.created_at.astimezone(booking.location.zone))
    return _("Asked on %(when)s, no answer yet") % {"when": when}


def signs(booking: Booking, now: datetime) -> dict[str, str]:
    """What the head of a card says: class and word of the state, and the question that waits. One query at most."""
    look, state = state_of(booking, now)
    asked = asking.open_questions([booking]).get(booking.pk) if now < booking.during.lower else None
    if asked and asking.has_reached(asked):
        look, state = "is-asked", _("no answer")
    return {"look": look, "state": state, "question": asked_words(asked, booking) if asked else ""}
