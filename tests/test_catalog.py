"""The Spanish catalog: the compiled file says what the translators' file says, and what a client reads is in it."""

import gettext
import re

import pytest

from tests.catalog import Entry, entries, folder

MAILS = ("templates/emails/", "templates/sms/", "bookings/guidance.py", "bookings/reminder_steps.py")
FILLED_IN = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]+>")
SPANISH = entries("es")


def compiled() -> gettext.GNUTranslations:
    with (folder("es") / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def said(catalog: gettext.GNUTranslations, entry: Entry) -> list[str]:
    plural = entry.parts.get("msgid_plural")
    if plural:
        return [catalog.ngettext(entry.source, plural, number) for number in (1, 2)]
    context = entry.parts.get("msgctxt")
    return [catalog.pgettext(context, entry.source) if context else catalog.gettext(entry.source)]


def test_the_compiled_file_is_the_one_that_was_written():
    catalog = compiled()
    translated = [entry for entry in SPANISH if all(entry.translations)]
    assert [entry.source for entry in translated if said(catalog, entry) != entry.translations] == []
    assert len(translated) > 500


@pytest.mark.parametrize("folder_name", MAILS)
def test_all_that_a_mail_or_a_text_says_is_translated(folder_name):
    lacking = [one.source for one in SPANISH if not all(one.translations) and _is_said_in(one, folder_name)]
    assert lacking == []


def test_what_is_filled_in_is_the_same_in_both_languages():
    wrong = [
        entry.source
        for entry in SPANISH
        for words in entry.translations[-1:]
        if words and sorted(FILLED_IN.findall(words)) != sorted(FILLED_IN.findall(_last(entry)))
    ]
    assert wrong == []


def _is_said_in(entry: Entry, folder_name: str) -> bool:
    return any(place.startswith(folder_name) for place in entry.where)


def _last(entry: Entry) -> str:
    return entry.parts.get("msgid_plural", entry.source)
