"""The texts as the studio reads them: which there are, who changed them, what is missing, what stood there before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from pages.editor.form import each
from pages.models import PageText
from pages.people import language_name, language_title
from pages.texts import Words, usual, words
from spa import texts

MOST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A text in the list. `missing`: one sentence, or empty."""

    key: str
    name: str
    title: str
    edited: str
    missing: str


@dataclass(frozen=True, slots=True)
class Version:
    """What stood in a text from `at` on. `said`: language, heading and text."""

    number: int
    at: datetime
    by: str
    said: list[tuple[str, str, str]]
    is_newest: bool


def row_of(key: str, languages: Sequence[str]) -> PageText:
    """The studio's own row, else an unsaved one with the product's words. One query."""
    return PageText.objects.filter(key=key).first() or usual(key, languages)


def lines(zone: tzinfo, languages: Sequence[str]) -> list[Line]:
    """All texts in the order of the site. Two queries."""
    own = {row.key: row for row in PageText.objects.all()}
    last = {one.key: one for one in PageText.history.latest_of_each().select_related("history_user")}
    keys = PageText.Key.values
    return [_line(key, own.get(key) or usual(key, languages), last.get(key), zone, languages) for key in keys]


def missing(row: PageText, languages: Sequence[str]) -> str:
    """One sentence about the languages that lack a heading or a text; empty when none does."""
    parts = [each(part, languages) for part in (row.title, row.text)]
    lacking = [language_name(code) for code in languages if not all((part.get(code) or "").strip() for part in parts)]
    if not lacking:
        return ""
    return _("Words are missing in %(languages)s: readers get another language there.") % {
        "languages": ", ".join(lacking)
    }


def versions_of(row: PageText, zone: tzinfo, languages: Sequence[str]) -> list[Version]:
    """The newest versions of a text, the newest first. One query."""
    if row.pk is None:
        return []
    found = row.history.select_related("history_user")[:MOST]
    return [
        Version(
            number=one.history_id,
            at=one.history_date.astimezone(zone),
            by=str(one.history_user or _("as it stood before")),
            said=_said(one, languages),
            is_newest=place == 0,
        )
        for place, one in enumerate(found)
    ]


def preview(row: PageText, languages: Sequence[str]) -> list[tuple[str, str, Words]]:
    """Language, its name and the text as readers see it, of each language that has any words."""
    return [(code, language_title(code), words(title, text)) for code, title, text in _said(row, languages)]


def _said(row: PageText, languages: Sequence[str]) -> list[tuple[str, str, str]]:
    titles, said = each(row.title, languages), each(row.text, languages)
    found = [(code, titles.get(code) or "", said.get(code) or "") for code in languages]
    return [(code, title, text) for code, title, text in found if title or text]


def _line(key: str, row: PageText, last: PageText | None, zone: tzinfo, languages: Sequence[str]) -> Line:
    edited = _("the words that came with the product")
    if last is not None:
        moment = texts.moment(last.history_date.astimezone(zone))
        edited = _("%(name)s, %(moment)s") % {"name": last.history_user or "", "moment": moment}
    return Line(key, str(PageText.Key(key).label), str(row.title), edited, missing(row, languages))
