"""The words on a card: who, what, how firm, what to know before, and its state in a word."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bookings.models import Booking
from bookings.models.status import Status
from bookings.scheduling.timeline import instant_of
from bookings.views.near import PRESSURE
from spa.texts import clock_in

from .look import Look, link
from .rows import Session

THREE_LINES = 5
"""Ticks from which on a card has room for a third line."""
LOOKS = {
    Status.HELD: "is-held",
    Status.BOOKED: "is-booked",
    Status.ARRIVED: "is-here",
    Status.IN_SESSION: "is-on",
    Status.DONE: "is-done",
    Status.NO_SHOW: "is-missed",
}
ADVICE = (Booking.Screening.ADAPT, Booking.Screening.NOTE_NEEDED)


@dataclass(frozen=True, slots=True)
class Said:
    """`warn` leads the last line, in heavy type; it is not printed."""

    name: str
    warn: str
    lines: tuple[str, ...]
    look: str
    state: str
    link: str


@dataclass
class Words:
    """Says what stands on cards: looked up once per page, not once per card."""

    look: Look
    now: datetime

    @cached_property
    def pressure(self) -> dict[int, str]:
        return {number: str(word) for number, word in PRESSURE.items()}

    @cached_property
    def known(self) -> dict[str, str]:
        return {str(status): str(status.label) for status in LOOKS}

    @cached_property
    def urgent(self) -> dict[str, str]:
        return {
            "astray": _("needs attention"),
            "call": _("call first"),
            "answers": _("answers missing"),
            "caution": _("caution, see card"),
        }

    @cached_property
    def flags(self) -> dict[str, str]:
        return {
            "failed": _("message failed"),
            "first": _("first visit"),
            "no oil": _("oil-free"),
        }

    @cached_property
    def path(self) -> str:
        """The address of a card, its number left out; empty while there is no such page."""
        return link("desk_booking", 0)

    def card(self, session: Session, ticks: int, *, clash: bool, is_room: bool) -> Said:
        look, state = self.state(session)
        what = self.treatment(session, is_room)
        flags = ", ".join(self.flags[name] for name in marks(session))
        warn = ", ".join(self.urgent[name] for name in warnings(session, clash))
        if ticks >= THREE_LINES:
            lines = (what, flags) if flags or warn else (what,)
        else:
            lines = (f"{flags}, {what}" if flags else what,)
        if clash:
            look += " is-astray"
        return Said(self.name(session), warn, lines, look, state, self.address(session))

    def address(self, session: Session) -> str:
        """Behind a held time stands nobody yet: it has no card."""
        if session.status == Status.HELD or not self.path:
            return ""
        return self.path.replace("/0/", f"/{session.pk}/")

    def name(self, session: Session) -> str:
        if session.status != Status.HELD:
            return short_name(session.name)
        return _("Held online") if session.source == Booking.Source.ONLINE else _("Held here")

    def treatment(self, session: Session, is_room: bool) -> str:
        """ "30 min firm, Back on the mat": what may be cut off stands last."""
        minutes = self.minutes % {"minutes": session.minutes}
        said = [f"{minutes} {self.pressure[session.pressure]}" if session.pressure else minutes]
        if session.status == Status.HELD:
            said.append(_("until %(time)s") % {"time": self.clock(session.held_until)})
        if is_room:
            said.append(session.therapist_name)
        return ", ".join((*said, session.treatment))

    @cached_property
    def minutes(self) -> str:
        return _("%(minutes)s min")

    def state(self, session: Session) -> tuple[str, str]:
        """The class for shape and colour, and the word."""
        look = LOOKS[session.status]
        late = int((self.now - instant_of(session.start)).total_seconds() // 60)
        if session.status == Status.BOOKED:
            if session.confirmed_at:
                look = "is-confirmed"
            if late >= 1 and self.look.is_today:
                return f"{look} is-late", _("late %(minutes)s min") % {"minutes": late}
            if session.asked:
                return "is-asked", self.asked
            return look, _("confirmed") if session.confirmed_at else self.known[session.status]
        if session.status == Status.ARRIVED and session.arrived_at:
            return look, _("here %(time)s") % {"time": self.clock(session.arrived_at)}
        if session.status == Status.IN_SESSION:
            return look, self.left(session)
        return look, self.known[session.status]

    @cached_property
    def asked(self) -> str:
        """Its client is to choose another time, and has not yet."""
        return _("no answer")

    def left(self, session: Session) -> str:
        left = int((instant_of(session.end) - self.now).total_seconds() // 60)
        if left < 0:
            return _("%(minutes)s min over") % {"minutes": -left}
        return _("%(minutes)s min left") % {"minutes": left}

    def clock(self, instant: datetime) -> str:
        return clock_in(get_language(), instant.astimezone(self.look.place.zone))


def warnings(session: Session, clash: bool) -> list[str]:
    """What to see to before the session, the most urgent first. No health detail."""
    if session.status in (Status.DONE, Status.NO_SHOW):
        return []
    found = [
        ("astray", clash),
        ("call", session.screening == Booking.Screening.CALL_FIRST),
        ("answers", session.screening == Booking.Screening.MISSING),
        ("caution", session.screening in ADVICE),
    ]
    return [name for name, holds in found if holds]


def marks(session: Session) -> list[str]:
    """What else to know before the session."""
    found = [
        ("failed", session.failed and session.status not in (Status.DONE, Status.NO_SHOW)),
        ("first", session.status != Status.HELD and not session.been_here),
        ("no oil", bool(session.oil_free)),
    ]
    return [name for name, holds in found if holds]


def short_name(name: str) -> str:
    """As the board shows a client to whoever walks by: "Robin H."."""
    first, *rest = name.split() or [name]
    return f"{first} {rest[-1][0]}." if rest else first
