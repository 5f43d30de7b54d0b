"""Whether a message that is due must still leave, as things are now: asked before each is sent and sent again."""

from datetime import datetime

from django.utils.translation import gettext as _

from bookings import reach, reminder_rules, sharing, staff_notices, waiting_notices
from bookings.asking import is_asked
from bookings.models import Booking, Message
from bookings.models.status import AHEAD, Status
from bookings.reminder_rows import CANCELLED, DETAILS, TELLING, TIMELINE, key, quiet_hours
from bookings.reminder_rules import AFTER
from bookings.reminder_steps import steps_for
from clients.consent import may_text, wants_fewer_mails

NO_SHOW = "The booking is no-show."
"""What stands as the reason of a message that did not leave for that."""


def why_not(message: Message) -> str:
    """Why any message must not leave as things are now, in a sentence for the desk; empty when it should."""
    if message.kind in staff_notices.KINDS:
        return staff_notices.why_not(message)
    if message.channel == reach.SMS and not may_text(message.booking.phone if message.booking else message.recipient):
        return _("This number has not agreed to text messages, or has stopped them.")
    if message.kind in waiting_notices.KINDS:
        return waiting_notices.why_not(message)
    return still_wanted(message, message.booking) if message.booking else ""


def still_wanted(message: Message, booking: Booking) -> str:
    """The same for what a client reads about a booking."""
    if reason := _wrong_state(message.kind, booking):
        return reason
    if message.original_key != key(booking, message.kind, message.channel):
        return _("The booking was moved since.")
    if message.kind in TELLING and is_asked(booking):
        return _("The client was asked for another time, and has not answered.")
    if message.kind == DETAILS and not booking.lacks_answers:
        return _("Nothing is missing any more.")
    if message.kind not in TIMELINE:
        return ""
    if message.kind not in steps_for(booking.length_id):
        return switched_off()
    if message.kind in AFTER and message.channel == reach.MAIL and wants_fewer_mails(booking.email):
        return _("This address wants no mails after its sessions.")
    return sharing.why_not(message, booking)


def switched_off() -> str:
    return _("This message is switched off.")


def quiet_until(message: Message, booking: Booking, now: datetime) -> datetime | None:
    """The end of the quiet hours, when they are now and this message is one that heeds them."""
    if message.kind not in TIMELINE:
        return None
    hours = reminder_rules.quiet_around(now, quiet_hours(booking), booking.location.zone)
    return hours[1] if hours else None


def _wrong_state(kind: str, booking: Booking) -> str:
    # A desk that forgets to press "done" keeps nobody from her aftercare; a no-show and a cancellation do.
    fitting = (*AHEAD, Status.DONE) if kind in AFTER else (Status.CANCELLED,) if kind == CANCELLED else AHEAD
    if booking.status not in fitting:
        return _("The booking is %(state)s.") % {"state": booking.get_status_display()}
    return ""
