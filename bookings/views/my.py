"""/my/: the sessions of whoever signed in with a code, the same once more, and everything that is kept of her."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from bookings import availability, links, privacy, returning
from bookings.models import Booking
from bookings.models.status import AHEAD, Status
from bookings.standing import Standing, standing
from bookings.views.booked import wishes_words
from bookings.views.known import hold_same
from bookings.views.session import keep_draft
from bookings.views.slots import slot_value
from clients.models import Client
from clients.preferences import Preferences
from spa import clock

SHOWN = 12
View = Callable[..., HttpResponse]


def for_clients(view: View) -> View:
    """A page for who signed in as a client: `view(request, client)`. Others are led to the door or find nothing."""

    @login_not_required
    @cache_control(no_store=True, private=True)
    @wraps(view)
    def for_her(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("account_request_login_code")
        client = Client.objects.filter(user=request.user).first()
        if client is None:
            raise Http404
        return view(request, client, *args, **kwargs)

    return for_her


@for_clients
@require_safe
def my(request: HttpRequest, client: Client) -> HttpResponse:
    now, setup = clock.now(), availability.load_setup()
    sessions = her_sessions(client)
    over = [one for one in sessions if standing(one, now) in (Standing.OVER, Standing.MISSED)]
    proposal = returning.propose([one for one in sessions if one.status != Status.NO_SHOW], setup, now)
    ahead = [one for one in reversed(sessions) if one.status in AHEAD and one not in over]
    next_one = next((one for one in ahead if one.client_id == client.pk), None)
    words = {
        "client": client,
        "ahead": [line(one, client) for one in ahead],
        "wishes_url": reverse("wishes", args=[links.make(next_one, "wishes")]) if next_one else reverse("my_wishes"),
        "over": [line(one, client) for one in over[: SHOWN // 2]],
        "proposal": proposal,
        "proposal_value": slot_value(proposal.offer) if proposal else "",
        "wishes": wishes_words(Preferences.of(client)),
    }
    return render(request, "my/my.html", words)


def her_sessions(client: Client) -> list[Booking]:
    """Her sessions, the latest first, as far as a page shows them."""
    related = ("location__studio", "length__treatment__style", "therapist")
    hers = privacy.Person(client).bookings().exclude(status__in=[Status.HELD, Status.EXPIRED, Status.CANCELLED])
    return list(hers.select_related(*related).order_by("-start_tick")[: 3 * SHOWN])


def line(booking: Booking, client: Client) -> dict[str, Any]:
    """One session; `guest`: for whom, when somebody else comes under the same address."""
    guest = "" if booking.first_name.casefold() == client.first_name.casefold() else booking.first_name
    return {"booking": booking, "link": reverse("booking", args=[links.make(booking)]), "guest": guest}


@for_clients
@require_POST
def my_again(request: HttpRequest, client: Client) -> HttpResponse:
    """The same once more: with a start it is held at once, else the times are shown. Nothing is typed again."""
    last = next((one for one in her_sessions(client) if one.reference == request.POST.get("booking")), None)
    if last is None:
        raise Http404
    fill(request, client, last)
    return hold_same(request, last, clock.now())


def fill(request: HttpRequest, client: Client, last: Booking) -> None:
    """What the form of the details begins with. A safety question that was answered with none is answered so again."""
    is_clear = last.screening == Booking.Screening.CLEAR
    typed = {"name": client.name, "email": client.email, "phone": client.phone}
    keep_draft(request, typed | {"safe": "none" if is_clear else ""})
