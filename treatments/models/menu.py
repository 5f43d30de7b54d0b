"""What is given: treatments, their lengths and prices."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from therapists.models import Style, Therapist

AREAS = {
    "lower_back": _("lower back"),
    "hips": _("hips"),
    "buttocks": _("buttocks"),
    "thighs": _("thighs"),
    "calves": _("calves"),
    "beside_spine": _("beside the spine"),
    "neck": _("neck"),
}


def _in_fives(name: str, *fields: str) -> models.CheckConstraint:
    on_tick = Q()
    for field in fields:
        on_tick &= Q(**{f"{field}__in": list(range(0, 125, 5))})
    return models.CheckConstraint(
        condition=on_tick,
        name=name,
        violation_error_message=_("Minutes come in fives, up to two hours."),
    )


class Treatment(models.Model):
    slug = models.SlugField(_("address on this site"), unique=True)
    name = I18nCharField(_("name"), max_length=80)
    description = I18nTextField(_("description"), blank=True)
    style = models.ForeignKey(Style, models.PROTECT, related_name="treatments")
    before_minutes = models.PositiveSmallIntegerField(_("therapist's minutes before"), default=0)
    after_minutes = models.PositiveSmallIntegerField(_("therapist's minutes after"), default=10)
    room_before_minutes = models.PositiveSmallIntegerField(_("room's minutes before"), default=0)
    room_after_minutes = models.PositiveSmallIntegerField(_("room's minutes after"), default=10)
    needed_props = models.JSONField(
        _("needed props"), default=list, blank=True,
        help_text=_("Groups of kinds; the room needs one of each group: [[mat], [rope, bamboo]]."),
    )  # fmt: skip
    areas = ArrayField(models.CharField(max_length=20), verbose_name=_("areas"), default=list, blank=True)
    at_home = models.BooleanField(_("also at the client's home"), default=False)
    on_menu = models.BooleanField(_("on the menu"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            _in_fives(
                "treatment_minutes_in_fives",
                "before_minutes",
                "after_minutes",
                "room_before_minutes",
                "room_after_minutes",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Length(models.Model):
    """What a client books: a treatment for 20, 25 or 30 minutes of hands-on time, at one price."""

    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="lengths")
    minutes = models.PositiveSmallIntegerField(_("minutes on the client"))
    price = models.DecimalField(_("price"), max_digits=8, decimal_places=2)
    on_menu = models.BooleanField(_("on the menu"), default=True)

    class Meta:
        ordering = ["treatment__order", "treatment_id", "-minutes"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__in=[20, 25, 30]),
                name="length_20_25_or_30",
                violation_error_message=_("A session is 20, 25 or 30 minutes long."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0),
                name="length_price_not_negative",
                violation_error_message=_("A price is not negative."),
            ),
            models.UniqueConstraint(
                fields=["treatment", "minutes"],
                name="length_once",
                violation_error_message=_("This treatment already has that length."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.treatment}, {self.minutes} min"

    @property
    def slug(self) -> str:
        return f"{self.treatment.slug}-{self.minutes}"


class TherapistTreatment(models.Model):
    """An exception for one therapist. Without a row she gives what her styles and certificates allow."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="treatment_rows")
    treatment = models.ForeignKey(Treatment, models.CASCADE, related_name="therapist_rows")
    gives = models.BooleanField(_("gives it"), default=True)
    price = models.DecimalField(_("own price"), max_digits=8, decimal_places=2, null=True, blank=True)
    before_minutes = models.PositiveSmallIntegerField(_("own minutes before"), null=True, blank=True)
    after_minutes = models.PositiveSmallIntegerField(_("own minutes after"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "treatment"],
                name="therapist_treatment_once",
                violation_error_message=_("There is already a row for this treatment."),
            ),
            _in_fives("therapist_treatment_minutes_in_fives", "before_minutes", "after_minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.therapist}: {self.treatment}"
