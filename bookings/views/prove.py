"""/book/prove/<key>/: whoever books a lot shows by a code that the address is hers; the held time waits for it."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings.views.details import form_for, held_or_404
from bookings.views.my_door import send_code
from bookings.views.session import draft
from bookings.views.steps import place_of
from clients.signing import meet
from spa import clock


# Public: for the browser that holds the time, whose details lie in its session.
@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, key: UUID) -> HttpResponse:
    held = held_or_404(request, key)
    details = reverse("details", args=[key])
    form = form_for(held, None, draft(request))
    if not form.is_valid():
        return redirect(details)
    words = form.cleaned_data
    if request.method != "POST":
        return render(request, "bookings/prove.html", words | {"back": details, "place": place_of(held.location)})
    who = {name: words[name] for name in ("name", "email", "phone")}
    meet(**who, language=get_language() or "en", now=clock.now())
    return send_code(request, words["email"], details)
