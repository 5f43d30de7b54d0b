"""One booking as the desk reads it. No health answers: of the screening only what the desk has to do."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.actions import SlotTaken, last_change
from bookings.actions.details import can_complete
from bookings.actions.moving import SAME_START
from bookings.actions.noting import CALL
from bookings.actions.placing import SOFT, find_place
from bookings.availability import Setup, Wish
from bookings.models import Booking
from bookings.models.status import AGREED, AHEAD, STEPS, Status
from bookings.views.near import PRESSURE
from desk import lines
from desk.asked import signs
from desk.forms.booking import CardForm
from desk.happened import happened
from desk.refusals import Refusal
from locations.house import phone_link
from locations.models import Location
from spa import texts
from treatments.models import AREAS, Length

TO_DO = {
    Booking.Screening.CALL_FIRST: gettext_lazy("Call first: the client asked to be rung before the session."),
    Booking.Screening.ADAPT: gettext_lazy("Caution: the therapist adapts this session."),
    Booking.Screening.NOTE_NEEDED: gettext_lazy("A doctor's note is needed before the session."),
    Booking.Screening.MISSING: gettext_lazy("Answers missing: nobody has asked the safety question yet."),
}
MOVABLE = (Status.BOOKED, Status.ARRIVED)
RESIZABLE = (*MOVABLE, Status.IN_SESSION)


def booking_or_404(pk: int) -> Booking:
    """A booking that a client stands behind, with all that its card shows. One query."""
    related = ("client", "therapist", "room", "location__studio", "length__treatment__style")
    found = Booking.objects.select_related(*related).filter(pk=pk, status__in=AGREED).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """A button of the card: what it sends, and what it says."""

    to: str
    call: str


def card(booking: Booking, setup: Setup, now: datetime) -> dict[str, Any]:
    """What the card of a booking shows, and what can be done now. Four queries, two more for each other length,
    one more when its client may change it until it begins."""
    return {
        "booking": booking,
        "summary": summary(booking),
        **signs(booking, now),
        "phone": phone(booking),
        "to_do": TO_DO.get(booking.screening, ""),
        "wishes": wishes(booking),
        "letters": [lines.line(row, booking.location.zone) for row in lines.loaded().filter(booking=booking.pk)],
        "notes": notes(booking),
        "happened": happened(booking),
        "steps": steps(booking, now),
        "lengths": lengths_that_fit(setup, booking, now),
        "movable": booking.status in MOVABLE,
        "undoable": booking.status in RESIZABLE and now < booking.during.upper and last_change(booking) is not None,
        "settleable": booking.status in AHEAD and booking.screening in CALL,
        "askable": can_complete(booking) and bool(booking.email or booking.phone),
        "cancellable": Status.CANCELLED in STEPS[booking.status],
        "restorable": booking.status == Status.CANCELLED and now < booking.during.upper,
        "client_url": reverse("desk_client", args=[booking.client_id]),
        "back_to": day_of(booking),
    }


def summary(booking: Booking) -> dict[str, str]:
    """The booking in a few words, for the head of every page about it."""
    return {
        "name": booking.name,
        "when": texts.whole(booking.starts_at, booking.ends_at),
        "what": _("%(name)s, %(minutes)s minutes") % {"name": booking.treatment_name, "minutes": booking.minutes},
        "who": booking.therapist.name,
        "room": booking.room.name if booking.room else _("at the client's home"),
        "reference": booking.reference or "",
    }


def asks(booking: Booking, form: CardForm, refusal: Refusal | None) -> dict[str, Any]:
    """What every page shows that asks before it changes a booking: its words, the form, and why it was not done."""
    return {
        "booking": booking,
        "summary": summary(booking),
        "form": form,
        "problems": form.problems if form.is_bound else [],
        "refusal": refusal,
        "back_to": day_of(booking),
    }


def notes(booking: Booking) -> list[dict[str, str]]:
    """What was written down about this session, the newest first, with who wrote it and when. One query."""
    rows = booking.notes.select_related("author").order_by("-at", "-pk")
    zone = booking.location.zone
    return [
        {
            "text": row.text,
            "who": row.author.get_full_name() if row.author else _("somebody at the desk"),
            "when": texts.moment(row.at.astimezone(zone)),
        }
        for row in rows
    ]


def phone(booking: Booking) -> dict[str, str] | None:
    if not booking.phone:
        return None
    return {"number": booking.phone, "link": phone_link(booking.phone, booking.location.country)}


def wishes(booking: Booking) -> list[str]:
    """What suits her in this session: pressure, no oil, areas to look after and to leave out. Nothing about health."""
    suits, said = booking.preferences, []
    if suits.pressure:
        said.append(_("Pressure: %(words)s") % {"words": PRESSURE[suits.pressure]})
    if suits.oil_free:
        said.append(_("No oil"))
    if suits.focus_areas:
        said.append(_("More on: %(areas)s") % {"areas": _names(suits.focus_areas)})
    if suits.avoid_areas:
        said.append(_("Leave out: %(areas)s") % {"areas": _names(suits.avoid_areas)})
    if suits.caution:
        said.append(_("Caution: the therapist knows more"))
    if booking.asked_for_therapist:
        said.append(_("Asked for %(name)s") % {"name": booking.therapist.name})
    return said


def _names(areas: list[str]) -> str:
    return ", ".join(str(AREAS.get(area, area)) for area in areas)


def steps(booking: Booking, now: datetime) -> list[Step]:
    """The steps of its life that make sense now; a session of another day has none."""
    is_today = booking.starts_at.date() == now.astimezone(booking.location.zone).date()
    if not is_today:
        return []
    found = {
        Status.BOOKED: [Step("arrived", _("Arrived")), Step("started", _("Started"))],
        Status.ARRIVED: [Step("started", _("Started")), Step("back", _("Not here yet"))],
        Status.IN_SESSION: [Step("done", _("Done")), Step("back", _("Not started yet"))],
        Status.DONE: [Step("back", _("Not done yet"))],
        Status.NO_SHOW: [Step("arrived", _("Came after all")), Step("back", _("No no-show"))],
    }.get(Status(booking.status), [])
    if Status.NO_SHOW in STEPS[booking.status] and now >= booking.during.lower:
        found.append(Step("no-show", _("No-show")))
    return found


def lengths_that_fit(setup: Setup, booking: Booking, now: datetime) -> list[Length]:
    """Other lengths of the same treatment for which the time is free, whatever the studio's rules say."""
    if booking.status not in RESIZABLE or now >= booking.during.upper:
        return []
    others = [length for length in setup.lengths if length.treatment_id == booking.length.treatment_id]
    return [length for length in others if length.pk != booking.length_id and _fits(setup, booking, length, now)]


def _fits(setup: Setup, booking: Booking, length: Length, now: datetime) -> bool:
    wish = Wish(booking.location, length, booking.therapist, booking.starts_at.date(), days=1, but=booking.pk)
    try:
        find_place(setup, wish, booking.during.lower, now, excused=SOFT | SAME_START, keep=booking)
    except SlotTaken:
        return False
    return True


def day_of(booking: Booking) -> str:
    """The address of the board on the day of a booking."""
    return board_on(booking.starts_at.date(), booking.location)


def board_on(day: date, place: Location) -> str:
    return f"{reverse('desk_day')}?{urlencode({'day': day.isoformat(), 'place': place.slug})}"
