"""A session: held while a client types, then booked, then given."""

import uuid
from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Reach
from locations.models import Location, Room
from therapists.models import Therapist
from treatments.models import Length

from .ranges import EndTick, LastsMinutes, OnTicks, SameId, StartTick
from .status import AGREED, AHEAD, OCCUPYING, OVER, Status
from .wished import Wished

THERAPIST_IS_FREE = "booking_therapist_is_free"
ROOM_IS_FREE = "booking_room_is_free"
REFERENCE_ONCE = "booking_reference_once"


class BookingQuerySet(models.QuerySet):
    def occupying(self) -> "BookingQuerySet":
        return self.filter(status__in=OCCUPYING)

    def ahead(self) -> "BookingQuerySet":
        return self.filter(status__in=AHEAD)

    def stale_holds(self, now: datetime) -> "BookingQuerySet":
        return self.filter(status=Status.HELD, hold_expires_at__lte=now)

    def live_holds(self, now: datetime) -> "BookingQuerySet":
        return self.filter(status=Status.HELD, hold_expires_at__gt=now)

    def overlapping(self, during) -> "BookingQuerySet":
        return self.filter(during__overlap=during)


class Booking(Wished):
    class Source(models.TextChoices):
        ONLINE = "online", _("online")
        DESK = "desk", _("front desk")
        WALK_IN = "walk_in", _("walk-in")

    class Screening(models.TextChoices):
        CLEAR = "clear", _("clear")
        CALL_FIRST = "call_first", _("call first")
        ADAPT = "adapt", _("adapt")
        NOTE_NEEDED = "note_needed", _("doctor's note needed")
        MISSING = "missing", _("answers missing")

    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="bookings")
    length = models.ForeignKey(Length, models.PROTECT, related_name="bookings")
    therapist = models.ForeignKey(Therapist, models.PROTECT, related_name="bookings")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="bookings")
    location = models.ForeignKey(Location, models.PROTECT, related_name="bookings")

    # Half-open UTC ranges: what the client sees, and what it takes of the therapist and the room.
    during = DateTimeRangeField()
    therapist_block = DateTimeRangeField()
    room_block = DateTimeRangeField(null=True)
    start_tick = models.GeneratedField(
        expression=StartTick("during"), output_field=models.IntegerField(), db_persist=True
    )
    end_tick = models.GeneratedField(expression=EndTick("during"), output_field=models.IntegerField(), db_persist=True)
    therapist_from_tick = models.GeneratedField(
        expression=StartTick("therapist_block"), output_field=models.IntegerField(), db_persist=True
    )
    therapist_until_tick = models.GeneratedField(
        expression=EndTick("therapist_block"), output_field=models.IntegerField(), db_persist=True
    )
    room_from_tick = models.GeneratedField(
        expression=StartTick("room_block"), output_field=models.IntegerField(), db_persist=True
    )
    room_until_tick = models.GeneratedField(
        expression=EndTick("room_block"), output_field=models.IntegerField(), db_persist=True
    )

    status = models.CharField(max_length=10, choices=Status)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    link_version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=12, null=True)  # noqa: DJ001 - a held time has none, and none is not a value

    # What was agreed. Later edits of the menu change nothing here.
    treatment_name = models.CharField(max_length=80, blank=True)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    currency = models.CharField(max_length=3)
    minutes = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, default="en")
    free_cancel_until = models.DateTimeField()
    name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    reach = models.CharField(max_length=4, choices=Reach, blank=True)  # where reminders go; empty: not said

    at_home = models.BooleanField(default=False)
    source = models.CharField(max_length=7, choices=Source, default=Source.ONLINE)
    asked_for_therapist = models.BooleanField(default=False)
    party = models.UUIDField(null=True)
    series = models.UUIDField(null=True)
    screening = models.CharField(max_length=11, choices=Screening, default=Screening.CLEAR)
    confirmed_at = models.DateTimeField(null=True)
    # When the e-mail address has shown to be hers (see actions.proving): mails greet her by name from then on.
    address_proven_at = models.DateTimeField(null=True)
    hold_expires_at = models.DateTimeField(null=True)
    held_since = models.DateTimeField(null=True)
    held_by = models.UUIDField(null=True)
    held_from = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    by_mail = False
    """Whether links made of this very object leave by mail, or it was opened by one that did. Not kept."""

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name=THERAPIST_IS_FREE,
                expressions=[
                    (SameId("therapist", output_field=BigIntegerRangeField()), RangeOperators.OVERLAPS),
                    ("therapist_block", RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=OCCUPYING, therapist__isnull=False),
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("The therapist is busy at that time."),
            ),
            ExclusionConstraint(
                name=ROOM_IS_FREE,
                expressions=[
                    (SameId("room", output_field=BigIntegerRangeField()), RangeOperators.OVERLAPS),
                    ("room_block", RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=OCCUPYING, room__isnull=False),
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("The room is taken at that time."),
            ),
            models.UniqueConstraint(
                fields=["reference"],
                name=REFERENCE_ONCE,
                violation_error_message=_("Another booking has this reference."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="booking_status_known",
                violation_error_message=_("A booking has one of eight states."),
            ),
            models.CheckConstraint(
                condition=OnTicks("during"),
                name="booking_during_in_fives",
                violation_error_message=_("A session begins and ends on a full five minutes."),
            ),
            models.CheckConstraint(
                condition=OnTicks("therapist_block"),
                name="booking_therapist_block_in_fives",
                violation_error_message=_("A therapist's time is counted in full five minutes."),
            ),
            models.CheckConstraint(
                condition=Q(room_block__isnull=True) | OnTicks("room_block"),
                name="booking_room_block_in_fives",
                violation_error_message=_("A room's time is counted in full five minutes."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__in=[20, 25, 30]) & LastsMinutes("during", "minutes"),
                name="booking_lasts_20_25_or_30",
                violation_error_message=_("A session lasts the 20, 25 or 30 minutes that were agreed."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=OVER) | Q(therapist_block__contains=F("during")),
                name="booking_therapist_block_covers",
                violation_error_message=_("The therapist's time covers the session."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=OVER) | Q(room_block__isnull=True) | Q(room_block__contains=F("during")),
                name="booking_room_block_covers",
                violation_error_message=_("The room's time covers the session."),
            ),
            models.CheckConstraint(
                condition=Q(at_home=True, room__isnull=True, room_block__isnull=True)
                | Q(at_home=False, room__isnull=False, room_block__isnull=False),
                name="booking_room_unless_at_home",
                violation_error_message=_("A session has a room, unless it is at the client's home."),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.HELD) | Q(hold_expires_at__isnull=False),
                name="booking_hold_ends",
                violation_error_message=_("A held time is held until an instant."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=AGREED) | Q(client__isnull=False, reference__isnull=False) & ~Q(name=""),
                name="booking_agreed_with_somebody",
                violation_error_message=_("A booking is for a client and carries a reference."),
            ),
            models.CheckConstraint(
                condition=Q(reach__in=["", "mail", "sms", "both"]),
                name="booking_reach_known",
                violation_error_message=_("Choose e-mail, text message or both."),
            ),
            models.CheckConstraint(
                condition=Q(pressure__isnull=True) | Q(pressure__gte=1, pressure__lte=5),
                name="booking_pressure_1_to_5",
                violation_error_message=_("Pressure runs from 1 to 5."),
            ),
            models.CheckConstraint(
                condition=Q(
                    screening__in=["clear", "call_first", "adapt", "note_needed", "missing"],
                    source__in=["online", "desk", "walk_in"],
                ),
                name="booking_screening_and_source_known",
                violation_error_message=_("Choose one of the listed outcomes."),
            ),
        ]
        indexes = [
            # Read by availability for every page of times: an index-only scan, whatever the history.
            models.Index(
                "therapist_from_tick",
                name="booking_occupied",
                include=[
                    "therapist", "room", "start_tick", "end_tick", "therapist_until_tick",
                    "room_from_tick", "room_until_tick", "status", "hold_expires_at", "held_by",
                ],
                condition=Q(status__in=OCCUPYING),
            ),
            models.Index("held_by", name="booking_by_holder", condition=Q(held_by__isnull=False)),
            models.Index("held_from", name="booking_hold_by_address", condition=Q(status=Status.HELD)),
            models.Index("start_tick", name="booking_by_start"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference or f"{self.get_status_display()} {self.during.lower:%Y-%m-%d %H:%M}"

    @property
    def starts_at(self) -> datetime:
        """The start on the location's wall clock."""
        return self.during.lower.astimezone(self.location.zone)

    @property
    def ends_at(self) -> datetime:
        return self.during.upper.astimezone(self.location.zone)

    @property
    def free_until(self) -> datetime:
        """The last instant of free cancellation, on the location's wall clock."""
        return self.free_cancel_until.astimezone(self.location.zone)

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.strip() else ""

    @property
    def is_ahead(self) -> bool:
        return self.status in AHEAD

    @property
    def calls_first(self) -> bool:
        return self.screening == self.Screening.CALL_FIRST

    @property
    def lacks_answers(self) -> bool:
        """Booked at the desk, and nobody has asked the safety question yet."""
        return self.screening == self.Screening.MISSING
