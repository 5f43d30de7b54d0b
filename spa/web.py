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

    `Vary: HX-Request` keeps a browser's Back button from showing the fragment as a page. A history restore
    asks through htmx too, but wants the whole page.
    """
    swapped = request.headers.get("HX-Request") == "true"
    restoring = request.headers.get("HX-History-Restore-Request") == "true"
    template = fragment if swapped and not restoring else page
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
