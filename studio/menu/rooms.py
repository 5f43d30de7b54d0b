"""/studio/rooms/: where sessions are given, what stands there, and until when that may be used."""

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bookings.models import Booking
from locations.house import House
from locations.models import Location, Prop, Room
from spa import clock, texts
from studio.access import studio_view
from studio.menu.room_form import RoomForm
from studio.menu.things import THINGS, kept, row_or_404, thing_page
from studio.page import show, zone_of
from studio.profiles import booked

WARN_DAYS = 60


@studio_view("GET", "HEAD")
def rooms(request: HttpRequest) -> HttpResponse:
    house, now = House.load(request), clock.now()
    today = now.astimezone(zone_of(house)).date()
    rows = (
        Room.objects.select_related("location")
        .prefetch_related("props")
        .order_by("location__order", "location", "order")
    )
    found = [(row, [prop.name for prop in row.props.all()], warnings(row.props.all(), today, now)) for row in rows]
    return show(request, "studio/menu/rooms.html", {"rows": found, "can_add": bool(house.locations)}, house)


@studio_view("GET", "HEAD", "POST")
def room(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    thing, now, house = THINGS["room"], clock.now(), House.load(request)
    row = row_or_404(thing, pk) if pk is not None else None
    typed = request.POST if request.method == "POST" else None
    form = RoomForm(typed, content=thing.page.read(row or Room()), places=Location.objects.all())
    if saved := kept(request, thing, row, form):
        return saved
    ahead = booked.ahead(now, room=row) if row else []
    props = list(row.props.all()) if row else []
    extra = {
        "booked": booked.listed(ahead),
        "without": booked.lines(without_props(ahead, props)),
        "warnings": warnings(props, now.astimezone(zone_of(house)).date(), now),
    }
    return thing_page(request, thing, row, form, house, extra)


def warnings(props: Iterable[Prop], today: dt.date, now: dt.datetime) -> list[str]:
    """A sentence for each prop that lapses soon, has lapsed, or is out of service."""
    found = []
    for prop in props:
        words = {"name": prop.name, "day": prop.inspected_until and texts.long_day(prop.inspected_until)}
        if prop.inspected_until and prop.inspected_until < today:
            found.append(_("%(name)s: not inspected since %(day)s, so out of service.") % words)
        elif prop.inspected_until and prop.inspected_until <= today + dt.timedelta(days=WARN_DAYS):
            found.append(_("%(name)s: the inspection lapses after %(day)s.") % words)
        if prop.out_from and prop.out_from <= now and (prop.out_until is None or prop.out_until > now):
            found.append(_("%(name)s: out of service now.") % words)
    return found


def without_props(ahead: Iterable[Booking], props: Iterable[Prop]) -> list[Booking]:
    """The sessions during which something of that room that they need is out of service."""
    out = [prop for prop in props if prop.out_from]
    return [row for row in ahead if any(_lacks(row, prop) for prop in out)]


def _lacks(row: Booking, prop: Prop) -> bool:
    is_out = prop.out_from < row.ends_at and (prop.out_until is None or row.starts_at < prop.out_until)
    return is_out and any(prop.kind in group for group in row.length.treatment.needed_props)
