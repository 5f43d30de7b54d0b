"""What therapists hear of their sessions: a new one, a moved one, one that is off. Each can be switched off.

Planned in the transaction that books, moves or cancels, and sent at once to the address that she signs in with.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from bookings.models import Booking, Message
from bookings.models.message import of_edition
from bookings.models.status import AHEAD
from locations.models import Studio
from therapists.models import Therapist

AT_ONCE = timedelta()
NEW = "therapist_new"
MOVED = "therapist_moved"
CANCELLED = "therapist_cancelled"
MORNING = "morning_list"
DIGEST = "failure_digest"
OF_A_SESSION = (NEW, MOVED, CANCELLED)
KINDS = (*OF_A_SESSION, MORNING, DIGEST)
SWITCHES = {NEW: "hears_new", MOVED: "hears_moved", CANCELLED: "hears_cancelled", MORNING: "hears_morning"}
"""The field of Therapist that switches a kind on."""


def booked(*, booking: Booking, now: datetime, wait: timedelta = AT_ONCE) -> None:
    """Tell the therapist of a session that was just agreed, when `wait` is over; at once when it begins before that."""
    _tell(booking, [(booking.therapist, NEW)], now, wait if now + wait < booking.during.lower else AT_ONCE)


def moved(*, booking: Booking, former_id: int, now: datetime, wait: timedelta = AT_ONCE) -> None:
    """Tell of a change of time, place or therapist, when `wait` is over. `former_id`: whose session it was until now.

    Who has not heard of the session yet hears of it as it is now; who has lost it hears that.
    """
    aware = _aware(booking, former_id)
    _withdraw(booking)
    others = Therapist.objects.filter(pk__in=aware - {booking.therapist_id}).select_related("user")
    mine = MOVED if booking.therapist_id in aware else NEW
    _tell(booking, [*((other, CANCELLED) for other in others), (booking.therapist, mine)], now, wait)


def taken_back(*, booking: Booking, before_edition: int, former_id: int, now: datetime) -> None:
    """Tell of a change that was undone, if anybody has heard of it as edition `before_edition`."""
    notices = booking.messages.filter(of_edition(before_edition), therapist__isnull=False, kind__in=OF_A_SESSION)
    if notices.left().exists() or _cut_off(booking, before_edition - 1):
        moved(booking=booking, former_id=former_id, now=now)
        return
    aware = _aware(booking, former_id)
    _withdraw(booking)
    if booking.therapist_id not in aware:
        _tell(booking, [(booking.therapist, NEW)], now)


def cancelled(*, booking: Booking, now: datetime) -> None:
    """Tell whoever believes that the session is hers that it is off."""
    aware = _aware(booking, booking.therapist_id)
    _withdraw(booking)
    people = Therapist.objects.filter(pk__in=aware).select_related("user")
    _tell(booking, [(person, CANCELLED) for person in people], now)


def _cut_off(booking: Booking, edition: int) -> bool:
    """Whether somebody was to hear of an earlier change, and the one that is undone came before that."""
    notices = booking.messages.filter(of_edition(edition), therapist__isnull=False, state=Message.State.WITHDRAWN)
    return notices.exists()


def restored(*, booking: Booking, now: datetime, wait: timedelta = AT_ONCE) -> None:
    """Tell the therapist that the session is hers after all, unless she has heard of it and not that it was off."""
    notices = booking.messages.filter(therapist=booking.therapist_id, kind__in=OF_A_SESSION).left()
    last = notices.order_by("pk").values_list("kind", flat=True).last()
    _withdraw(booking)
    if last in (None, CANCELLED):
        _tell(booking, [(booking.therapist, NEW)], now, wait)


def stands(*, booking: Booking) -> None:
    """The session is as it was under the next edition: what waits for its therapist still tells of it."""
    for row in booking.messages.filter(therapist__isnull=False, state=Message.State.QUEUED, kind__in=OF_A_SESSION):
        row.key = row.key.replace(row.original_key, key(booking, row.kind, row.therapist_id))
        row.save(update_fields=["key"])


def key(booking: Booking, kind: str, therapist_id: int) -> str:
    """One message of a kind per therapist and edition."""
    return f"booking/{booking.pk}/{kind}/{therapist_id}/{booking.edition}"


def switch(*, therapist: Therapist, chosen: Mapping[str, bool]) -> None:
    """Which of these she hears from now on, by the fields of SWITCHES."""
    Therapist.objects.filter(pk=therapist.pk).update(**chosen)


def address(therapist: Therapist) -> str:
    """Where she is told things: the address she signs in with; empty when she does not."""
    user = therapist.user
    return user.email if user and user.is_active else ""


def why_not(message: Message) -> str:
    """Why a message to staff must not leave as things are now, in a sentence for the desk; empty when it should."""
    if message.kind == DIGEST:
        return "" if Studio.objects.filter(failure_digest=True).exists() else _switched_off()
    if not address(message.therapist):
        return _("The therapist has no address to sign in with.")
    if not getattr(message.therapist, SWITCHES[message.kind]):
        return _switched_off()
    return _why_not_of_session(message, message.booking) if message.booking else ""


def _why_not_of_session(message: Message, booking: Booking) -> str:
    is_hers = booking.status in AHEAD and booking.therapist_id == message.therapist_id
    if message.kind == CANCELLED:
        return _("The session is hers again.") if is_hers else ""
    if booking.status not in AHEAD:
        return _("The booking is %(state)s.") % {"state": booking.get_status_display()}
    if not is_hers:
        return _("Somebody else gives the session now.")
    if message.original_key != key(booking, message.kind, message.therapist_id):
        return _("The booking was moved since.")
    return ""


def _switched_off() -> str:
    return _("This message is switched off.")


def _aware(booking: Booking, former_id: int) -> set[int]:
    """The therapists who believe that this session is theirs. A notice that still waits was not read by anybody."""
    heard: dict[int, bool] = {}
    waits = set()
    notices = booking.messages.filter(therapist__isnull=False, kind__in=OF_A_SESSION).order_by("pk")
    for her, kind, state, begun_at in notices.values_list("therapist", "kind", "state", "begun_at"):
        if state == Message.State.SENT or state == Message.State.SENDING and begun_at:
            heard[her] = kind != CANCELLED
        elif state in (Message.State.QUEUED, Message.State.SENDING) and kind == NEW:
            waits.add(her)
    knows = {her for her, is_hers in heard.items() if is_hers}
    # Told nothing by us, she has seen it elsewhere: new sessions may be switched off, cancelled ones on.
    return knows if former_id in heard or former_id in waits else knows | {former_id}


def _withdraw(booking: Booking) -> None:
    waiting = booking.messages.filter(therapist__isnull=False, state=Message.State.QUEUED)
    waiting.update(state=Message.State.WITHDRAWN)


def _tell(booking: Booking, people: Iterable[tuple[Therapist, str]], now: datetime, wait: timedelta = AT_ONCE) -> None:
    rows = [
        Message(
            key=key(booking, kind, therapist.pk),
            kind=kind,
            booking=booking,
            therapist=therapist,
            recipient=address(therapist),
            due_at=now + wait,
            useful_until=max(booking.during.upper, now + timedelta(days=1))
            if kind == CANCELLED
            else booking.during.upper,
            created_at=now,
        )
        for therapist, kind in people
        if getattr(therapist, SWITCHES[kind]) and address(therapist) and booking.during.upper > now
    ]
    if rows:
        Message.objects.bulk_create(rows, ignore_conflicts=True)
