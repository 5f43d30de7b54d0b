"""What happened to a booking: ids and instants, never changed afterwards. Names are put in when shown."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models

from .booking import Booking


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: the client behind her browser or link, a member of staff, or the system itself."""

    kind: str
    user_id: int | None = None


CLIENT = Actor("client")
SYSTEM = Actor("system")


class BookingEvent(models.Model):
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    verb = models.CharField(max_length=20)
    by = models.CharField(max_length=6)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    before = DateTimeRangeField(null=True)
    after = DateTimeRangeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by__in=["client", "staff", "system"]),
                name="event_by_somebody",
                violation_error_message="An event is by a client, by staff or by the system.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} at {self.at:%Y-%m-%d %H:%M}"


def record(*, booking: Booking, verb: str, by: Actor, now: datetime, before=None, reason: str = "") -> BookingEvent:
    """Write what was just done to `booking`; `before` is its former range when the time changed."""
    return BookingEvent.objects.create(
        booking=booking,
        verb=verb,
        at=now,
        by=by.kind,
        actor_id=by.user_id,
        before=before,
        after=booking.during,
        reason=reason,
    )
