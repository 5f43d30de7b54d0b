"""/my/wishes/: what suits her in every session, also while none is booked. Only its button saves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bookings import actions
from bookings.views.answers import SeeOther
from bookings.views.my import for_clients
from bookings.views.often import is_allowed
from bookings.views.wishes import BodyForm, form_words, ticked
from clients.models import Client
from clients.preferences import Preferences
from spa import clock


@for_clients
@require_http_methods(["GET", "HEAD", "POST"])
def my_wishes(request: HttpRequest, client: Client) -> HttpResponse:
    if request.method != "POST":
        return page(request, BodyForm(initial=ticked(Preferences.of(client))))
    form = BodyForm(request.POST)
    now = clock.now()
    if not form.is_valid():
        return page(request, form, 422)
    if not is_allowed("my wishes", client.pk, now):
        return page(request, form, 429)
    actions.keep_likes(client=client, preferences=likes(form), now=now)
    return SeeOther(f"{reverse('my')}?done=wishes")


def page(request: HttpRequest, form: BodyForm, status: int = 200) -> HttpResponse:
    return render(request, "my/wishes.html", form_words(form, status), status=status)


def likes(form: BodyForm) -> Preferences:
    words = form.cleaned_data
    return Preferences(words["pressure"], words["oil_free"], tuple(words["focus"]), tuple(words["avoid"]))
