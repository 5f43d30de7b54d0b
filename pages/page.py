"""What every public page has around its own words."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bookings.availability import Setup
from locations.head import head
from locations.house import House, is_demo


def house_of(request: HttpRequest, setup: Setup) -> House:
    return House.of(setup.studio, setup.locations, is_demo(request), setup.number)


def today_at(setup: Setup, now: dt.datetime) -> dt.date:
    """The date on the studio's own wall."""
    return now.astimezone(setup.locations[0].zone if setup.locations else dt.UTC).date()


def show(
    request: HttpRequest, template: str, setup: Setup, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a public page; what `locations.head` reads of `context` is for search engines, when it is found."""
    house = house_of(request, setup)
    found = head(request.path, house, context) if status == 200 else {"data": ""}
    return render(request, template, {**context, "house": house, **found}, status=status)
