"""What each kind of message is called by the people of the studio."""

from django.utils.translation import gettext_lazy as _

from bookings import asking, finding, reminder_rows, rerouting, staff_notices, waiting_notices
from bookings.actions import proposing, staffing
from bookings.reminder_rules import Kind

KINDS = {
    reminder_rows.CONFIRMATION: _("Confirmation"),
    reminder_rows.MOVED: _("Session moved"),
    reminder_rows.CANCELLED: _("Session cancelled"),
    asking.OTHER_TIME: _("Another time, please"),
    reminder_rows.STANDS: _("The session stands"),
    reminder_rows.DETAILS: _("The rest of the details"),
    Kind.DAY_BEFORE: _("The day before"),
    Kind.BEFORE_MEAL: _("Before the meal"),
    Kind.AFTERCARE: _("Aftercare"),
    Kind.NEXT_DAY: _("The next day"),
    staff_notices.NEW: _("To the therapist: new"),
    staff_notices.MOVED: _("To the therapist: moved"),
    staff_notices.CANCELLED: _("To the therapist: cancelled"),
    staff_notices.MORNING: _("To the therapist: her day"),
    staff_notices.DIGEST: _("To the desk: what failed"),
    waiting_notices.JOINED: _("Waiting list: joined"),
    waiting_notices.OFFER: _("Waiting list: offer"),
    finding.KIND: _("Links to sessions"),
    rerouting.ELSEWHERE: _("To the former address"),
    "account": _("Signing in"),
    proposing.ANSWER: _("To the therapist: time off"),
    staffing.INVITATION: _("Invitation to the staff"),
}


def name_of(kind: str) -> str:
    """The name of a kind in the active language; one that has none yet is said as it is written."""
    return str(KINDS.get(kind, kind))
