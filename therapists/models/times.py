"""When she works, when she does not, and how much she gives in a day."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from locations.models import Location, WeeklyBlock, filled_range, weekly_checks

from .person import Therapist


class WorkingHours(WeeklyBlock):
    """A weekly block at one location, every week or every second week from the week of `valid_from`."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="working_hours")
    location = models.ForeignKey(Location, models.PROTECT, related_name="working_hours")
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("last valid day"), null=True, blank=True)
    every_weeks = models.PositiveSmallIntegerField(_("every … weeks"), default=1)

    class Meta(WeeklyBlock.Meta):
        verbose_name_plural = "working hours"
        constraints = [
            *weekly_checks("working"),
            models.CheckConstraint(
                condition=Q(every_weeks__in=[1, 2]),
                name="working_every_1_or_2_weeks",
                violation_error_message=_("Hours repeat every week or every second week."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="working_dates_in_order",
                violation_error_message=_("Hours end after they begin."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.therapist}, {self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"


class Period(models.Model):
    """A dated period of one therapist, half-open, in UTC."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="%(class)s_set")
    during = DateTimeRangeField(_("from and to"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.therapist}, {self.during.lower:%Y-%m-%d %H:%M}"


class ExtraHours(Period):
    location = models.ForeignKey(Location, models.PROTECT, related_name="extra_hours")

    class Meta:
        verbose_name_plural = "extra hours"
        constraints = [
            models.CheckConstraint(
                condition=filled_range("during"),
                name="extra_has_both_ends",
                violation_error_message=_("Extra hours have a beginning and a later end."),
            ),
        ]


class TimeOff(Period):
    """Time off may overlap booked sessions: illness comes after the booking. Only accepted time blocks."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("holiday")
        ILLNESS = "illness", _("illness")
        TRAINING = "training", _("training")
        OTHER = "other", _("other")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.HOLIDAY)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ACCEPTED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    # The word with which it was declined: she reads it.
    answer = models.CharField(_("answer"), max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "time off"
        constraints = [
            models.CheckConstraint(
                condition=filled_range("during"),
                name="time_off_has_both_ends",
                violation_error_message=_("Time off has a beginning and a later end."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["holiday", "illness", "training", "other"],
                    state__in=["proposed", "accepted", "declined"],
                ),
                name="time_off_kind_and_state_known",
                violation_error_message=_("Choose one of the listed kinds."),
            ),
        ]


class Limit(models.Model):
    """How much one therapist gives in a day. A weekday's own limit wins over the one for every day."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="limits")
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True)
    sessions = models.PositiveSmallIntegerField(_("sessions a day"), null=True, blank=True)
    hands_on_minutes = models.PositiveSmallIntegerField(_("minutes of massage a day"), null=True, blank=True)
    run_minutes = models.PositiveSmallIntegerField(_("longest run without rest, minutes"), null=True, blank=True)
    rest_minutes = models.PositiveSmallIntegerField(_("rest after a run, minutes"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "weekday"],
                nulls_distinct=False,
                name="limit_once_a_weekday",
                violation_error_message=_("There is already a limit for this day."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6),
                name="limit_weekday",
                violation_error_message=_("A week has seven days."),
            ),
            models.CheckConstraint(
                condition=Q(run_minutes__isnull=True) | Q(rest_minutes__gt=0),
                name="limit_run_needs_rest",
                violation_error_message=_("A longest run needs a rest after it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.therapist}: {self.sessions or '-'} sessions"
