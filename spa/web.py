"""What every view may use."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def fragment_or_page(
    request: HttpRequest, page: str, fragment: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Answer htmx with the fragment and everybody else with the page that includes the same fragment.

    `Vary: HX-Request` keeps a browser's Back button from showing the fragment as a page.
    """
    template = fragment if asks_for_fragment(request) else page
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def asks_for_fragment(request: HttpRequest) -> bool:
    """Whether a script swaps a part of the page that is open. A history restore asks likewise, but wants it whole."""
    restoring = request.headers.get("HX-History-Restore-Request") == "true"
    return request.headers.get("HX-Request") == "true" and not restoring
