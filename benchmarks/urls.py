"""The product's addresses, and one empty view behind the same middleware to compare with."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from spa import urls


@login_not_required
def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("nothing/", nothing), *urls.urlpatterns]
handler500 = urls.handler500
