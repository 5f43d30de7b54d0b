"""/studio/clients/<pk>/: everything that is kept of a client, to hand out on her wish and to erase on her wish."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from bookings import privacy
from bookings.field_map import ERASED_NAME
from bookings.views.answers import SeeOther
from bookings.views.my_data import as_file, as_table
from clients.models import Client
from locations.house import House
from spa import clock
from studio.access import studio_view
from studio.page import show

LARGEST = 2**63 - 1


@studio_view("GET", "HEAD", "POST")
def client_data(request: HttpRequest, pk: int) -> HttpResponse:
    client, is_ahead = client_or_404(pk), False
    if request.method == "POST":
        try:
            privacy.erase(client=client, now=clock.now())
            return SeeOther(reverse("studio_client_data", args=[pk]))
        except privacy.StillAhead:
            is_ahead = True
    words = {"client": client, "is_ahead": is_ahead, "is_erased": client.name == ERASED_NAME}
    words["others"] = privacy.Person(client).others()
    return show(request, "studio/client_data.html", words, House.load(request), 409 if is_ahead else 200)


@studio_view("GET", "HEAD")
def client_export(request: HttpRequest, pk: str, form: str) -> HttpResponse:
    told = privacy.export(client=client_or_404(int(pk)))
    if form == "json":
        return as_file(json.dumps(told, ensure_ascii=False, indent=1), "application/json", "json")
    return as_file(as_table(told), "text/csv", "csv")


def client_or_404(pk: int) -> Client:
    client = Client.objects.filter(pk=min(pk, LARGEST), merged_into=None).first()
    if client is None:
        raise Http404
    return client
