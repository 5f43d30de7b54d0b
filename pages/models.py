"""The words of the public pages that a studio has made its own."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.strings import LazyI18nString
from simple_history.models import HistoricalRecords


class PageText(models.Model):
    """One text of the site in each language. Without a row the words that come with the product stand there.

    `text` holds the formatting of `pages.markup`, never HTML.
    """

    class Key(models.TextChoices):
        WELCOME = "welcome", _("start: the first sentence")
        SESSION = "session", _("start: how a session goes")
        PRESSURE = "pressure", _("start: the pressure")
        WAYS = "ways", _("start: the styles")
        PREPARE_SHORT = "prepare_short", _("start: how to prepare")
        ASHIATSU = "ashiatsu", _("page: what ashiatsu is")
        PREPARE = "prepare", _("page: how to prepare")
        REPORTS = "reports", _("page: what people report")
        QUESTIONS = "questions", _("page: questions and answers")
        ASK_FIRST = "ask_first", _("page: who should ask first")
        PRIVACY = "privacy", _("page: data protection")
        ACCESSIBILITY = "accessibility", _("page: accessibility")

    key = models.CharField(_("which"), max_length=20, choices=Key, unique=True)
    title = I18nCharField(_("heading"), max_length=80)
    text = I18nTextField(_("text"), blank=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.get_key_display()

    def clean(self) -> None:
        """A page without a heading in any language would have no name."""
        titles = self.title.data if isinstance(self.title, LazyI18nString) else self.title
        said = titles.values() if isinstance(titles, dict) else [titles]
        if not any((title or "").strip() for title in said):
            raise ValidationError({"title": _("Write a heading in one language at least.")})
