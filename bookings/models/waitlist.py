"""The waiting list: who would come when something frees up, and the times that were offered to her."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from locations.models import Location
from therapists.models import Therapist
from treatments.models import Length

from .booking import Booking

MINUTES_A_DAY = 24 * 60


class WaitingEntryQuerySet(models.QuerySet):
    def open(self) -> "WaitingEntryQuerySet":
        return self.filter(state__in=(WaitingEntry.State.WAITING, WaitingEntry.State.OFFERED))

    def in_order(self) -> "WaitingEntryQuerySet":
        """Who joined first comes first."""
        return self.order_by("created_at", "pk")


class WaitingEntry(models.Model):
    """Somebody who waits for a time at a place: of this length, with this therapist or anyone.

    Any start fits whose day on the wall is from `first_on` to `last_on`, both included, and whose minute since
    midnight lies in [from_minute, until_minute).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        OFFERED = "offered", _("has an offer")
        BOOKED = "booked", _("booked")
        LEFT = "left", _("left")
        LAPSED = "lapsed", _("over")

    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="waiting")
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="en")
    location = models.ForeignKey(Location, models.PROTECT, related_name="waiting")
    length = models.ForeignKey(Length, models.PROTECT, related_name="waiting")
    therapist = models.ForeignKey(Therapist, models.PROTECT, null=True, related_name="waiting")
    first_on = models.DateField()
    last_on = models.DateField()
    from_minute = models.PositiveSmallIntegerField(default=0)
    until_minute = models.PositiveSmallIntegerField(default=MINUTES_A_DAY)
    # The session that she has, and that moves to the time she takes. Nothing: what she takes is a session more.
    instead_of = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="wished_earlier")
    screening = models.CharField(max_length=11, choices=Booking.Screening, default=Booking.Screening.CLEAR)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    link_version = models.PositiveIntegerField(default=1)
    # As that of a booking.
    address_proven_at = models.DateTimeField(null=True)
    # Staff who wrote her down; nobody when she joined by herself.
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    by_mail = False
    """As that of a booking."""

    objects = WaitingEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "offered", "booked", "left", "lapsed"]),
                name="waiting_state_known",
                violation_error_message=_("Somebody waits, has an offer, has booked, has left, or her days are over."),
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="waiting_days_in_order",
                violation_error_message=_("The last day is not before the first."),
            ),
            models.CheckConstraint(
                condition=Q(from_minute__lt=F("until_minute"), until_minute__lte=MINUTES_A_DAY),
                name="waiting_hours_in_order",
                violation_error_message=_("The hours end after they begin, on the same day."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & (~Q(email="") | ~Q(phone="")),
                name="waiting_can_be_reached",
                violation_error_message=_("Who waits has a name, and an e-mail address or a phone number."),
            ),
            models.CheckConstraint(
                condition=Q(screening__in=["clear", "call_first", "adapt", "note_needed", "missing"]),
                name="waiting_screening_known",
                violation_error_message=_("Choose one of the listed outcomes."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at", "id"], name="waiting_open", condition=Q(state__in=["waiting", "offered"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else ""

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.OFFERED)

    def fits(self, start: datetime) -> bool:
        """Whether a start on the wall clock of her place lies in her days and hours, and before the session she has."""
        if self.instead_of and start >= self.instead_of.during.lower:
            return False
        minute = start.hour * 60 + start.minute
        return self.first_on <= start.date() <= self.last_on and self.from_minute <= minute < self.until_minute

    def is_over(self, today: date) -> bool:
        return self.last_on < today


class WaitingOffer(models.Model):
    """A time that was offered to somebody who waits. `booking` holds it: whoever takes it books that very row."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        TAKEN = "taken", _("taken")
        DECLINED = "declined", _("let go")
        LAPSED = "lapsed", _("not answered")

    entry = models.ForeignKey(WaitingEntry, models.PROTECT, related_name="offers")
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="offer")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["open", "taken", "declined", "lapsed"]),
                name="offer_outcome_known",
                violation_error_message=_("An offer is open, taken, let go or not answered."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", ended_at__isnull=True) | ~Q(outcome="open") & Q(ended_at__isnull=False),
                name="offer_ends_once",
                violation_error_message=_("An offer that is not open has ended at an instant."),
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(outcome="open"),
                name="offer_one_at_a_time",
                violation_error_message=_("Somebody who waits has one offer at a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.outcome}"
