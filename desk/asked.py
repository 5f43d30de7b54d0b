"""A question for another time that waits for its answer, in words."""

from django.utils.translation import gettext as _

from bookings import asking
from bookings.models import Booking, Message
from spa import texts


def asked_words(asked: Message, booking: Booking) -> str:
    """ "Asked on Friday 20 November 2026, 14:20, no answer yet"; a question that did not leave is none."""
    if not asking.has_reached(asked):
        return _("The question for another time did not leave: ring")
    when = texts.moment(asked.created_at.astimezone(booking.location.zone))
    return _("Asked on %(when)s, no answer yet") % {"when": when}


def question(booking: Booking) -> str:
    """The same for one booking; empty when its client is asked nothing. One query at most."""
    found = asking.open_questions([booking]).get(booking.pk)
    return asked_words(found, booking) if found else ""
