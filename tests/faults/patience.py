"""Clients who book one time after the other and press again when the page says that the book cannot be opened.

Imports no Django: it runs in the clients' processes.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.races.visitor import PHONE, Page, Visitor

PATIENCE_SECONDS = 60
PAUSE_SECONDS = 0.1
UNAVAILABLE = "cannot be opened right now"


@dataclass
class Seen:
    """What one client saw: the references that were shown to her, and how often she got the plain 503 page."""

    references: list[str] = field(default_factory=list)
    unavailable: int = 0
    wrong: list[str] = field(default_factory=list)


def keep_booking(visitor: Visitor, gate: Any, starts: list[str], therapist: str) -> Seen:
    """Book each start, whatever happens meanwhile."""
    gate()
    seen = Seen()
    for start in starts:
        held = insist(seen, lambda start=start: visitor.hold(start, therapist))
        booked = held.status == 303 and insist(seen, visitor.book)
        shown = booked and booked.status == 303 and insist(seen, lambda booked=booked: visitor.follow(booked))
        if shown and shown.reference:
            seen.references.append(shown.reference)
        else:
            seen.wrong.append(f"{start}: {[page and page.status for page in (held, booked, shown)]}")
    return seen


def insist(seen: Seen, step: Callable[[], Page]) -> Page:
    """Take a step again and again while the answer is the plain 503 page."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        page = step()
        if page.status != 503 or time.monotonic() > until:
            return page
        seen.unavailable += 1
        if UNAVAILABLE not in page.text or PHONE not in page.text:
            seen.wrong.append("a 503 without the studio's number")
        time.sleep(PAUSE_SECONDS)
