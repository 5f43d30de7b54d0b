"""What happens around every request: whose address it is, what may be stored, what a dead database looks like."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from spa.health import unavailable

Answer = Callable[[HttpRequest], HttpResponse]
PRIVATE_PATHS = ("/b/", "/w/", "/book/details", "/accounts", "/my/", "/calendar/")


def client_address(get_response: Answer) -> Answer:
    """Set `request.client_address` to the visitor's IP address, '' when it is not known."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.client_address = read_client_address(request)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def read_client_address(request: HttpRequest) -> str:
    """Return the address that the outermost trusted proxy saw.

    Each proxy appends the address it was called from, so with n trusted proxies the n-th entry from the right
    is theirs; whatever stands further left is the visitor's own invention.
    """
    count = settings.TRUSTED_PROXY_COUNT
    header = request.headers.get("X-Forwarded-For", "")
    entries = [entry.strip() for entry in header.split(",")] if header else []
    believed = entries[-count] if count and len(entries) >= count else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(without_port(believed)))
    except ValueError:
        return ""


def without_port(entry: str) -> str:
    """The address of "203.0.113.5:4711" or "[2001:db8::1]:4711", as some proxies write it."""
    if entry.startswith("["):
        return entry[1:].partition("]")[0]
    return entry.partition(":")[0] if entry.count(":") == 1 else entry


class PrivatePages:
    """Keep what belongs to one person out of every cache, the browser's included."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # The cookie decides, not the user: asking who it is would need the database, which may be down.
        known = {*request.COOKIES, *response.cookies}
        if request.path.startswith(PRIVATE_PATHS) or settings.SESSION_COOKIE_NAME in known:
            response.headers["Cache-Control"] = "no-store, private"
        return response


def buttons_only(get_response: Answer) -> Answer:
    """Answer in words where an address that only a button calls is opened by itself, as with a restored tab."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", status=response.status_code)
        page["Allow"] = response["Allow"]
        return page

    return middleware


class DatabaseDown:
    """Answer a view's database failure with the plain 503 page; spa.urls.handler500 covers the rest."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn lost, refused and timed-out database work into 503; leave everything else alone."""
        if isinstance(exception, (OperationalError, InterfaceError)):
            logging.getLogger("spa").error("database unavailable: %s", type(exception.__cause__ or exception).__name__)
            return unavailable(request)
        return None
