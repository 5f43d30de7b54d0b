"""When a session can be booked: reads rows, calls `bookings.scheduling`, returns offers.

A page of times takes three statements whatever its size: the set-up's revision, what is dated, what is booked. When
the set-up has changed since this process last read it, three more; when nothing is free, one more.
"""

from .explain import Explanation, every_reason, explain
from .reading import load_setup
from .rows import read_rows
from .search import Answer, DayOffers, Offer, Suggestion, Wish, nearest, offers_in, search
from .setup import Setup
from .shifted import Shifted, shift_preview
from .stand_ins import StandIn, stand_ins
from .walk_in import WalkIn, walk_in
from .window import Window, load_window

__all__ = [
    "Answer",
    "DayOffers",
    "Explanation",
    "Offer",
    "Setup",
    "Shifted",
    "StandIn",
    "Suggestion",
    "WalkIn",
    "Window",
    "Wish",
    "every_reason",
    "explain",
    "load_setup",
    "load_window",
    "nearest",
    "offers_in",
    "read_rows",
    "search",
    "shift_preview",
    "stand_ins",
    "walk_in",
]
