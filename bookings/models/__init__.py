from .booking import Booking
from .event import BookingEvent
from .message import Heartbeat, Message
from .revision import SetupRevision

__all__ = ["Booking", "BookingEvent", "Heartbeat", "Message", "SetupRevision"]
