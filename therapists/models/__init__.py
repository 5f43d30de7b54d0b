from .feed import CalendarFeed
from .person import Certificate, OwnParts, Style, Therapist, usual_parts
from .times import ExtraHours, Limit, TimeOff, WorkingHours

__all__ = [
    "CalendarFeed",
    "Certificate",
    "ExtraHours",
    "Limit",
    "OwnParts",
    "Style",
    "Therapist",
    "TimeOff",
    "WorkingHours",
    "usual_parts",
]
