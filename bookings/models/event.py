"""What happened to a booking: ids and instants, never changed afterwards. Names are put in when shown."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from locations.models import Location, Room
from therapists.models import Therapist
from treatments.models import Length

from .booking import Booking


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: the client behind her browser or link, a member of staff, or the system itself."""

    kind: str
    user_id: int | None = None


CLIENT = Actor("client")
SYSTEM = Actor("system")


@dataclass(frozen=True, slots=True)
class Was:
    """When, with whom, where and how long a session was to be before a change, and its price."""

    during: DateTimeTZRange
    therapist_id: int
    room_id: int | None
    location_id: int
    length_id: int
    price: Decimal

    @classmethod
    def of(cls, booking: Booking) -> Self:
        return cls(*(getattr(booking, field) for field in cls.__slots__))


class BookingEvent(models.Model):
    class Cause(models.TextChoices):
        """Who a cancellation came from."""

        CLIENT = "client", _("the client")
        STUDIO = "studio", _("the studio")
        ILLNESS = "illness", _("illness")

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    verb = models.CharField(max_length=20)
    by = models.CharField(max_length=6)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    before = DateTimeRangeField(null=True)
    after = DateTimeRangeField(null=True)
    # How it stood before a change of time, therapist, place or length. `before` alone: a change of earlier days.
    before_therapist = models.ForeignKey(Therapist, models.PROTECT, null=True, related_name="+")
    before_room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    before_location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    before_length = models.ForeignKey(Length, models.PROTECT, null=True, related_name="+")
    before_price = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    # Events of one act carry the same mark: two sessions that changed places, a row that was shifted.
    act = models.UUIDField(null=True)
    cause = models.CharField(max_length=7, choices=Cause, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index("act", name="event_by_act", condition=models.Q(act__isnull=False))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cause__in=["", "client", "studio", "illness"]),
                name="event_cause_known",
                violation_error_message=_("A cancellation comes from the client, the studio or an illness."),
            ),
            models.CheckConstraint(
                condition=models.Q(by__in=["client", "staff", "system"]),
                name="event_by_somebody",
                violation_error_message="An event is by a client, by staff or by the system.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} at {self.at:%Y-%m-%d %H:%M}"


def record(
    *,
    booking: Booking,
    verb: str,
    by: Actor,
    now: datetime,
    was: Was | None = None,
    reason: str = "",
    cause: str = "",
    act: UUID | None = None,
) -> BookingEvent:
    """Write what was just done to `booking`; `was`: how it stood, when time, person, place or length changed."""
    return BookingEvent.objects.create(
        booking=booking,
        verb=verb,
        at=now,
        by=by.kind,
        actor_id=by.user_id,
        after=booking.during,
        reason=reason,
        cause=cause,
        act=act,
        **_before(was) if was else {},
    )


def _before(was: Was) -> dict[str, object]:
    return {
        "before": was.during,
        "before_therapist_id": was.therapist_id,
        "before_room_id": was.room_id,
        "before_location_id": was.location_id,
        "before_length_id": was.length_id,
        "before_price": was.price,
    }
