"""The demo's studio, its two locations and four rooms."""

from datetime import date, datetime, time, timedelta

from bookings.demo.menu import both
from locations.models import Location, OpeningHours, Prop, Room, Studio

# room: location, its props
ROOMS = {
    "Mat room": ("weir-lane", ["mat", "bamboo"]),
    "Bar room": ("weir-lane", ["bars", "table", "mat"]),
    "Rope room": ("weir-lane", ["rope", "mat", "bamboo"]),
    "River room": ("quay-street", ["bars", "mat", "bamboo", "table"]),
}
OUT_OF_SERVICE = ("River room", "table")


def make_places() -> dict[str, Location]:
    """Locations by slug."""
    Studio.objects.create(
        pk=1, name="Stone & Step", reference_prefix="SS", email="hello@stoneandstep.example", languages=["en", "es"]
    )
    weir = Location.objects.create(
        slug="weir-lane", name="Weir Lane", address="3 Weir Lane, Millford", phone="01632 960 123",
        access=both("Ground floor, step-free. Four minutes from the station.",
                    "Planta baja, sin escalones. A cuatro minutos de la estación."),
        zone_name="Europe/London", order=0,
    )  # fmt: skip
    quay = Location.objects.create(
        slug="quay-street", name="Quay Street", address="12 Quay Street, Harbourton", phone="01632 960 187",
        access=both("First floor, with a lift. Ring the brass bell.",
                    "Primer piso, con ascensor. Toca la campana de latón."),
        zone_name="Europe/London", lead_minutes=120, order=1,
    )  # fmt: skip
    blocks = [OpeningHours(location=weir, weekday=day, opens=time(9), closes=time(19)) for day in range(6)]
    for day in range(1, 6):
        blocks.append(OpeningHours(location=quay, weekday=day, opens=time(10), closes=time(13)))
        blocks.append(OpeningHours(location=quay, weekday=day, opens=time(14), closes=time(18)))
    OpeningHours.objects.bulk_create(blocks)
    return {place.slug: place for place in (weir, quay)}


def make_rooms(places: dict[str, Location], today: date, now: datetime) -> dict[Room, set[str]]:
    """Rooms, and the kinds of props that are in service in each."""
    made = {}
    for order, (name, (place, kinds)) in enumerate(ROOMS.items()):
        room = Room.objects.create(location=places[place], name=name, order=order)
        props = [
            Prop(room=room, kind=kind, name=Prop.Kind(kind).label.capitalize(), inspected_until=_inspected(kind, today))
            for kind in kinds
        ]
        for prop in props:
            if (name, prop.kind) == OUT_OF_SERVICE:
                prop.out_from, prop.out_until = now - timedelta(days=2), now + timedelta(days=9)
        Prop.objects.bulk_create(props)
        made[room] = {prop.kind for prop in props if prop.out_from is None}
    return made


def _inspected(kind: str, today: date) -> date | None:
    """What carries weight overhead is inspected."""
    return today + timedelta(days=120) if kind in {"bars", "rope"} else None
