"""What happened to a booking, in words: who did what, when, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Booking, BookingEvent
from spa import texts

VERBS = {
    "booked": gettext_lazy("booked the session"),
    "confirmed": gettext_lazy("said that the client comes"),
    "moved": gettext_lazy("moved the session"),
    "swapped": gettext_lazy("swapped the session with another one"),
    "arrived": gettext_lazy("noted that the client is here"),
    "started": gettext_lazy("began the session"),
    "finished": gettext_lazy("ended the session"),
    "no-show": gettext_lazy("noted that the client did not come"),
    "cancelled": gettext_lazy("cancelled the session"),
    "restored": gettext_lazy("took the cancellation back"),
    "undone": gettext_lazy("took the last change back"),
    "length changed": gettext_lazy("changed the length"),
    "back to booked": gettext_lazy("took the last step back"),
    "back to here": gettext_lazy("took the last step back"),
    "back to in session": gettext_lazy("took the last step back"),
    "call settled": gettext_lazy("settled the call with the client"),
    "details asked for": gettext_lazy("asked the client for the rest"),
    "details given": gettext_lazy("completed the details"),
    "offered": gettext_lazy("offered the time to somebody on the waiting list"),
    "offer let go": gettext_lazy("let the offer go"),
    "offer lapsed": gettext_lazy("ended the offer: nobody answered"),
    "note": gettext_lazy("wrote a note"),
    "asked for a time": gettext_lazy("asked the client to choose another time"),
    "question taken back": gettext_lazy("took the question for another time back"),
    "contacted": gettext_lazy("contacted the client"),
    "reach chosen": gettext_lazy("chose where reminders go"),
    "contact changed": gettext_lazy("gave another address or number"),
    "wishes said": gettext_lazy("said what suits the client"),
    "sent again": gettext_lazy("sent a message again"),
    "called instead": gettext_lazy("rang in place of a message"),
    "told now": gettext_lazy("let the client be told at once"),
    "kept quiet": gettext_lazy("chose to tell nobody"),
}
UNSAID = {"sent again"}
"""Verbs whose reason is the inner name of a message."""
ABOUT_MESSAGES = ("sent again", "called instead", "told now", "kept quiet")
"""These leave the booking as it is."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: `when` on the wall clock, `who` did `what`, from which time, and `why` as it was typed."""

    at: datetime
    when: str
    who: str
    what: str
    before: str
    why: str


def happened(booking: Booking) -> list[Happening]:
    """The life of a booking, the newest first. One query."""
    return in_words(events().filter(booking=booking.pk).order_by("-at", "-id"), booking.location.zone)


def events() -> QuerySet[BookingEvent]:
    return BookingEvent.objects.select_related("actor")


def in_words(rows: Iterable[BookingEvent], zone: tzinfo) -> list[Happening]:
    """Events with their actors loaded, in the order given."""
    return [_happening(row, zone) for row in rows]


def _happening(event: BookingEvent, zone: tzinfo) -> Happening:
    return Happening(
        at=event.at,
        when=texts.moment(event.at.astimezone(zone)),
        who=who(event),
        what=str(VERBS.get(event.verb, event.verb)),
        before=_before(event, zone),
        why="" if event.verb in UNSAID else event.reason,
    )


def who(event: BookingEvent) -> str:
    """The name of whoever acted."""
    if event.actor:
        return event.actor.get_full_name()
    return {"client": _("the client"), "system": _("the system")}.get(event.by, _("somebody at the desk"))


def _before(event: BookingEvent, zone: tzinfo) -> str:
    if event.before is None:
        return ""
    start, end = (edge.astimezone(zone) for edge in (event.before.lower, event.before.upper))
    return _("It was %(whole)s.") % {"whole": texts.whole(start, end)}


def since(booking: Booking, version: int) -> list[Happening]:
    """What was done to a booking after the version that somebody saw, the newest first."""
    rows = events().filter(booking=booking.pk).exclude(verb__in=ABOUT_MESSAGES).order_by("-at", "-id")
    return in_words(rows[: max(booking.version - version, 0)], booking.location.zone)
