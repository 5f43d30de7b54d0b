"""/places/<slug>/: how to find one of the studio's places, when it is open and when it is free."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import availability
from pages import data
from pages.page import house_of, show

MAP = "https://www.openstreetmap.org/search"


@login_not_required
@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    setup = availability.load_setup()
    house, found = house_of(request, setup), setup.location(slug)
    if found is None:
        return show(request, "pages/no_place.html", setup, {}, status=404)
    context = {
        "description": _("%(name)s: address, opening hours and how to find the door.") % {"name": found.name},
        "data": data.business(house, [found]),
        "place": house.places[house.locations.index(found)],
        "map": f"{MAP}?{urlencode({'query': found.address})}",
        "slug": found.slug,
    }
    return show(request, "pages/place.html", setup, context)
