"""/treatments/ and a page for each of them: lengths, prices, what one wears, who gives it and when."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import availability
from bookings.availability.soonest import soonest_of_each
from pages import data, menu
from pages.page import house_of, show, today_at
from pages.times import earliest, times_of
from spa import clock


@login_not_required
@require_safe
def treatments(request: HttpRequest) -> HttpResponse:
    now, setup = clock.now(), availability.load_setup()
    context = {
        "picture": "treatment",
        "description": _("Every kind of session that the studio gives, with its lengths and prices."),
        "items": menu.items(setup, today_at(setup, now)),
    }
    return show(request, "pages/treatments.html", setup, context)


@login_not_required
@require_safe
def treatment(request: HttpRequest, slug: str) -> HttpResponse:
    now, setup = clock.now(), availability.load_setup()
    given, lengths = next(((one, rows) for one, rows in menu.treatments(setup) if one.slug == slug), (None, []))
    if given is None or not setup.locations:
        return show(request, "pages/no_treatment.html", setup, {}, status=404)
    today = today_at(setup, now)
    item = menu.item(setup, given, lengths, today)
    free = soonest_of_each(setup, now, people=setup.givers(given), lengths=lengths)
    context = {
        "picture": "treatment",
        "description": f"{item.name}. {item.description}",
        "data": data.service(house_of(request, setup), setup, item),
        "item": item,
        "givers": menu.givers(setup, given, today),
        **times_of(setup, earliest(free.values()), None, now),
    }
    return show(request, "pages/treatment.html", setup, context)
