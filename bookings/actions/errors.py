"""What can go wrong with an action, each with what a page needs to say it."""

from collections.abc import Sequence

from bookings.availability import Shifted, Suggestion
from bookings.availability.explain import Explanation


class SlotTaken(Exception):
    """Somebody else has this time now. `nearest` are at most three times near it; `why` is known at the desk."""

    def __init__(self, nearest: list[Suggestion] | None = None, why: Explanation | None = None) -> None:
        super().__init__("taken")
        self.nearest = nearest or []
        self.why = why


class NotOffered(Exception):
    """This time was never to be had: past, closed, beyond the horizon, or not for this therapist."""

    def __init__(self, explanation: Explanation, nearest: list[Suggestion] | None = None) -> None:
        super().__init__(explanation.reason)
        self.explanation = explanation
        self.nearest = nearest or []


class NeedsReason(Exception):
    """Only a soft rule stands in the way: notice, hours, limits or rest. With a reason the desk may overrule it."""

    def __init__(self, explanation: Explanation) -> None:
        super().__init__(explanation.reason)
        self.explanation = explanation


class RoomUnfit(Exception):
    """The session would fit, but not in this room: it is taken, or lacks what the treatment needs (`is_lacking`)."""

    def __init__(self, room, *, is_lacking: bool) -> None:
        super().__init__(room.name)
        self.room = room
        self.is_lacking = is_lacking


class TooManyHolds(Exception):
    """One browser session, or one address, holds more times than a person would."""


class HoldLimit(Exception):
    """A held time cannot be kept any longer."""


class NoSuchHold(Exception):
    """No held time with this key belongs to this browser session."""


class NoSuchClient(Exception):
    """The client was merged into another record, or erased, since the desk chose her."""


class NoAddress(Exception):
    """There is no e-mail address, or no number that texts may go to."""


class WrongStep(Exception):
    """The booking is in a state from which this step is not possible. `booking` shows its present state."""

    def __init__(self, booking) -> None:
        super().__init__(booking.status)
        self.booking = booking


class Stale(Exception):
    """Somebody changed the booking since it was seen. `booking` is how it is now."""

    def __init__(self, booking) -> None:
        super().__init__(booking.version)
        self.booking = booking


class InTheWay(Exception):
    """Sessions cannot be moved together: `shifted` says of each where it would go and what is in the way."""

    def __init__(self, shifted: Sequence[Shifted]) -> None:
        super().__init__("in the way")
        self.shifted = tuple(shifted)


class NothingToUndo(Exception):
    """Nothing was changed that the desk could take back, or something else has happened to it since."""

    def __init__(self, booking) -> None:
        super().__init__(booking.version)
        self.booking = booking
