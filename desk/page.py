"""How a page of the desk is answered: with the studio around it, and with what is wrong with the messages above it."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desk.troubles import troubles
from locations.house import House


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, house: House, now: datetime, status: int = 200
) -> HttpResponse:
    words = {"house": house, "troubles": troubles(now, zone_of(house))}
    return render(request, template, words | dict(context), status=status)


def zone_of(house: House) -> tzinfo:
    """The clock on the wall of the desk: that of the first location."""
    return house.locations[0].zone if house.locations else UTC
