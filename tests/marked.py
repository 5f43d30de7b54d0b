"""The words that code and templates mark for translation, read as makemessages reads them, without its programs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from spa.local import BASE

ROOMS = ("accounts", "bookings", "clients", "desk", "locations", "pages", "spa", "studio", "therapists", "treatments")
WORD = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({WORD}(?:\s*,\s*{WORD})*)", re.DOTALL)
NAMES = {"_", *(f"{kind}gettext{when}" for kind in ("", "n", "p", "np") for when in ("", "_lazy", "_noop"))}
Marked = tuple[str | None, str]
"""The context, if there is one, and the words in English."""


def marked() -> Iterator[tuple[Marked, Path]]:
    """Every text, with the file that marks it."""
    for room in ROOMS:
        for file in (BASE / room).rglob("*.py"):
            yield from ((found, file) for found in in_code(file.read_text(encoding="utf-8")))
    for file in (BASE / "templates").rglob("*.*"):
        yield from ((found, file) for found in in_template(file.read_text(encoding="utf-8")))


def in_code(text: str) -> Iterator[Marked]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if name in NAMES and words:
            yield of_call(name, words)


def in_template(text: str) -> Iterator[Marked]:
    for name, words in CALL.findall(templatize(text)):
        yield of_call(name, ast.literal_eval(f"[{words}]"))


def of_call(name: str, words: list[str]) -> Marked:
    return (words[0], words[1]) if "pgettext" in name else (None, words[0])
