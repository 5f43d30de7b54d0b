"""What every public page has around its own words: the house, and what search engines and link previews read."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from bookings.availability import Setup
from locations.house import House, is_demo
from locations.models import Studio

DESCRIPTION_LENGTH = 155
# A data block ends at "</script>" whatever stands around it; these signs are written so that JSON reads them back.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


class Alternate(NamedTuple):
    """The same page in another language, and its whole address."""

    code: str
    address: str


def house_of(request: HttpRequest, setup: Setup) -> House:
    return House.of(setup.studio, setup.locations, is_demo(request), setup.number)


def today_at(setup: Setup, now: dt.datetime) -> dt.date:
    """The date on the studio's own wall."""
    return now.astimezone(setup.locations[0].zone if setup.locations else dt.UTC).date()


def show(
    request: HttpRequest, template: str, setup: Setup, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a public page. Of `context` the head reads `description` (a sentence), `data` (schema.org) and
    `picture` (which of the share pictures)."""
    house = house_of(request, setup)
    data = context.get("data")
    head = {
        "house": house,
        "description": Truncator(" ".join(context.get("description", "").split())).chars(DESCRIPTION_LENGTH),
        "canonical": address(request.path) if status == 200 else "",
        "alternates": alternates(request.path, house.studio) if status == 200 else [],
        "data": data_block(data) if data else "",
        "share": address(static(f"img/share-{context.get('picture', 'words')}.png")),
    }
    return render(request, template, {**context, **head}, status=status)


def address(path: str) -> str:
    """The whole address of a path, the same whatever host name it was asked under."""
    return f"{settings.SITE_URL}{path}"


def alternates(path: str, studio: Studio) -> list[Alternate]:
    """The page in each language of the studio that this site speaks; none when there is only one."""
    codes = spoken(studio.languages)
    return [Alternate(code, address(translate_url(path, code))) for code in codes] if len(codes) > 1 else []


def spoken(languages: Sequence[str]) -> list[str]:
    """The studio's languages that the site has words for, in the studio's order; never none."""
    known = dict(settings.LANGUAGES)
    return [code for code in languages if code in known] or [settings.LANGUAGE_CODE]


def data_block(data: Mapping[str, Any]) -> SafeString:
    """schema.org data as JSON that cannot leave its element."""
    whole = {"@context": "https://schema.org", **data}
    return SafeString(json.dumps(whole, ensure_ascii=False, default=str).translate(ESCAPES))
