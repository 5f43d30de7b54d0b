"""What somebody waits for, in words: the same on her page, in her mails and at the desk."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from bookings.models import WaitingEntry
from bookings.models.waitlist import MINUTES_A_DAY
from spa import texts

PARTS = {
    "any": (0, MINUTES_A_DAY),
    "morning": (0, 12 * 60),
    "afternoon": (12 * 60, 17 * 60),
    "evening": (17 * 60, MINUTES_A_DAY),
}
"""Parts of the day as minutes since midnight, as the page of times has them."""


class WishWords(NamedTuple):
    """ "Back on the mat, 30 minutes", "Ana" or "anyone", "Friday 20 November to Monday 23 November", "any time"."""

    treatment: str
    who: str
    days: str
    hours: str


def wish_words(entry: WaitingEntry) -> WishWords:
    """In the active language. Needs the length with its treatment, and the therapist."""
    words = {"name": entry.length.treatment.name, "minutes": entry.length.minutes}
    return WishWords(
        _("%(name)s, %(minutes)s minutes") % words,
        entry.therapist.name if entry.therapist else _("anyone"),
        _days(entry),
        _hours(entry),
    )


def _days(entry: WaitingEntry) -> str:
    first, last = texts.long_day(entry.first_on), texts.long_day(entry.last_on)
    if entry.first_on == entry.last_on:
        return first
    if entry.first_on.year == entry.last_on.year:
        first = texts.day(entry.first_on)
    return _("%(start)s to %(end)s") % {"start": first, "end": last}


def _hours(entry: WaitingEntry) -> str:
    said = {
        PARTS["any"]: _("any time"),
        PARTS["morning"]: _("in the morning"),
        PARTS["afternoon"]: _("in the afternoon"),
        PARTS["evening"]: _("in the evening"),
    }
    minutes = (entry.from_minute, entry.until_minute)
    return said.get(minutes) or _("%(start)s to %(end)s") % {"start": _clock(minutes[0]), "end": _clock(minutes[1])}


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
