"""/b/<token>/mail/off/: no more mails after sessions. People press a button, mail programs post at once (RFC 8058)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bookings.models import Booking
from bookings.views.behind import linked_or_404
from bookings.views.steps import place_of
from clients.consent import opt_in, opt_out, wants_fewer_mails
from spa import clock


# A mail program has no token of a form: the signed link alone says who posts.
@csrf_exempt
@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def fewer_mails(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = linked_or_404(request, token, "mail", now)
    if request.method != "POST":
        return page(request, seen)
    if request.POST.get("List-Unsubscribe") == "One-Click" or request.POST.get("do") == "off":
        opt_out(seen.email, now)
    elif request.POST.get("do") == "on":
        opt_in(seen.email)
    else:
        return page(request, seen, status=400)
    return page(request, seen)


def page(request: HttpRequest, seen: Booking, status: int = 200) -> HttpResponse:
    words = {"is_off": wants_fewer_mails(seen.email), "is_unclear": status == 400, "place": place_of(seen.location)}
    with override(seen.language):
        return render(request, "bookings/fewer.html", words, status=status)
