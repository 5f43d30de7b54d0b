"""/my/data/: what is kept and for how long, to take along, and to erase."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bookings import privacy
from bookings.retention import CLIENT, WAITING, WORDS
from bookings.views.my import for_clients
from clients.models import Client
from spa import clock

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@for_clients
@require_safe
def my_data(request: HttpRequest, client: Client) -> HttpResponse:
    kept = {"years": CLIENT.days // 365, "words_days": WORDS.days, "waiting_days": WAITING.days}
    return render(request, "my/data.html", kept)


@for_clients
@require_safe
def my_export(request: HttpRequest, client: Client, form: str) -> HttpResponse:
    told = privacy.export(client=client)
    if form == "json":
        return as_file(json.dumps(told, ensure_ascii=False, indent=1), "application/json", "json")
    return as_file(as_table(told), "text/csv", "csv")


def as_file(content: str, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="my-data.{ending}"'
    return response


def as_table(told: dict[str, list[dict[str, Any]]]) -> str:
    """One line per value: table, number of the row, field, value. A value is never a formula for a spreadsheet."""
    paper = io.StringIO()
    writer = csv.writer(paper)
    writer.writerow(["table", "row", "field", "value"])
    writer.writerows(lines(told))
    return paper.getvalue()


def lines(told: dict[str, list[dict[str, Any]]]) -> Iterator[list[Any]]:
    for table, rows in told.items():
        for number, row in enumerate(rows, start=1):
            for field, value in row.items():
                yield [table, number, field, harmless(value)]


def harmless(value: Any) -> str:
    words = "" if value is None else str(value)
    return f"'{words}" if words.startswith(FORMULA_SIGNS) else words


@for_clients
@require_http_methods(["GET", "HEAD", "POST"])
def my_erase(request: HttpRequest, client: Client) -> HttpResponse:
    """What erasing means, and its button. A session ahead is cancelled by its own page first."""
    if request.method != "POST":
        return render(request, "my/erase.html", {"others": privacy.Person(client).others()})
    try:
        privacy.erase(client=client, now=clock.now())
    except privacy.StillAhead:
        return render(request, "my/erase.html", {"is_ahead": True}, status=409)
    logout(request)
    return render(request, "my/erased.html", {})
