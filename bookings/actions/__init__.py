"""Every change to a booking: verbs, keyword-only, one transaction each, with the actor and `now` passed in."""

from .booking import AlreadyThere, Details, book
from .errors import HoldLimit, NoSuchHold, NotOffered, SlotTaken, TooManyHolds, WrongStep
from .holding import Holder, hold, keep_longer
from .life import cancel, check_in, finish, no_show, start

__all__ = [
    "AlreadyThere",
    "Details",
    "HoldLimit",
    "Holder",
    "NoSuchHold",
    "NotOffered",
    "SlotTaken",
    "TooManyHolds",
    "WrongStep",
    "book",
    "cancel",
    "check_in",
    "finish",
    "hold",
    "keep_longer",
    "no_show",
    "start",
]
