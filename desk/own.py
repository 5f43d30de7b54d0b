"""A therapist's own day: her sessions with what suits each client, and nothing of anybody else's."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.http import Http404, HttpRequest

from bookings.models import Booking, Note
from bookings.models.status import AGREED, Status
from bookings.scheduling.timeline import ceil_tick
from bookings.staff_daily import ZONES_APART
from desk.card import TO_DO, Step, steps, wishes
from desk.states import state_of
from spa import texts
from therapists.models import Therapist

DAY = timedelta(days=1)
SHOWN = tuple(status for status in AGREED if status != Status.CANCELLED)
RELATED = ("client", "therapist", "room", "location__studio", "length__treatment__style")


@dataclass(frozen=True, slots=True)
class Session:
    """One session as its therapist reads it. `notes` are the studio's, on the client and on this session."""

    booking: Booking
    span: str
    what: str
    where: str
    look: str
    state: str
    to_do: str
    wishes: list[str]
    notes: list[str]
    steps: list[Step]


def therapist_or_404(request: HttpRequest) -> Therapist:
    """Whoever signed in, as a therapist; for everybody else there is no such page. One query."""
    found = Therapist.objects.filter(user=request.user).first()
    if found is None:
        raise Http404
    return found


def own_or_404(therapist: Therapist, pk: int) -> Booking:
    """A session of hers; another's looks like one that does not exist."""
    found = Booking.objects.select_related(*RELATED).filter(pk=pk, therapist=therapist, status__in=SHOWN).first()
    if found is None:
        raise Http404
    return found


def sessions(therapist: Therapist, day: date, now: datetime) -> list[Session]:
    """Hers on that day of the places where she gives them, in the order of time. Two queries."""
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    near = (ceil_tick(midnight - ZONES_APART), ceil_tick(midnight + DAY + ZONES_APART))
    rows = therapist.bookings.filter(status__in=SHOWN, start_tick__range=near).select_related(*RELATED)
    hers = [row for row in rows.order_by("start_tick") if row.starts_at.date() == day]
    said = _notes(hers)
    return [_session(row, said, now) for row in hers]


def _notes(hers: list[Booking]) -> dict[tuple[str, int], list[str]]:
    """What staff wrote about these sessions and clients, by what it is about."""
    about = Note.objects.filter(booking__in=hers) | Note.objects.filter(client__in=[row.client_id for row in hers])
    found: dict[tuple[str, int], list[str]] = {}
    for note in about.order_by("at", "pk"):
        key = ("booking", note.booking_id) if note.booking_id else ("client", note.client_id)
        found.setdefault(key, []).append(note.text)
    return found


def _session(row: Booking, said: dict[tuple[str, int], list[str]], now: datetime) -> Session:
    look, state = state_of(row, now)
    notes = [row.note] if row.note else []
    notes += said.get(("client", row.client_id), []) + said.get(("booking", row.pk), [])
    return Session(
        booking=row,
        span=texts.span(row.starts_at, row.ends_at),
        what=f"{row.treatment_name}, {row.minutes}",
        where=row.room.name if row.room else row.location.name,
        look=look,
        state=state,
        to_do=str(TO_DO.get(row.screening, "")),
        wishes=wishes(row),
        notes=notes,
        steps=steps(row, now),
    )
