"""When a session can be booked: reads rows, calls `bookings.scheduling`, returns offers.

A page of times takes seven statements whatever its size: three for the set-up, four for the time.
"""

from .explain import explain
from .search import Answer, DayOffers, Offer, Suggestion, Wish, nearest, search
from .setup import Setup, load_setup
from .window import Window, load_window

__all__ = [
    "Answer",
    "DayOffers",
    "Offer",
    "Setup",
    "Suggestion",
    "Window",
    "Wish",
    "explain",
    "load_setup",
    "load_window",
    "nearest",
    "search",
]
