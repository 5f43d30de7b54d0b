"""Reading the translators' files: `locale/<language>/LC_MESSAGES/django.po`."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from spa.local import BASE

LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) )?(".*")')


@dataclass
class Entry:
    """One message. `parts`: msgid, msgstr and their like."""

    parts: dict[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        return self.parts["msgid"]

    @property
    def translations(self) -> list[str]:
        return [words for name, words in self.parts.items() if name.startswith("msgstr")]


def folder(language: str) -> Path:
    return BASE / "locale" / language / "LC_MESSAGES"


def entries(language: str) -> list[Entry]:
    """All messages of a language, without the header."""
    blocks = (folder(language) / "django.po").read_text(encoding="utf-8").strip().split("\n\n")
    return [found for found in map(_entry, blocks) if found.parts.get("msgid")]


def _entry(block: str) -> Entry:
    found, name = Entry(), ""
    for line in block.splitlines():
        if match := LINE.fullmatch(line):
            name = match[1] or name
            found.parts[name] = found.parts.get(name, "") + json.loads(match[2])
    return found
