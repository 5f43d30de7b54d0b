"""Who sends the details like a program would. Nobody is refused and nothing is lost: one more step asks again."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer

from bookings.models import Booking

TRAP = "website"
"""A field that people do not see, and programs fill in."""
OLDEST = timedelta(hours=12)


def stamp(held: Booking, now: datetime, purpose: str = "shown") -> str:
    """When the form of this held time was shown, signed; `purpose` "sure" marks the form of the second step."""
    return _signer(held, purpose).sign(str(int(now.timestamp())))


def shown(typed: Mapping[str, str], held: Booking, now: datetime) -> str:
    """The stamp of the form. Shown again, with a mistake or for longer, it keeps its first: she has typed meanwhile."""
    former = typed.get("shown", "")
    return stamp(held, now) if _shown(former, held, "shown") is None else former


def looks_odd(typed: Mapping[str, str], held: Booking, now: datetime) -> bool:
    """Whether the form was filled by a program, sent faster than a person types, or shown too long ago."""
    if _shown(typed.get("sure", ""), held, "sure") is not None:
        return False
    if typed.get(TRAP):
        return True
    fastest = timedelta(seconds=settings.FASTEST_FORM_SECONDS)
    shown = _shown(typed.get("shown", ""), held, "shown")
    return bool(fastest) and (shown is None or not fastest <= now - shown <= OLDEST)


def _shown(words: str, held: Booking, purpose: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(_signer(held, purpose).unsign(words)), UTC)
    except BadSignature:
        return None


def _signer(held: Booking, purpose: str) -> Signer:
    return Signer(salt=f"form.{purpose}.{held.key}")
