from .block_event import BlockEvent
from .booking import Booking
from .event import BookingEvent
from .export import Export
from .message import Heartbeat, Message
from .note import Note
from .revision import SetupRevision
from .waitlist import WaitingEntry, WaitingOffer

__all__ = [
    "BlockEvent",
    "Booking",
    "BookingEvent",
    "Export",
    "Heartbeat",
    "Message",
    "Note",
    "SetupRevision",
    "WaitingEntry",
    "WaitingOffer",
]
