"""What search engines and link previews read of a public page: description, addresses in each language, schema.org."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from locations.house import House
from locations.languages import spoken

DESCRIPTION_LENGTH = 155
# A data block ends at "</script>" whatever stands around it; these signs are written so that JSON reads them back.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


class Alternate(NamedTuple):
    """The same page in another language, and its whole address."""

    code: str
    address: str


def head(path: str, house: House, about: Mapping[str, Any]) -> dict[str, Any]:
    """The context of `components/_head.html` for the page at `path`. Of `about` it reads `description` (a sentence),
    `data` (schema.org) and `picture` (which of the share pictures)."""
    data = about.get("data")
    return {
        "description": Truncator(" ".join(about.get("description", "").split())).chars(DESCRIPTION_LENGTH),
        "canonical": address(path),
        "alternates": alternates(path, house),
        "data": data_block(data) if data else "",
        "share": address(static(f"img/share-{about.get('picture', 'words')}.png")),
    }


def address(path: str) -> str:
    """The whole address of a path, the same whatever host name it was asked under."""
    return f"{settings.SITE_URL}{path}"


def alternates(path: str, house: House) -> list[Alternate]:
    """The page in each language of the studio that this site speaks; none when there is only one.

    Whoever reads none of them is sent to the address without a language, which goes by the browser.
    """
    codes = spoken(house.studio.languages)
    if len(codes) == 1:
        return []
    names = {code: code for code in codes} | {"x-default": settings.LANGUAGE_CODE}
    return [Alternate(name, address(translate_url(path, code))) for name, code in names.items()]


def data_block(data: Mapping[str, Any]) -> SafeString:
    """schema.org data as JSON that cannot leave its element."""
    whole = {"@context": "https://schema.org", **data}
    return SafeString(json.dumps(whole, ensure_ascii=False, default=str).translate(ESCAPES))
