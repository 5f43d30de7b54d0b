"""Who changes a booking, when and why, and whether its client is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bookings.models.event import Actor

SOON = timedelta(minutes=3)
"""Long enough to see a slip on the board and take it back before anybody has read of it."""


class Tell(StrEnum):
    """When the client hears of a change: at once, in three minutes unless it is taken back, or not at all."""

    NOW = "now"
    SOON = "soon"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes a booking, and when; `version` is what she saw. A reason overrules soft rules."""

    by: Actor
    now: datetime
    version: int | None = None
    reason: str = ""
    tell: Tell = Tell.NOW

    @property
    def is_staff(self) -> bool:
        return self.by.kind == "staff"

    @property
    def wait(self) -> timedelta | None:
        """How long the message about it waits; None: there is none."""
        return {Tell.NOW: timedelta(), Tell.SOON: SOON}.get(self.tell)
