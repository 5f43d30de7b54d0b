"""/desk/history/: who did what on a day, in words."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from bookings.views.choice import read_day
from desk.access import desk_view
from desk.page import show, zone_of
from desk.past import deeds_of
from locations.house import House
from spa import clock

A_PAGE = 100
YEARS = range(2000, 2100)
ONE_DAY = timedelta(days=1)


@desk_view("GET", "HEAD")
def history(request: HttpRequest) -> HttpResponse:
    now, house = clock.now(), House.load(request)
    today = now.astimezone(zone_of(house)).date()
    typed = read_day(request.GET.get("day"))
    day = typed if typed and typed.year in YEARS else today
    page = Paginator(deeds_of(day, zone_of(house)), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "day": day,
        "is_today": day == today,
        "before": day - ONE_DAY,
        "after": day + ONE_DAY if day < today else None,
        "page": page,
        "total": page.paginator.count,
    }
    return show(request, "desk/history.html", context, house=house, now=now)
