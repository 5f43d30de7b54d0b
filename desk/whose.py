"""Whose day somebody at the desk looks at: a therapist, a place and a date."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from bookings.availability import Setup
from bookings.reminder_rules import wall_instant
from desk.forms.fields import DayField
from locations.models import Location
from therapists.models import Therapist


@dataclass(frozen=True, slots=True)
class Whose:
    """`first` and `last` are the midnights around the day on the place's wall clock."""

    therapist: Therapist
    place: Location
    day: date

    @property
    def first(self) -> datetime:
        return wall_instant(self.day, time(), self.place.zone)

    @property
    def last(self) -> datetime:
        return wall_instant(self.day + timedelta(days=1), time(), self.place.zone)


def whose_or_404(request: HttpRequest, slug: str, setup: Setup, now: datetime) -> Whose:
    """The therapist behind an address, on the day and at the place that it names; today where it names none."""
    words = request.GET.dict() | request.POST.dict()
    person = setup.therapist(slug)
    place = setup.location(words.get("place") or request.session.get("desk_place", ""))
    place = place or next(iter(setup.locations), None)
    if person is None or place is None:
        raise Http404
    try:
        day = DayField(required=False).clean(words.get("day", ""))
    except ValidationError:
        day = None
    return Whose(person, place, day or now.astimezone(place.zone).date())
