"""Why a message did not leave: kept in the language of the source, whoever writes it, said in that of the reader."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# Those with a part that changes; any other sentence is found as it is.
SENTENCES = (
    gettext_noop("The mail server does not take mail for this address (%(code)s)."),
    gettext_noop("The mail server answered %(code)s."),
    gettext_noop("The mail could not be sent (%(error)s)."),
    gettext_noop("The mail came back: its address does not take it (%(status)s)."),
    gettext_noop("The SMS gateway answered %(status)s."),
    gettext_noop("The booking is %(state)s."),
    gettext_noop("The waiting list: %(state)s."),
)
CALLED = gettext_noop("Called instead: %(note)s")
BEFORE = gettext_noop("Before: %(reason)s")
CALL = CALLED.partition("%")[0]
"""So begins the reason of a message in whose place somebody rang, whatever her language."""
_PART = re.compile(r"%\\\((\w+)\\\)s|%\((\w+)\)s")


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(_PART.sub(lambda found: f"(?P<{found[1] or found[2]}>.+)", re.escape(sentence)))


PATTERNS = tuple((sentence, _pattern(sentence)) for sentence in SENTENCES)


def of_call(note: str, former: str) -> str:
    """The reason of a message in whose place somebody rang: whom and what for, and the reason that it had before."""
    said = CALLED % {"note": note}
    return f"{said} {BEFORE % {'reason': former}}" if former else said


def in_words(reason: str) -> str:
    """A reason as it is kept, in the active language; what nobody knows stays as it is."""
    if reason.startswith(CALL):
        return _call_in_words(reason)
    for sentence, pattern in PATTERNS:
        if found := pattern.fullmatch(reason):
            return _(sentence) % {name: _(part) for name, part in found.groupdict().items()}
    return _(reason) if reason else ""


def _call_in_words(reason: str) -> str:
    note, _between, former = reason.removeprefix(CALL).partition(f" {BEFORE.partition('%')[0]}")
    said = _(CALLED) % {"note": note}
    return f"{said} {_(BEFORE) % {'reason': in_words(former)}}" if former else said
