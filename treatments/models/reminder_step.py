"""The messages that leave before and after a session, and their words."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.strings import LazyI18nString
from simple_history.models import HistoricalRecords

from therapists.models import Style
from treatments import placeholders

from .guidance import Guidance
from .menu import Treatment


def _by_mail() -> list[str]:
    """The default of earlier migrations, which name it."""
    return [ReminderStep.Channel.MAIL]


def _by_any_way() -> list[str]:
    """The ways that a step may take; which of them it takes, each client chooses. Without a choice it is a mail."""
    return list(ReminderStep.Channel.values)


class ReminderStep(models.Model):
    """One message of the timeline around a session. The most particular row of a kind wins, as with Guidance;
    a row that is off keeps the message from leaving. Offsets of whole days keep the hour of the wall clock."""

    class Kind(models.TextChoices):
        DAY_BEFORE = "day_before", _("the day before")
        BEFORE_MEAL = "before_meal", _("before the meal")
        AFTERCARE = "aftercare", _("aftercare")
        NEXT_DAY = "next_day", _("the next day")

    class Channel(models.TextChoices):
        MAIL = "mail", _("e-mail")
        SMS = "sms", _("text message")

    treatment = models.ForeignKey(Treatment, models.CASCADE, related_name="reminder_steps", null=True, blank=True)
    style = models.ForeignKey(Style, models.CASCADE, related_name="reminder_steps", null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    anchor = models.CharField(_("counted from"), max_length=5, choices=Guidance.Anchor, default=Guidance.Anchor.START)
    offset_minutes = models.SmallIntegerField(_("minutes from there"))
    is_on = models.BooleanField(_("on"), default=True)
    channels = ArrayField(
        models.CharField(max_length=4, choices=Channel), verbose_name=_("channels"), default=_by_any_way, blank=True
    )
    subject = I18nCharField(_("subject"), max_length=200, blank=True)
    text = I18nTextField(_("text"), blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(treatment__isnull=True) | Q(style__isnull=True),
                name="reminder_for_treatment_or_style",
                violation_error_message=_("A reminder is for a treatment or for a style, not both."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["day_before", "before_meal", "aftercare", "next_day"]),
                name="reminder_kind_known",
                violation_error_message=_("Choose one of the four kinds of reminder."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["day_before", "before_meal"])
                | Q(anchor="start", offset_minutes__range=(-20160, -1)),
                name="reminder_before_the_start",
                violation_error_message=_("This reminder leaves before the start, at most two weeks before."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["aftercare", "next_day"]) | Q(anchor="end", offset_minutes__range=(0, 20160)),
                name="reminder_after_the_end",
                violation_error_message=_("This message leaves after the end, at most two weeks after."),
            ),
            models.CheckConstraint(
                condition=Q(channels__contained_by=["mail", "sms"]) & (Q(is_on=False) | Q(channels__len__gt=0)),
                name="reminder_goes_somewhere",
                violation_error_message=_("Choose e-mail, text message or both, or switch it off."),
            ),
            models.UniqueConstraint(
                fields=["treatment", "style", "kind"],
                nulls_distinct=False,
                name="reminder_kind_once",
                violation_error_message=_("There is already a reminder of this kind."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    def clean(self) -> None:
        """What the studio typed can be sent as it stands: no unknown placeholder, no empty words."""
        problems = {field: _problem(getattr(self, field), self.is_on) for field in ("subject", "text")}
        if found := {field: problem for field, problem in problems.items() if problem}:
            raise ValidationError(found)

    def languages_without_words(self, languages: Iterable[str]) -> list[str]:
        """Those of `languages` in which the subject or the text is missing: clients read another language there."""
        return [
            language for language in languages if not all(_said(words, language) for words in (self.subject, self.text))
        ]


def _in_each(words: LazyI18nString | str) -> dict[str, str]:
    """Language to text; words without a language stand under ""."""
    data = words.data if isinstance(words, LazyI18nString) else words
    return data if isinstance(data, dict) else {"": str(data or "")}


def _said(words: LazyI18nString | str, language: str) -> bool:
    texts = _in_each(words)
    return bool((texts.get(language) or texts.get("", "")).strip())


def _problem(words: LazyI18nString | str, is_on: bool) -> str:
    texts = _in_each(words).values()
    try:
        for text in texts:
            placeholders.check(text or "")
    except placeholders.BadWords as problem:
        return str(problem)
    if is_on and not any((text or "").strip() for text in texts):
        return _("Write something here, or switch this message off.")
    return ""
