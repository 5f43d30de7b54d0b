"""The Spanish catalog: the compiled file says what the translators' file says, and nothing is missing in it."""

import gettext
import re

from tests.catalog import Entry, entries, folder
from tests.marked import in_code, in_template, marked

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
    assert [entry.source for entry in SPANISH if said(catalog, entry) != entry.translations] == []
    assert len(SPANISH) > 500


def test_no_message_is_without_its_spanish_words():
    assert [one.source for one in SPANISH if not all(one.translations)] == []


def test_every_text_that_is_marked_stands_in_the_catalog():
    known = {(entry.parts.get("msgctxt"), entry.source) for entry in SPANISH}
    found = list(marked())
    assert [f"{file.name}: {text}" for text, file in found if text not in known] == []
    assert len(found) > 2_500


def test_marks_are_found_in_code_and_in_templates():
    code = """_("a" "b"); lazy(gettext_lazy('c')); ngettext("d", "e", n); text.pgettext("day", "f"); print("g")"""
    assert set(in_code(code)) == {(None, "ab"), (None, "c"), (None, "d"), ("day", "f")}
    html = """{% translate "a" %}{% blocktranslate count n=1 %}{{ n }} b{% plural %}c{% endblocktranslate %}
        {{ d|e:_("f") }} g {% translate "h" context "day" %}"""
    assert set(in_template(html)) == {(None, "a"), (None, "%(n)s b"), (None, "f"), ("day", "h")}


def test_what_is_filled_in_is_the_same_in_both_languages():
    wrong = [
        entry.source
        for entry in SPANISH
        for words in entry.translations[-1:]
        if words and sorted(FILLED_IN.findall(words)) != sorted(FILLED_IN.findall(_last(entry)))
    ]
    assert wrong == []


def _last(entry: Entry) -> str:
    return entry.parts.get("msgid_plural", entry.source)
