"""The product's addresses, and two empty views behind the same middleware to compare with."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from desk.access import desk_view
from desk.page import show
from locations.house import House
from spa import clock, urls


@login_not_required
def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@desk_view("GET")
def frame(request: HttpRequest) -> HttpResponse:
    """A page of the desk with nothing on it."""
    return show(request, "desk/base.html", {}, house=House.load(request), now=clock.now())


urlpatterns = [path("nothing/", nothing), path("frame/", frame), *urls.urlpatterns]
handler500 = urls.handler500
