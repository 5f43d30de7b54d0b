"""What a studio still needs until its first time can be booked, in the order in which it is made."""

import datetime as dt
from typing import NamedTuple

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.availability import Wish, load_setup, search
from bookings.models import Booking
from locations.models import Location, OpeningHours, Room, Studio
from spa import texts
from therapists.models import Style, Therapist, WorkingHours
from treatments.models import Length


class Step(NamedTuple):
    """`address` is empty while a step before it lacks."""

    words: str
    is_done: bool
    address: str


def steps() -> list[Step]:
    """Ten queries."""
    place, person = Location.objects.first(), Therapist.objects.first()
    found = [
        (_("Name the studio"), Studio.objects.exists(), reverse("studio_house_new")),
        (_("Add a place"), bool(place), reverse("studio_place_new")),
        (_("Say when it is open"), OpeningHours.objects.exists(), _of("studio_opening", place)),
        (_("Add a room, and what stands in it"), Room.objects.exists(), reverse("studio_room_new")),
        (_("Choose a style"), Style.objects.exists(), reverse("studio_presets")),
        (_("Add a treatment with a price"), Length.objects.exists(), _first_treatment()),
        (
            _("Add a therapist with a style"),
            _gives(),
            _of("studio_therapist", person) or reverse("studio_therapist_new"),
        ),
        (_("Set her hours"), WorkingHours.objects.exists(), _of("studio_therapist_hours", person)),
    ]
    if Style.objects.filter(needs_certificate=True).exists():
        certified = (
            _("Enter the certificate that her style needs"),
            _may(),
            _of("studio_therapist_certificates", person),
        )
        found.insert(-1, certified)
    done = [is_done for _words, is_done, _address in found]
    return [
        Step(words, is_done, address if all(done[:place]) else "")
        for place, (words, is_done, address) in enumerate(found)
    ]


def next_step() -> Step | None:
    """What comes next: what lacks, or a look at the first time; None once somebody has booked."""
    if Booking.objects.exists():
        return None
    lacks = [step for step in steps() if not step.is_done]
    return lacks[0] if lacks else Step(_("See the first time that clients can book"), False, reverse("studio"))


class FirstTime(NamedTuple):
    """The first time that clients can book, in words; empty when there is none."""

    words: str
    address: str


def first_time(now: dt.datetime) -> FirstTime | None:
    """Of a studio that nobody has booked in yet; None once somebody has. Two queries for each length and place."""
    if Booking.objects.exists():
        return None
    setup = load_setup()
    for place in setup.locations:
        today = now.astimezone(place.zone).date()
        for length in setup.lengths:
            answer = search(setup, Wish(place, length, None, today), now)
            if answer.soonest:
                return FirstTime(texts.moment(answer.soonest[0].start), f"{reverse('choose')}?treatment={length.slug}")
    return FirstTime("", "")


def _first_treatment() -> str:
    style = Style.objects.first()
    return f"{reverse('studio_treatment_new')}?preset={style.slug}" if style else reverse("studio_treatment_new")


def _gives() -> bool:
    """Whether somebody gives something of the menu."""
    hers = Q(styles__treatments__isnull=False) | Q(treatment_rows__gives=True)
    return Therapist.objects.filter(hers).exists()


def _may() -> bool:
    """Whether somebody may give one of her styles: it needs no certificate, or she has one."""
    hers = Q(styles__needs_certificate=False) | Q(certificates__styles=F("styles"))
    return Therapist.objects.filter(hers, styles__treatments__isnull=False).exists()


def _of(route: str, row: Location | Therapist | None) -> str:
    return reverse(route, args=[row.pk]) if row else ""
