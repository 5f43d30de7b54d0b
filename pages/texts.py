"""The words of the public pages: the studio's own where it has written any, else those that come with the product.

`defaults/` has one file per language. Every sentence about health that is shipped for the public stands there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from i18nfield.strings import LazyI18nString

from pages.markup import Section, sections
from pages.models import PageText

FOLDER = Path(__file__).parent / "defaults"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the active language: its heading, what stands before the first section, the sections."""

    title: str
    intro: SafeString
    sections: list[Section]
    plain: str


def words_of(*keys: str) -> dict[str, Words]:
    """The texts of these keys. One query."""
    own = {row.key: row for row in PageText.objects.filter(key__in=keys)}
    return {key: words(str(own[key].title), str(own[key].text)) if key in own else shipped(key) for key in keys}


def shipped(key: str) -> Words:
    """The product's own words in the active language, else in its first one."""
    code = (get_language() or "").split("-")[0]
    return words(*(defaults(code).get(key) or defaults(settings.LANGUAGES[0][0])[key]))


def words(title: str, text: str) -> Words:
    first, *rest = sections(text)
    plain = unescape(strip_tags(first.html.replace("<", " <")))
    return Words(title, first.html, rest, plain)


def usual(key: str, languages: Iterable[str]) -> PageText:
    """An unsaved row with the product's words in those of `languages` that have any."""
    known = {code: found for code in languages if (found := defaults(code).get(key))}
    known = known or {settings.LANGUAGES[0][0]: defaults(settings.LANGUAGES[0][0])[key]}
    title = LazyI18nString({code: pair[0] for code, pair in known.items()})
    return PageText(key=key, title=title, text=LazyI18nString({code: pair[1] for code, pair in known.items()}))


@cache
def defaults(code: str) -> dict[str, tuple[str, str]]:
    """Key to heading and text; nothing for a language that has no file. Of the file's parts "@ key" is the first
    line, the heading the second."""
    if code not in dict(settings.LANGUAGES) or not (FOLDER / f"{code}.txt").exists():
        return {}
    parts = (FOLDER / f"{code}.txt").read_text(encoding="utf-8").split("@ ")[1:]
    lines = [part.split("\n", 2) for part in parts]
    return {key.strip(): (title.strip(), text.strip()) for key, title, text in lines}
