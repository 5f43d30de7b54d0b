"""Where sessions happen: the studio, its locations, their hours, rooms and props."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.postgres.fields import DateTimeRangeField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField


def validate_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Choose a time zone by its name, like Europe/London."))


def filled_range(field: str) -> Q:
    """A range that blocks: with both ends, and longer than nothing."""
    return Q(
        **{
            f"{field}__startswith__isnull": False,
            f"{field}__endswith__isnull": False,
            f"{field}__isempty": False,
        }
    )


class Studio(models.Model):
    """The one business that this installation serves."""

    name = models.CharField(_("name"), max_length=80)
    reference_prefix = models.CharField(
        _("reference prefix"),
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{1,3}\Z", _("Use one to three capital letters."))],
    )
    email = models.EmailField(_("e-mail"))
    languages = models.JSONField(_("languages"), default=list)
    failure_digest = models.BooleanField(_("is told each morning of messages that failed"), default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="studio_is_one_row",
                violation_error_message=_("There is one studio per installation."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="locations", default=1)
    slug = models.SlugField(_("address on this site"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=200)
    access = I18nCharField(_("how to find the door"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=20)
    country = models.CharField(_("country"), max_length=2, default="GB")
    zone_name = models.CharField(_("time zone"), max_length=64, validators=[validate_zone])
    currency = models.CharField(_("currency"), max_length=3, default="GBP")
    is_open = models.BooleanField(_("takes bookings"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    lead_minutes = models.PositiveIntegerField(_("least notice, minutes"), default=60)
    horizon_days = models.PositiveSmallIntegerField(_("bookable days ahead"), default=60)
    start_step_minutes = models.PositiveSmallIntegerField(_("start step, minutes"), default=10)
    hold_minutes = models.PositiveSmallIntegerField(_("a time is held for, minutes"), default=10)
    offer_minutes = models.PositiveSmallIntegerField(_("a waiting list offer is held for, minutes"), default=30)
    free_cancel_hours = models.PositiveSmallIntegerField(_("free cancellation until, hours before"), default=24)
    quiet_from = models.TimeField(_("no messages from"), default="21:00")
    quiet_until = models.TimeField(_("no messages until"), default="08:00")
    gap_rule = models.BooleanField(_("avoid gaps that nobody can book"), default=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_step_minutes__in=[5, 10, 15, 20, 30, 60]),
                name="location_step_in_fives",
                violation_error_message=_("Sessions start every 5, 10, 15, 20, 30 or 60 minutes."),
            ),
            models.CheckConstraint(
                condition=Q(hold_minutes__gte=5, hold_minutes__lte=30),
                name="location_hold_5_to_30",
                violation_error_message=_("A time can be held for 5 to 30 minutes."),
            ),
            models.CheckConstraint(
                condition=Q(offer_minutes__gte=10, offer_minutes__lte=240),
                name="location_offer_10_to_240",
                violation_error_message=_("An offer is held for 10 to 240 minutes."),
            ),
            models.CheckConstraint(
                condition=Q(horizon_days__gte=1, horizon_days__lte=366),
                name="location_horizon_1_to_366",
                violation_error_message=_("Clients can book 1 to 366 days ahead."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)

    def free_until(self, start: datetime) -> datetime:
        """Until when a session that begins at `start` is changed or cancelled freely."""
        return start - timedelta(hours=self.free_cancel_hours)

    @property
    def lead(self) -> timedelta:
        return timedelta(minutes=self.lead_minutes)


class WeeklyBlock(models.Model):
    """Wall-clock hours on one weekday. Closing at or before opening means the next day."""

    weekday = models.PositiveSmallIntegerField(
        _("weekday"),
        choices=list(
            enumerate(
                [
                    _("Monday"),
                    _("Tuesday"),
                    _("Wednesday"),
                    _("Thursday"),
                    _("Friday"),
                    _("Saturday"),
                    _("Sunday"),
                ]
            )
        ),
    )
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"))

    class Meta:
        abstract = True
        ordering = ["weekday", "opens"]


def weekly_checks(prefix: str) -> list[models.CheckConstraint]:
    """The checks that opening and working hours share. Occupied time is counted in five-minute ticks."""
    return [
        models.CheckConstraint(
            condition=Q(weekday__lte=6),
            name=f"{prefix}_weekday",
            violation_error_message=_("A week has seven days."),
        ),
        models.CheckConstraint(
            condition=_on_tick("opens") & _on_tick("closes"),
            name=f"{prefix}_in_fives",
            violation_error_message=_("Hours begin and end on a full five minutes."),
        ),
    ]


def _on_tick(field: str) -> Q:
    return Q(**{f"{field}__minute__in": list(range(0, 60, 5)), f"{field}__second": 0})


class OpeningHours(WeeklyBlock):
    location = models.ForeignKey(Location, models.CASCADE, related_name="opening_hours")

    class Meta(WeeklyBlock.Meta):
        verbose_name_plural = "opening hours"
        constraints = [
            *weekly_checks("opening"),
            models.UniqueConstraint(
                fields=["location", "weekday", "opens"],
                name="opening_block_once",
                violation_error_message=_("Two blocks of a day cannot open at the same time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"


class Room(models.Model):
    location = models.ForeignKey(Location, models.PROTECT, related_name="rooms")
    name = models.CharField(_("name"), max_length=60)
    in_use = models.BooleanField(_("in use"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "name"],
                name="room_name_once",
                violation_error_message=_("This location already has a room of that name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Prop(models.Model):
    """What the therapist holds or the client lies on. It belongs to a room."""

    class Kind(models.TextChoices):
        BARS = "bars", _("ceiling bars")
        MAT = "mat", _("floor mat")
        TABLE = "table", _("table")
        ROPE = "rope", _("rope")
        BAMBOO = "bamboo", _("bamboo poles")
        CHAIR = "chair", _("chair")

    room = models.ForeignKey(Room, models.CASCADE, related_name="props")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("name"), max_length=60)
    inspected_until = models.DateField(_("inspected until"), null=True, blank=True)
    out_from = models.DateTimeField(_("out of service from"), null=True, blank=True)
    out_until = models.DateTimeField(_("out of service until"), null=True, blank=True)
    out_reason = models.CharField(_("why it is out of service"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["bars", "mat", "table", "rope", "bamboo", "chair"]),
                name="prop_kind_known",
                violation_error_message=_("Choose one of the listed kinds."),
            ),
            models.CheckConstraint(
                condition=Q(out_until__isnull=True) | Q(out_from__isnull=False, out_until__gt=F("out_from")),
                name="prop_out_in_order",
                violation_error_message=_("Out of service ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Closure(models.Model):
    """A period in which a whole location, or one room of it, is shut."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="closures")
    room = models.ForeignKey(Room, models.CASCADE, related_name="closures", null=True, blank=True)
    during = DateTimeRangeField(_("from and to"))
    reason = I18nTextField(_("reason"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=filled_range("during"),
                name="closure_has_both_ends",
                violation_error_message=_("A closure has a beginning and a later end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location}, {self.during.lower:%Y-%m-%d %H:%M}"
