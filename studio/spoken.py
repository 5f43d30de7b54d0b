"""Words that are written once per language of the studio: their fields, what those begin with, and what was typed."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bookings.forms import Paragraphs, PlainText
from locations.languages import language_name


class Spoken(NamedTuple):
    """A part of a content that is written once per language. `rows`: 0 for one line."""

    name: str
    label: str
    longest: int
    rows: int = 0


def fields_of(parts: Sequence[Spoken], languages: Sequence[str]) -> dict[str, forms.CharField]:
    """The fields of all parts by name, like `text_es`; what belongs to one language stands together."""
    return {f"{part.name}_{code}": field_in(part, code) for code in languages for part in parts}


def begin_with(parts: Sequence[Spoken], content: Mapping[str, Any]) -> dict[str, str]:
    """What those fields hold when the page is opened; `content` has language and text under each part's name."""
    return {f"{part.name}_{code}": said for part in parts for code, said in content[part.name].items()}


def typed(data: Mapping[str, Any], part: str, languages: Sequence[str], kept: Mapping[str, str]) -> dict[str, str]:
    """What was typed of a part, beside what is kept in languages that the studio does not offer now."""
    words = {code: data[f"{part}_{code}"] for code in languages}
    return {code: text for code, text in ({**kept, **words}).items() if text}


def field_in(part: Spoken, code: str) -> forms.CharField:
    """The field of a part in one language."""
    words = {"part": str(part.label), "language": language_name(code), "count": part.longest}
    return (Paragraphs if part.rows else PlainText)(
        label=_("%(part)s in %(language)s") % words,
        required=False,
        max_length=part.longest,
        error_messages={"max_length": _("Shorten this to %(count)s letters or fewer.") % words},
    )


def in_each(promise: Promise, languages: Sequence[str]) -> dict[str, str]:
    """The words in each language that has a translation; nobody should find English in the Spanish box."""
    with translation.override(None):
        source = str(promise)
    found = {}
    for code in languages:
        with translation.override(code):
            said = str(promise)
        if said != source or code == settings.LANGUAGE_CODE:
            found[code] = said
    return found or {languages[0]: source}
