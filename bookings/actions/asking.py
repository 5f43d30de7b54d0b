"""The studio cannot give a session as agreed, and asks its client for another time; or it can after all."""

from bookings import asking, reach, reminders
from bookings.models import Booking
from bookings.models.event import record
from bookings.models.status import Status

from .change import Change
from .errors import NoAddress, WrongStep
from .locks import in_transaction, locked
from .rewriting import as_seen

TAKEN_BACK = "question taken back"


def ask_for_other_time(*, booking: Booking, change: Change) -> Booking:
    """Ask the client to choose another time or to cancel; both are free until the session would begin.

    The session stands until she answers, and asked again it is one question. Raises NoAddress, Stale, and WrongStep
    when she is here already or it has begun.
    """

    def act() -> Booking:
        current = as_seen(locked(booking), change.version)
        if current.status != Status.BOOKED or current.during.lower <= change.now:
            raise WrongStep(current)
        if asking.is_asked(current):
            return current
        if not reach.addresses(current):
            raise NoAddress
        # It is the studio that asks: the rule that a late change costs the price is not for her.
        current.free_cancel_until = current.during.lower
        current.confirmed_at = None
        current.version += 1
        current.save(update_fields=["free_cancel_until", "confirmed_at", "version"])
        record(booking=current, verb="asked for a time", by=change.by, now=change.now, reason=change.reason)
        asking.ask(booking=current, now=change.now)
        return current

    return in_transaction(act)


def take_question_back(*, booking: Booking, change: Change) -> Booking:
    """The session takes place as agreed after all, and a late change costs again what it does at this place.

    Whoever has read the question hears of that as `change.tell` says; whoever has not hears nothing. Raises Stale, and
    WrongStep when nobody is asked or it has begun.
    """

    def act() -> Booking:
        current = as_seen(locked(booking), change.version)
        if not asking.is_asked(current) or current.during.lower <= change.now:
            raise WrongStep(current)
        is_news = asking.is_read(current)
        current.free_cancel_until = current.location.free_until(current.during.lower)
        current.version += 1
        # Of another edition the question is answered, and the same client can be asked anew.
        current.edition += 1
        current.save(update_fields=["free_cancel_until", "version", "edition"])
        record(booking=current, verb=TAKEN_BACK, by=change.by, now=change.now, reason=change.reason)
        reminders.stands(booking=current, now=change.now, is_news=is_news, wait=change.wait)
        return current

    return in_transaction(act)
