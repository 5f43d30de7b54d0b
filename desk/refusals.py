"""Why something was not done, in words, with what the desk may do instead."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bookings import actions
from bookings.availability import Suggestion
from bookings.models import Booking
from bookings.scheduling.offers import Reason
from desk.happened import Happening, since

ERRORS = (
    actions.Stale,
    actions.WrongStep,
    actions.SlotTaken,
    actions.NotOffered,
    actions.NeedsReason,
    actions.NoSuchClient,
    actions.NothingToUndo,
    actions.NoAddress,
    actions.TextsStopped,
    actions.RoomUnfit,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """`status` is 409, or 422 when a reason would do. `changed`: what others did since the card was opened."""

    heading: str
    words: str
    status: int = 409
    nearest: tuple[Suggestion, ...] = ()
    changed: tuple[Happening, ...] = ()

    @property
    def wants_reason(self) -> bool:
        return self.status == 422


def refusal_of(error: Exception, seen: Booking | None = None, version: int = 0) -> Refusal:
    """The words for one of ERRORS. `seen` is the booking as it is now, `version` the one that the reader saw."""
    if isinstance(error, actions.NeedsReason):
        return Refusal(_("This breaks a rule of the studio"), _soft(error), status=422)
    if isinstance(error, actions.SlotTaken):
        return _taken(error)
    if isinstance(error, actions.NotOffered):
        heading = _("That time cannot be had")
        return Refusal(heading, error.explanation.sentence, nearest=tuple(error.nearest))
    if isinstance(error, actions.RoomUnfit):
        return _room(error)
    if isinstance(error, actions.NoSuchClient):
        return Refusal(_("That client is no longer there"), _("Search again, or write the name."))
    if isinstance(error, actions.NoAddress):
        return Refusal(_("There is nowhere to send it"), _("Ask on the phone instead, then settle the call."))
    if isinstance(error, actions.TextsStopped):
        return Refusal(_("This number takes no texts"), _("It has answered STOP. Choose e-mail, or ask on the phone."))
    return _about(error, seen, version)


def _taken(error: actions.SlotTaken) -> Refusal:
    """No room is another matter than no time."""
    nearest = tuple(error.nearest)
    if error.why and error.why.reason in (Reason.ROOM, Reason.PROP):
        return Refusal(_("There is no room for it"), error.why.sentence, nearest=nearest)
    words = _("Something else stands there by now, or the time after the session reaches into what follows.")
    return Refusal(_("That time is taken"), words, nearest=nearest)


def _room(error: actions.RoomUnfit) -> Refusal:
    words = {"room": error.room.name}
    if error.is_lacking:
        said = _("%(room)s has not what this treatment needs. It stays where it is.")
        return Refusal(_("That room does not suit"), said % words)
    return Refusal(_("That room is taken"), _("%(room)s is not free at that time. It stays where it is.") % words)


def _about(error: Exception, seen: Booking, version: int) -> Refusal:
    """Somebody else was here before: what she did, the newest first."""
    changed = tuple(since(seen, version))
    if isinstance(error, actions.Stale):
        words = _("Nothing was saved. Look at what is new, then press again.")
        return Refusal(_("Somebody changed this booking meanwhile"), words, changed=changed)
    if isinstance(error, actions.NothingToUndo):
        return Refusal(_("There is nothing to take back"), _("Move the session by hand instead."), changed=changed)
    words = _("The booking is %(state)s.") % {"state": seen.get_status_display()}
    return Refusal(_("This was not done"), words, changed=changed)


def _soft(error: actions.NeedsReason) -> str:
    return _("%(rule)s You may do it all the same: write why.") % {"rule": error.explanation.sentence}
