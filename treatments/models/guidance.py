"""The advice that goes with a treatment: when to drink, eat, come and rest, and what to wear."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from therapists.models import Style

from .menu import Treatment


class Guidance(models.Model):
    """Advice tied to the start or the end of a session. The most particular row of a kind wins:
    treatment, then style, then the studio's default (both empty)."""

    class Kind(models.TextChoices):
        WATER_BEFORE = "water_before", _("water before")
        HEAVY_MEAL = "heavy_meal", _("last heavy meal")
        MEAL = "meal", _("finish eating")
        CLOTHES = "clothes", _("clothes")
        ARRIVAL = "arrival", _("arrival")
        WATER_AFTER = "water_after", _("water after")
        AFTERCARE = "aftercare", _("aftercare")

    class Anchor(models.TextChoices):
        START = "start", _("start")
        END = "end", _("end")

    treatment = models.ForeignKey(Treatment, models.CASCADE, related_name="guidance", null=True, blank=True)
    style = models.ForeignKey(Style, models.CASCADE, related_name="guidance", null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    anchor = models.CharField(_("counted from"), max_length=5, choices=Anchor, default=Anchor.START)
    offset_minutes = models.SmallIntegerField(_("minutes from there"), default=0)
    title = I18nCharField(_("heading"), max_length=80)
    text = I18nTextField(_("text"), blank=True)

    class Meta:
        verbose_name_plural = "guidance"
        constraints = [
            models.CheckConstraint(
                condition=Q(treatment__isnull=True) | Q(style__isnull=True),
                name="guidance_for_treatment_or_style",
                violation_error_message=_("Advice is for a treatment or for a style, not both."),
            ),
            models.CheckConstraint(
                condition=Q(anchor="start", offset_minutes__lte=0) | Q(anchor="end", offset_minutes__gte=0),
                name="guidance_before_or_after",
                violation_error_message=_("Advice comes before the start or after the end."),
            ),
            models.UniqueConstraint(
                fields=["treatment", "style", "kind"],
                nulls_distinct=False,
                name="guidance_kind_once",
                violation_error_message=_("There is already advice of this kind."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"
