"""How a page of the desk is answered: with the studio around it, and with what is wrong with the messages above it."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.http import HttpRequest, HttpResponse

from desk.troubles import troubles
from locations.house import House
from spa.web import asks_for_fragment, fragment_or_page


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, house: House, now: datetime, status: int = 200
) -> HttpResponse:
    """`desk/<name>.html`, or for the board's dialog (`in_dialog`) the fragment `desk/_<name>.html` that it includes."""
    in_dialog = asks_for_fragment(request)
    words = {"house": house, "in_dialog": in_dialog}
    if not in_dialog:
        words["troubles"] = troubles(now, zone_of(house))
    fragment = template.replace("/", "/_", 1)
    return fragment_or_page(request, template, fragment, words | dict(context), status)


def zone_of(house: House) -> tzinfo:
    """The clock on the wall of the desk: that of the first location."""
    return house.locations[0].zone if house.locations else UTC
