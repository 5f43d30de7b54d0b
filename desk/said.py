"""What the desk hears after something was done, on the next page; with a button that takes it back."""

from django.contrib import messages
from django.http import HttpRequest

from bookings.models import Booking


def say(request: HttpRequest, words: str, undo: Booking | None = None) -> None:
    """Say it once. `undo` is the booking whose last change can be taken back."""
    messages.success(request, words, extra_tags=f"{undo.pk} {undo.version}" if undo else "")
