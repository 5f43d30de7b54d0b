"""Placeholders in words that the studio edits, like {eat_by}: which there are, and filling them in, all or nothing."""

import re
from collections.abc import Callable, Mapping

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PLACEHOLDERS = {
    "name": gettext_lazy("the client's first name"),
    "day": gettext_lazy("the day of the session"),
    "time": gettext_lazy("when the session begins"),
    "end_time": gettext_lazy("when the session ends"),
    "minutes": gettext_lazy("how many minutes it lasts"),
    "treatment": gettext_lazy("what was booked"),
    "therapist": gettext_lazy("who gives it"),
    "place": gettext_lazy("where it is, with the address"),
    "studio": gettext_lazy("the studio's name"),
    "phone": gettext_lazy("the place's phone number"),
    "reference": gettext_lazy("the booking's reference"),
    "arrive_at": gettext_lazy("when to arrive"),
    "eat_by": gettext_lazy("when to have finished eating"),
    "water": gettext_lazy("the advice on water before"),
    "clothes": gettext_lazy("the advice on clothes for this style"),
    "water_after": gettext_lazy("the advice on water afterwards"),
    "aftercare": gettext_lazy("the advice for afterwards"),
    "free_until": gettext_lazy("until when cancelling is free"),
    "link": gettext_lazy("the page of the booking"),
    "confirm_link": gettext_lazy("the page to say that she comes"),
    "book_link": gettext_lazy("the page to choose a time"),
}
"""Every placeholder and what stands there."""

_PLACE = re.compile(r"\{([^{}]*)\}")


class BadWords(Exception):
    """Words that cannot be filled in; the text says why, in a sentence for people.

    In the language of whoever reads it, not in that of the client for whom they were to be filled in.
    """


def _unknown(name: str) -> str:
    words = {"name": name, "known": ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))}
    return _later(lambda: _("{%(name)s} is not known. Use one of these: %(known)s.") % words)


def _later(say: Callable[[], str]) -> str:
    return lazy(say, str)()


def check(words: str) -> None:
    """Raise BadWords when `words` hold a placeholder that does not exist, or a brace that stands alone."""
    for name in _PLACE.findall(words):
        if name not in PLACEHOLDERS:
            raise BadWords(_unknown(name))
    rest = _PLACE.sub("", words)
    if "{" in rest or "}" in rest:
        raise BadWords(_later(lambda: _("A brace stands alone. A placeholder has one on each side, like {time}.")))


def fill(words: str, values: Mapping[str, str]) -> str:
    """The words with every placeholder replaced, once: what comes in is never read again.

    A line with a placeholder that has no value for this session is left out: no "Finish eating by ." leaves the
    house. Raises BadWords as `check` does, and when nothing is left.
    """
    check(words)
    lines = [line for line in words.splitlines() if all(values[name] for name in _PLACE.findall(line))]
    filled = "\n".join(_PLACE.sub(lambda found: values[found[1]], line) for line in lines).strip()
    if not filled:
        said = _later(lambda: _("Nothing is left of the words: what they tell is not known for this session."))
        raise BadWords(said)
    return filled
