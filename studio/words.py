"""The steps of the timeline in the words of the studio: when they leave, by which way, for whom."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from i18nfield.strings import LazyI18nString

from bookings.guidance import Anchor
from locations.languages import language_name
from treatments.models import ReminderStep

DAY, HOUR = 24 * 60, 60


def when(step: ReminderStep) -> str:
    """ "3 hours before the start", "1 day 2 hours after the end"."""
    if not step.offset_minutes:
        return _("at the end") if step.anchor == Anchor.END else _("at the start")
    words = {"time": duration(abs(step.offset_minutes))}
    if step.anchor == Anchor.END:
        return _("%(time)s after the end") % words
    return _("%(time)s before the start") % words


def duration(minutes: int) -> str:
    """ "1 day 2 hours 5 minutes", without what is nought."""
    days, rest = divmod(minutes, DAY)
    parts = [
        (days, ngettext("%(count)s day", "%(count)s days", days)),
        (rest // HOUR, ngettext("%(count)s hour", "%(count)s hours", rest // HOUR)),
        (rest % HOUR, ngettext("%(count)s minute", "%(count)s minutes", rest % HOUR)),
    ]
    return " ".join(words % {"count": count} for count, words in parts if count)


def ways(step: ReminderStep) -> str:
    """ "e-mail", "e-mail and text message"."""
    return _(" and ").join(str(ReminderStep.Channel(channel).label) for channel in step.channels)


def scope(step: ReminderStep) -> str:
    """For whom a step is."""
    if step.treatment:
        return str(step.treatment.name)
    if step.style:
        return _("every treatment of the style %(style)s") % {"style": step.style.name}
    return _("every treatment")


def fallbacks(step: ReminderStep, languages: Iterable[str]) -> list[str]:
    """One sentence for every language that lacks words: clients who read it get those of another one."""
    return [_fallback(step, code) for code in step.languages_without_words(languages)]


def written(words: LazyI18nString | str, code: str) -> str:
    """What is written in this very language; words without a language are in all of them."""
    data = words.data if isinstance(words, LazyI18nString) else words
    return str((data.get(code) if isinstance(data, dict) else data) or "").strip()


def _fallback(step: ReminderStep, code: str) -> str:
    lacking = [words for words in (step.subject, step.text) if not written(words, code)]
    others = [other for words in lacking if (other := _read_instead(words, code))]
    names = {"language": language_name(code), "other": language_name(others[0]) if others else ""}
    if not others:
        return _("There are no words in %(language)s yet.") % names
    return _("Words are missing in %(language)s: whoever reads it gets those in %(other)s.") % names


def _read_instead(words: LazyI18nString | str, code: str) -> str:
    """The language whose words stand in, as i18nfield chooses it; empty when there are none."""
    if not isinstance(words, LazyI18nString) or not isinstance(words.data, dict):
        return ""
    return next((other for other, text in words.data.items() if text and text == words.localize(code)), "")
