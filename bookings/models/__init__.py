from .booking import Booking
from .event import BookingEvent
from .message import Heartbeat, Message

__all__ = ["Booking", "BookingEvent", "Heartbeat", "Message"]
