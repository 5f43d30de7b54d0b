"""The life of a booking: its states, and the one table of legal steps between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    HELD = "held", _("held")
    BOOKED = "booked", _("booked")
    ARRIVED = "arrived", _("here")
    IN_SESSION = "in_session", _("in session")
    DONE = "done", _("done")
    NO_SHOW = "no_show", _("no-show")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("expired")


OCCUPYING = (Status.HELD, Status.BOOKED, Status.ARRIVED, Status.IN_SESSION, Status.DONE, Status.NO_SHOW)
"""These take the time of a therapist and a room; the exclusion constraints see exactly these."""

AHEAD = (Status.BOOKED, Status.ARRIVED, Status.IN_SESSION)
"""Agreed with a client and not over."""

AGREED = (Status.BOOKED, Status.ARRIVED, Status.IN_SESSION, Status.DONE, Status.NO_SHOW, Status.CANCELLED)
"""A client stands behind these; they carry a reference."""

OVER = (Status.DONE, Status.NO_SHOW)
"""Ended; their blocks may be shorter than what was planned."""

STEPS: dict[str, frozenset[str]] = {
    Status.HELD: frozenset({Status.BOOKED, Status.EXPIRED}),
    # A client may still book after her hold ran out, while the time is free.
    Status.EXPIRED: frozenset({Status.BOOKED, Status.HELD}),
    Status.BOOKED: frozenset({Status.ARRIVED, Status.IN_SESSION, Status.NO_SHOW, Status.CANCELLED}),
    Status.ARRIVED: frozenset({Status.BOOKED, Status.IN_SESSION, Status.NO_SHOW, Status.CANCELLED}),
    Status.IN_SESSION: frozenset({Status.ARRIVED, Status.DONE}),
    Status.DONE: frozenset({Status.IN_SESSION}),
    Status.NO_SHOW: frozenset({Status.BOOKED, Status.ARRIVED}),
    Status.CANCELLED: frozenset({Status.BOOKED}),
}
"""From each state, where it may go. The steps back undo a slip of the desk."""


def may_step(before: str, after: str) -> bool:
    return after in STEPS[before]
