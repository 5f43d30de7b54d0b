"""What a studio still needs until its first time can be booked, in the order in which it is made."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from locations.models import Location, OpeningHours, Room, Studio
from therapists.models import Style, Therapist, WorkingHours
from treatments.models import Length


class Step(NamedTuple):
    """`address` is empty while a step before it lacks."""

    words: str
    is_done: bool
    address: str


def steps() -> list[Step]:
    """Eight queries."""
    place, person = Location.objects.first(), Therapist.objects.first()
    found = [
        (_("Name the studio"), Studio.objects.exists(), reverse("studio_house_new")),
        (_("Add a place"), bool(place), reverse("studio_place_new")),
        (_("Say when it is open"), OpeningHours.objects.exists(), _of("studio_opening", place)),
        (_("Add a room, and what stands in it"), Room.objects.exists(), reverse("studio_room_new")),
        (_("Add a style"), Style.objects.exists(), reverse("studio_style_new")),
        (_("Add a treatment with a price"), Length.objects.exists(), reverse("studio_treatment_new")),
        (_("Add a therapist"), bool(person), reverse("studio_therapist_new")),
        (_("Set her hours"), WorkingHours.objects.exists(), _of("studio_therapist_hours", person)),
    ]
    done = [is_done for _words, is_done, _address in found]
    return [
        Step(words, is_done, address if all(done[:place]) else "")
        for place, (words, is_done, address) in enumerate(found)
    ]


def _of(route: str, row: Location | Therapist | None) -> str:
    return reverse(route, args=[row.pk]) if row else ""
