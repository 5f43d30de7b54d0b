"""What one browser session knows of its client: who holds, what was typed, what was just booked."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.http import HttpRequest

from bookings.actions import Holder
from bookings.models import Booking

DRAFT_FIELDS = ("name", "email", "phone", "safe")
SHOWN = "shown"
"""When the form was first shown, kept beside the draft."""
LONGEST_DRAFT = 300
BOOKED_KEPT = 20


def holder(request: HttpRequest) -> Holder:
    """The holder behind this request, made on the first hold; a browser that never held has no session."""
    name = request.session.get("holder")
    if name is None:
        name = request.session["holder"] = str(uuid4())
    return Holder(session=UUID(name), address=request.client_address)


def holds(request: HttpRequest, booking: Booking) -> bool:
    """Whether this browser session chose the time."""
    return booking.held_by is not None and str(booking.held_by) == request.session.get("holder")


def keep_draft(request: HttpRequest, typed: Mapping[str, str]) -> None:
    """Keep what was typed, clipped, so that nothing is asked twice."""
    words = {name: printable(typed.get(name, ""))[:LONGEST_DRAFT] for name in DRAFT_FIELDS}
    if any(words.values()):
        request.session["draft"] = words | {SHOWN: printable(typed.get(SHOWN, ""))[:LONGEST_DRAFT]}


def draft(request: HttpRequest) -> dict[str, str]:
    return dict(request.session.get("draft", {}))


def printable(text: str) -> str:
    """The text without signs that the database cannot store: NUL and halves of letters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def remember_booked(request: HttpRequest, booking: Booking) -> None:
    """Forget the draft's answer to the safety question; let this session see its own confirmation."""
    seen = request.session.get("booked", [])
    request.session["booked"] = [*seen[-BOOKED_KEPT:], booking.pk]
    request.session.pop("draft", None)


def has_booked(request: HttpRequest, booking: Booking) -> bool:
    return booking.pk in request.session.get("booked", [])
