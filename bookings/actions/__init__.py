"""Every change to a booking: verbs, keyword-only, one transaction each, with the actor and `now` passed in."""

from .asking import TAKEN_BACK, ask_for_other_time, take_question_back
from .blocking import Blocked, WrongTimes, block, in_the_way, lift
from .booking import AlreadyThere, Details, book
from .by_client import cancel_own, move_own
from .change import Change, Tell
from .contact import Contact, change_contact
from .desk_booking import NewClient, book_at_desk
from .details import Rest, ask_for_details, complete_details
from .errors import (
    HoldLimit,
    InTheWay,
    NeedsReason,
    NoAddress,
    NoSuchClient,
    NoSuchHold,
    NothingToUndo,
    NotOffered,
    RoomUnfit,
    SlotTaken,
    Stale,
    TooManyHolds,
    WrongStep,
)
from .holding import Holder, hold, keep_longer
from .life import back, cancel, check_in, confirm, finish, no_show, start
from .merging import CannotMerge, merge
from .messages import WrongMessage, called_instead, can_be_replaced, cannot_repeat, repeated_by, send_again
from .moving import change_length, move, reassign
from .noting import add_note, contacted, settle_call_first
from .proposing import NotProposed, accept_time_off, decline_time_off, propose, unpropose
from .proving import prove_address
from .reaching import TextsStopped
from .restoring import restore
from .shifting import shift
from .swapping import swap, swappable
from .taking import take
from .telling import last_deed, tell_instead
from .turns import plan_offers
from .undoing import how_many_changed, last_change, undo
from .waiting import NotWaiting, TooManyWaiting, Waiting, decline, join, leave, offer
from .wishing import Wishes, keep_likes, keep_preferences, say_wishes

__all__ = [
    "TAKEN_BACK",
    "AlreadyThere",
    "Blocked",
    "CannotMerge",
    "Change",
    "Contact",
    "Details",
    "HoldLimit",
    "Holder",
    "InTheWay",
    "NeedsReason",
    "NewClient",
    "NoAddress",
    "NoSuchClient",
    "NoSuchHold",
    "NotOffered",
    "NotProposed",
    "NotWaiting",
    "NothingToUndo",
    "Rest",
    "RoomUnfit",
    "SlotTaken",
    "Stale",
    "Tell",
    "TextsStopped",
    "TooManyHolds",
    "TooManyWaiting",
    "Waiting",
    "Wishes",
    "WrongMessage",
    "WrongStep",
    "WrongTimes",
    "accept_time_off",
    "add_note",
    "ask_for_details",
    "ask_for_other_time",
    "back",
    "block",
    "book",
    "book_at_desk",
    "called_instead",
    "can_be_replaced",
    "cancel",
    "cancel_own",
    "cannot_repeat",
    "change_contact",
    "change_length",
    "check_in",
    "complete_details",
    "contacted",
    "confirm",
    "decline",
    "decline_time_off",
    "finish",
    "hold",
    "how_many_changed",
    "in_the_way",
    "join",
    "keep_longer",
    "keep_likes",
    "keep_preferences",
    "last_change",
    "last_deed",
    "leave",
    "lift",
    "merge",
    "move",
    "move_own",
    "no_show",
    "offer",
    "plan_offers",
    "propose",
    "prove_address",
    "reassign",
    "repeated_by",
    "restore",
    "say_wishes",
    "send_again",
    "settle_call_first",
    "shift",
    "start",
    "swap",
    "swappable",
    "take",
    "take_question_back",
    "tell_instead",
    "undo",
    "unpropose",
]
