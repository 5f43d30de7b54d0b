"""The little formatting that page texts may hold; whatever else is typed stays text.

Blank lines end a paragraph. "## " begins a section, "### " right below it its second line, elsewhere a smaller
heading. "- " and "1. " make lists. **heavy** and [words](address) stand inside lines; an address is of this site, of
the web, a mail or a phone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

INLINE = re.compile(r"\*\*([^*\n]{1,500})\*\*|\[([^\[\]\n]{1,500})\]\(([^()\s]{1,500})\)")
ADDRESS = re.compile(r"(?:https?://[^\s]+|mailto:[^\s]+|tel:[+\d-]+|/(?![/\\])[^\s\\]*|#[\w-]*)\Z", re.ASCII)
BULLET, NUMBER = re.compile(r"[-*] +(.*)"), re.compile(r"\d{1,3}[.)] +(.*)")


@dataclass(slots=True)
class Section:
    """A heading, the line below it, and what follows as HTML. The first section of a text has no heading."""

    heading: str = ""
    small: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def html(self) -> SafeString:
        return blocks(self.lines)


def sections(text: str) -> list[Section]:
    """The text cut at its headings; the first section is what stands before them, perhaps nothing."""
    found = [Section()]
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.startswith("## "):
            found.append(Section(line[3:].strip()))
        elif line.startswith("### ") and not any(found[-1].lines) and found[-1].heading:
            found[-1].small = line[4:].strip()
        else:
            found[-1].lines.append(line.strip())
    return found


def blocks(lines: list[str]) -> SafeString:
    """Paragraphs and lists of lines without headings."""
    return SafeString("".join(_block(kind, said) for kind, said in _kinds(lines)))


def inline(line: str) -> str:
    """One line with its heavy words and links, everything else escaped."""
    parts, last = [], 0
    for found in INLINE.finditer(line):
        parts += [escape(line[last : found.start()]), _piece(found)]
        last = found.end()
    return "".join([*parts, escape(line[last:])])


def _kinds(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Neighbouring lines of the same kind: h3, p, ul, ol or nothing."""
    for kind, said in groupby(lines, key=_kind):
        yield kind, list(said)


def _kind(line: str) -> str:
    if BULLET.match(line):
        return "ul"
    if NUMBER.match(line):
        return "ol"
    if line.startswith("### "):
        return "h3"
    return "p" if line else ""


def _block(kind: str, lines: list[str]) -> str:
    if not kind:
        return ""
    if kind == "h3":
        return "".join(f"<h3>{inline(line[4:].strip())}</h3>" for line in lines)
    if kind == "p":
        return f"<p>{inline(' '.join(lines))}</p>"
    shape = BULLET if kind == "ul" else NUMBER
    items = "".join(f"<li>{inline(shape.match(line)[1])}</li>" for line in lines)
    return f"<{kind}>{items}</{kind}>"


def _piece(found: re.Match[str]) -> str:
    heavy, words, address = found.groups()
    if heavy is not None:
        return format_html("<strong>{}</strong>", heavy)
    if ADDRESS.match(address):
        return format_html('<a href="{}">{}</a>', address, words)
    return escape(found.group())
