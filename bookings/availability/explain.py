"""Why a time is not offered, in one sentence."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from bookings.scheduling.offers import Reason, TherapistState, broken_rules, why_not
from bookings.scheduling.timeline import floor_tick, span_mask
from therapists.models import Therapist

from .search import Wish
from .setup import Setup, certified_days, gives
from .window import Window, load_window

_ORDER = list(Reason)
_OF_ONE = (Reason.STYLE, Reason.CERTIFICATE, Reason.OFF, Reason.AWAY, Reason.REST)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The rule that keeps a time from being offered, and the sentence that says so."""

    reason: Reason
    sentence: str


def explain(setup: Setup, wish: Wish, start: datetime, now: datetime) -> Explanation | None:
    """Why nobody asked for is offered at `start`; None exactly when somebody is.

    With anyone asked for, the therapist who comes nearest to being offered speaks for all.
    """
    return next(iter(every_reason(setup, wish, start, now)), None)


def every_reason(setup: Setup, wish: Wish, start: datetime, now: datetime) -> tuple[Explanation, ...]:
    """All that keeps `start` from being offered, the plainest first: for the desk, which may overrule some of it."""
    return reasons_in(_window(setup, wish, start, now), setup, wish, start)


def reasons_in(window: Window, setup: Setup, wish: Wish, start: datetime) -> tuple[Explanation, ...]:
    """The same in a window of those who are asked for, which holds the day. No statement."""
    asked = setup.asked(wish.therapist)
    found = [_reasons(window, state, _person(asked, state), wish, start) for state in window.states]
    if [] in found:
        return ()
    nobody = [Reason.AWAY if wish.therapist else Reason.STYLE]  # whoever is asked for takes no bookings at all
    reasons = max(found, key=lambda broken: _ORDER.index(broken[0]), default=nobody)
    return tuple(Explanation(reason, sentence(reason, wish)) for reason in reasons)


def _window(setup: Setup, wish: Wish, start: datetime, now: datetime) -> Window:
    return load_window(
        setup,
        location=wish.location,
        length=wish.length,
        therapists=setup.asked(wish.therapist),
        first_day=start.astimezone(wish.location.zone).date(),
        days=1,
        now=now,
        but=wish.but,
    )


def _person(people, state: TherapistState) -> Therapist:
    return next(person for person in people if person.pk == state.id)


def _reasons(window: Window, state: TherapistState, person: Therapist, wish: Wish, start: datetime) -> list[Reason]:
    """In the order of Reason, each as particular as it is known."""
    treatment = wish.length.treatment
    tick = floor_tick(start) - window.origin
    if tick < 0:
        return [why_not(tick, state, window.rooms, window.rules)]
    found = broken_rules(tick, state, window.rooms, window.rules)
    if Reason.PAST in found:
        return [Reason.PAST]
    particular = {}
    if treatment.style.needs_certificate and not _certified_on(person, treatment, start):
        particular[Reason.OFF] = Reason.CERTIFICATE
    particular[Reason.BUSY] = _why_busy(window, state, tick)
    if not window.rooms:
        particular[Reason.ROOM] = Reason.PROP
    found = [particular.get(reason, reason) for reason in found]
    if not gives(person, treatment):
        found.append(Reason.STYLE)
    return sorted(filter(None, found), key=_ORDER.index)


def _why_busy(window: Window, state: TherapistState, tick: int) -> Reason | None:
    """Somebody types, somebody has booked, or she is away; None when only the house is closed."""
    if _is_held(window, state, tick):
        return Reason.HELD
    block = span_mask(tick - state.terms.before, tick + state.terms.hands_on + state.terms.after)
    away, shut = window.away.get(state.id, 0), window.away.get(None, 0)
    if block & state.busy & ~away & ~shut:
        return Reason.BUSY
    return Reason.AWAY if block & away else None


def _certified_on(person: Therapist, treatment, start: datetime) -> bool:
    day = start.date()
    return any(since <= day and (until is None or day <= until) for since, until in certified_days(person, treatment))


def _is_held(window: Window, state: TherapistState, tick: int) -> bool:
    begins, ends = tick - state.terms.before, tick + state.terms.hands_on + state.terms.after
    return any(who == state.id and start < ends and begins < end for who, _room, start, end in window.holds)


def sentence(reason: Reason, wish: Wish) -> str:
    """One plain sentence for a reason, with the name of the therapist who was asked for."""
    if wish.therapist is not None and reason in _OF_ONE:
        return _of_one(reason) % {"name": wish.therapist.name}
    return {
        Reason.PAST: _("This time is over."),
        Reason.NOTICE: _("We need a little more notice for this time."),
        Reason.HORIZON: _("This day cannot be booked yet."),
        Reason.STYLE: _("Nobody gives this treatment just now."),
        Reason.CERTIFICATE: _("Nobody has a valid certificate for this style on that day."),
        Reason.CLOSED: _("We are closed at that time."),
        Reason.OFF: _("Nobody works at that time."),
        Reason.AWAY: _("Nobody is here at that time."),
        Reason.BUSY: _("This time is taken."),
        Reason.HELD: _("Somebody is booking this time right now."),
        Reason.ROOM: _("No suitable room is free at that time."),
        Reason.PROP: _("What this treatment needs is not in service at that time."),
        Reason.GRID: _("Sessions do not start at this minute."),
        Reason.LIMIT: _("That would be more sessions than one day allows."),
        Reason.REST: _("Everybody who is free needs a rest at that time."),
        Reason.GAP: _("This start would leave a gap that nobody can book."),
    }[reason]


def _of_one(reason: Reason) -> str:
    return {
        Reason.STYLE: _("%(name)s does not give this treatment."),
        Reason.CERTIFICATE: _("The certificate of %(name)s for this style is not valid on that day."),
        Reason.OFF: _("%(name)s does not work at that time."),
        Reason.AWAY: _("%(name)s is away at that time."),
        Reason.REST: _("%(name)s rests at that time."),
    }[reason]
