"""A client as the desk reads her: sessions, notes, messages, what she waits for. No word about health."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.db.models import F
from django.http import Http404
from django.utils.translation import gettext as _

from bookings.models import Booking, BookingEvent, Note, WaitingEntry
from bookings.models.status import AGREED, AHEAD, Status
from bookings.waiting_words import wish_words
from clients.models import Client
from desk import lines
from desk.board.look import link
from desk.states import state_of
from locations.house import phone_link
from spa import texts

MOST_SESSIONS = 60
LATELY = 5
MOST_MESSAGES = 12
MOST_NOTES = 50


@dataclass(frozen=True, slots=True)
class Visit:
    """One session in a line."""

    booking: Booking
    when: str
    what: str
    look: str
    state: str


def client_or_404(pk: int) -> Client:
    """A record with the one that stands for it now. One query."""
    found = Client.objects.select_related("merged_into", "contact").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def card(client: Client, now: datetime, zone: tzinfo, country: str) -> dict[str, Any]:
    """What the page of a client shows. Seven queries, however often she came."""
    sessions = _sessions(client)
    ahead = [one for one in sessions if one.status in AHEAD and one.during.upper > now]
    past = [one for one in sessions if one not in ahead]
    return {
        "client": client,
        "phone": {"number": client.phone, "link": phone_link(client.phone, country)} if client.phone else None,
        "ahead": [visit(one, now) for one in reversed(ahead)],
        "past": past,
        "lately": [visit(one, now) for one in past[:LATELY]],
        "earlier": [visit(one, now) for one in past[LATELY:]],
        "no_shows": client.bookings.filter(status=Status.NO_SHOW).count(),
        "late_cancels": _late_cancels(client),
        "notes": _notes(client, zone),
        "letters": [lines.line(row, zone) for row in lines.loaded().filter(client=client)[:MOST_MESSAGES]],
        "waits": _waits(client),
        "merged": list(client.merged.order_by("pk")),
        "again": again(client, sessions),
    }


def visit(booking: Booking, now: datetime) -> Visit:
    look, state = state_of(booking, now)
    words = {"name": booking.treatment_name, "minutes": booking.minutes, "who": booking.therapist.name}
    what = _("%(name)s, %(minutes)s minutes, with %(who)s") % words
    return Visit(booking, texts.whole(booking.starts_at, booking.ends_at), what, look, state)


def again(client: Client, sessions: list[Booking]) -> str:
    """The way to book once more what she had last, with the same therapist; empty when she never came."""
    last = next((one for one in sessions if one.status != Status.CANCELLED), None)
    if last is None:
        return ""
    words = {"place": last.location.slug, "length": last.length_id, "therapist": last.therapist_id}
    return link("desk_book", **words, client=client.pk)


def _sessions(client: Client) -> list[Booking]:
    """The newest first."""
    agreed = client.bookings.filter(status__in=AGREED).select_related("therapist", "location")
    return list(agreed.order_by("-start_tick", "-pk")[:MOST_SESSIONS])


def _late_cancels(client: Client) -> int:
    """Sessions that she cancelled herself when it was not free any more."""
    cancelled = BookingEvent.objects.filter(booking__client=client, booking__status=Status.CANCELLED, verb="cancelled")
    late = cancelled.filter(cause=BookingEvent.Cause.CLIENT, at__gt=F("booking__free_cancel_until"))
    return late.values("booking").distinct().count()


def _notes(client: Client, zone: tzinfo) -> list[dict[str, str]]:
    """Notes on her and on her sessions, the newest first, each with its author."""
    about = Note.objects.filter(client=client) | Note.objects.filter(booking__client=client)
    rows = about.select_related("author", "booking__location").order_by("-at", "-pk")[:MOST_NOTES]
    return [
        {
            "text": note.text,
            "who": note.author.get_full_name() if note.author else _("somebody at the desk"),
            "when": texts.moment(note.at.astimezone(zone)),
            "session": texts.moment(note.booking.starts_at) if note.booking else "",
        }
        for note in rows
    ]


def _waits(client: Client) -> list[dict[str, Any]]:
    entries = WaitingEntry.objects.open().filter(client=client).select_related("length__treatment", "therapist")
    return [{"entry": entry, "wish": wish_words(entry)} for entry in entries.in_order()]
