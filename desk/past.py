"""What happened on a day, in words: sessions, blocks, merged records and exports, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import BlockEvent, BookingEvent, Export
from bookings.models.status import AGREED
from bookings.reminder_rules import wall_instant
from clients.models import ClientMerge
from desk.happened import events, in_words
from spa import texts


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody did. `link` leads to what it was done to, `about` names it."""

    at: datetime
    clock: str
    who: str
    what: str
    about: str
    link: str
    before: str
    why: str


def deeds_of(day: date, zone: tzinfo) -> list[Deed]:
    """All of a local day. Four queries."""
    span = [wall_instant(one, time(), zone) for one in (day, day + timedelta(days=1))]
    within = {"at__gte": span[0], "at__lt": span[1]}
    found = [*_sessions(within, zone), *_blocks(within, zone), *_merges(within, zone), *_exports(within, zone)]
    return sorted(found, key=lambda deed: deed.at, reverse=True)


def _sessions(within: dict[str, Any], zone: tzinfo) -> Iterator[Deed]:
    related = ("booking__location", "booking__therapist", "booking__offer__entry")
    rows = list(events().select_related("actor", *related).filter(**within).order_by("-at", "-id"))
    for row, said in zip(rows, in_words(rows, zone), strict=True):
        link = reverse("desk_booking", args=[row.booking_id]) if row.booking.status in AGREED else ""
        yield Deed(row.at, _clock(row.at, zone), said.who, said.what, _session(row), link, said.before, said.why)


def _session(event: BookingEvent) -> str:
    """Whose session it is now, when and with whom."""
    booking, offer = event.booking, getattr(event.booking, "offer", None)
    words = {
        "name": booking.name or (offer.entry.name if offer else ""),
        "when": texts.whole(booking.starts_at, booking.ends_at),
        "who": booking.therapist.name,
    }
    return _("%(name)s: %(when)s, with %(who)s") % words


OF_BLOCKS = {
    BlockEvent.Verb.BLOCKED: gettext_lazy("blocked the time"),
    BlockEvent.Verb.LIFTED: gettext_lazy("gave the time back"),
    BlockEvent.Verb.ASKED: gettext_lazy("asked for time off"),
    BlockEvent.Verb.UNASKED: gettext_lazy("asked for time off no more"),
    BlockEvent.Verb.DECLINED: gettext_lazy("declined time off"),
}


def _blocks(within: dict[str, Any], zone: tzinfo) -> Iterator[Deed]:
    for row in BlockEvent.objects.select_related("actor", "therapist", "room", "location").filter(**within):
        start, end = (edge.astimezone(zone) for edge in (row.during.lower, row.during.upper))
        words = {"start": texts.moment(start), "end": texts.moment(end)}
        words["name"] = str(row.therapist or row.room or row.location)
        about = _("%(name)s: %(start)s to %(end)s") % words
        yield Deed(row.at, _clock(row.at, zone), _name(row.actor), str(OF_BLOCKS[row.verb]), about, "", "", row.reason)


def _merges(within: dict[str, Any], zone: tzinfo) -> Iterator[Deed]:
    for row in ClientMerge.objects.select_related("by", "kept", "merged").filter(**within):
        about = _("%(other)s, now part of %(name)s") % {"other": row.merged.name, "name": row.kept.name}
        link = reverse("desk_client", args=[row.kept_id])
        yield Deed(row.at, _clock(row.at, zone), _name(row.by), _("merged two records"), about, link, "", "")


def _exports(within: dict[str, Any], zone: tzinfo) -> Iterator[Deed]:
    for row in Export.objects.select_related("by").filter(**within):
        about = _("%(start)s to %(end)s") % {"start": texts.long_day(row.first_on), "end": texts.long_day(row.last_on)}
        yield Deed(row.at, _clock(row.at, zone), _name(row.by), _("exported sessions"), about, "", "", "")


def _clock(at: datetime, zone: tzinfo) -> str:
    return texts.clock(at.astimezone(zone))


def _name(actor: Any) -> str:
    return actor.get_full_name() if actor else _("somebody at the desk")
