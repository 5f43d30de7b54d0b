"""A studio that is never closed, and the browser that goes ahead to make what a page shows."""

from dataclasses import dataclass, field

from django.test import Client

from accounts.roles import FRONT_DESK
from locations.models import OpeningHours
from tests import factories as make
from tests.browser.days import unhurried
from therapists.models import WorkingHours

TYPED = {"name": "Robin Hale", "email": "robin@mail.example", "phone": "", "safe": "none", "do": "book"}


def open_studio() -> make.SmallStudio:
    """The small studio, but open day and night on every day, so that a soonest time is never far."""
    cast = make.small_studio()
    make.opening(location=cast.place, weekday=6)
    for person in (cast.ana, cast.mei):
        make.working_hours(therapist=person, location=cast.place, weekday=6)
    for hours in (OpeningHours, WorkingHours):
        hours.objects.update(opens="00:00", closes="00:00")
    unhurried(cast.place)
    return cast


@dataclass
class OpenStudio:
    """A running server with its studio; `client` goes ahead of the browser, which gets its cookies."""

    server: str
    cast: make.SmallStudio
    client: Client = field(default_factory=Client)

    def cookies(self) -> list[dict[str, str]]:
        return [{"name": name, "value": one.value, "url": self.server} for name, one in self.client.cookies.items()]

    def signed_in(self, path: str, role: str = FRONT_DESK) -> str:
        self.client.force_login(make.user(role=role))
        return path
