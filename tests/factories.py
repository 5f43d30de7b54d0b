"""Plain keyword functions that make one row each, with sensible defaults, and the named cast of a small studio.

Whatever is not given is made as well. Instants are aware; `NOW` is a Monday noon, London and UTC being the same.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from accounts.models import User
from bookings.models import Booking, Message, WaitingEntry
from bookings.models.status import AGREED
from clients.models import Client
from locations.models import Closure, Location, OpeningHours, Prop, Room, Studio
from therapists.models import Certificate, ExtraHours, Limit, Style, Therapist, TimeOff, WorkingHours
from treatments.models import Guidance, Length, ReminderStep, TherapistTreatment, Treatment

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PASSWORD = "walk-slowly-1"
MONDAY_TO_SATURDAY = range(6)
HIRED = date(2026, 1, 5)
_next = count(1)


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    """An instant on the Monday of `NOW`, or `days` after it."""
    return NOW.replace(hour=hour, minute=minute) + timedelta(days=days)


def span(start: datetime, minutes: int) -> DateTimeTZRange:
    """The half-open range of that many minutes."""
    return DateTimeTZRange(start, start + timedelta(minutes=minutes))


def user(*, role: str | None = None, **fields: Any) -> User:
    """Somebody who signs in with `PASSWORD`; `role` is one of accounts.roles and makes her staff."""
    fields = {"email": f"user{next(_next)}@mail.example", "is_staff": role is not None} | fields
    person = User.objects.create_user(password=PASSWORD, **fields)
    if role:
        person.groups.add(Group.objects.get_or_create(name=role)[0])  # the database of a race has none
    return person


def owner(**fields: Any) -> User:
    return User.objects.create_superuser(**{"email": "owner@mail.example", "password": PASSWORD} | fields)


def studio(**fields: Any) -> Studio:
    """The one studio; made on the first call, given again afterwards."""
    words = {
        "name": "Stone & Step",
        "reference_prefix": "SS",
        "email": "hello@stoneandstep.example",
        "languages": ["en", "es"],
    }
    return Studio.objects.get_or_create(pk=1, defaults=words | fields)[0]


def location(**fields: Any) -> Location:
    studio()
    number = next(_next)
    words = {
        "slug": f"place-{number}",
        "name": f"Place {number}",
        "address": "3 Weir Lane, Millford",
        "phone": "01632 960 123",
        "zone_name": "Europe/London",
        "quiet_from": time(21),
        "quiet_until": time(8),
    }
    return Location.objects.create(**words | fields)


def opening(*, location: Location, weekday: int = 0, opens: str = "09:00", closes: str = "18:00") -> OpeningHours:
    return OpeningHours.objects.create(
        location=location,
        weekday=weekday,
        opens=time.fromisoformat(opens),
        closes=time.fromisoformat(closes),
    )


def closure(*, location: Location, during: DateTimeTZRange, **fields: Any) -> Closure:
    return Closure.objects.create(location=location, during=during, **fields)


def room(*, props: tuple[str, ...] = (), **fields: Any) -> Room:
    """A room with one prop of each kind in `props`."""
    place = fields.pop("location", None) or location()
    made = Room.objects.create(location=place, **{"name": f"Room {next(_next)}"} | fields)
    for kind in props:
        prop(room=made, kind=kind)
    return made


def prop(*, room: Room, kind: str = "mat", **fields: Any) -> Prop:
    return Prop.objects.create(room=room, kind=kind, **{"name": kind} | fields)


def style(**fields: Any) -> Style:
    number = next(_next)
    return Style.objects.create(**{"slug": f"style-{number}", "name": f"Style {number}"} | fields)


def therapist(*, styles: tuple[Style, ...] = (), **fields: Any) -> Therapist:
    number = next(_next)
    made = Therapist.objects.create(**{"slug": f"therapist-{number}", "name": f"Therapist {number}"} | fields)
    made.styles.set(styles)
    return made


def working_hours(
    *,
    therapist: Therapist,
    location: Location,
    weekday: int = 0,
    opens: str = "09:00",
    closes: str = "18:00",
    **fields: Any,
) -> WorkingHours:
    return WorkingHours.objects.create(
        therapist=therapist,
        location=location,
        weekday=weekday,
        opens=time.fromisoformat(opens),
        closes=time.fromisoformat(closes),
        **{"valid_from": HIRED} | fields,
    )


def extra_hours(*, therapist: Therapist, location: Location, during: DateTimeTZRange) -> ExtraHours:
    return ExtraHours.objects.create(therapist=therapist, location=location, during=during)


def certificate(*, therapist: Therapist, styles: tuple[Style, ...] = (), **fields: Any) -> Certificate:
    words = {"body": "Barefoot School", "level": "Two bars", "issued_on": date(2024, 3, 1)}
    made = Certificate.objects.create(therapist=therapist, **words | fields)
    made.styles.set(styles)
    return made


def limit(*, therapist: Therapist, **fields: Any) -> Limit:
    return Limit.objects.create(therapist=therapist, **fields)


def time_off(*, therapist: Therapist, during: DateTimeTZRange, **fields: Any) -> TimeOff:
    return TimeOff.objects.create(therapist=therapist, during=during, **fields)


def treatment(**fields: Any) -> Treatment:
    number, school = next(_next), fields.pop("style", None) or style()
    words = {"slug": f"treatment-{number}", "name": f"Treatment {number}"}
    return Treatment.objects.create(style=school, **words | fields)


def length(*, minutes: int = 30, price: str = "45.00", **fields: Any) -> Length:
    given = fields.pop("treatment", None) or treatment()
    return Length.objects.create(treatment=given, minutes=minutes, price=Decimal(price), **fields)


def therapist_treatment(*, therapist: Therapist, treatment: Treatment, **fields: Any) -> TherapistTreatment:
    return TherapistTreatment.objects.create(therapist=therapist, treatment=treatment, **fields)


def guidance(**fields: Any) -> Guidance:
    words = {"kind": "meal", "anchor": "start", "offset_minutes": -90, "title": "Finish eating by {time}"}
    return Guidance.objects.create(**words | fields)


def reminder_step(**fields: Any) -> ReminderStep:
    words = {"kind": "before_meal", "anchor": "start", "offset_minutes": -180, "subject": "Eat", "text": "By {eat_by}."}
    return ReminderStep.objects.create(**words | fields)


def client(**fields: Any) -> Client:
    words = {"name": "Robin Hale", "email": f"robin{next(_next)}@mail.example", "created_at": NOW}
    return Client.objects.create(**words | fields)


def new_booking(*, start: datetime | None = None, status: str = "booked", **fields: Any) -> Booking:
    """An unsaved session with ranges and agreed words filled in. Starts on Tuesday at 9:00 unless told."""
    start, given = start or at(9, days=1), fields.pop("length", None) or length()
    treated = given.treatment
    words = {
        "therapist": fields.pop("therapist", None) or therapist(),
        "length": given,
        "status": status,
        "during": span(start, given.minutes),
        "therapist_block": _around(start, given.minutes, treated.before_minutes, treated.after_minutes),
        "treatment_name": str(treated.name),
        "price": given.price,
        "minutes": given.minutes,
        "free_cancel_until": start - timedelta(hours=24),
        "created_at": NOW,
    }
    words |= _place(fields, start, given) | _agreed(status, fields)
    return Booking(**words | fields)


def booking(**fields: Any) -> Booking:
    """A saved session; see `new_booking`."""
    made = new_booking(**fields)
    made.save()
    return made


def held(*, until: datetime | None = None, **fields: Any) -> Booking:
    """A time that a client holds, for ten minutes from `NOW` unless told."""
    words = {"hold_expires_at": until or NOW + timedelta(minutes=10), "held_since": NOW}
    return booking(status="held", **words | fields)


def waiting(**fields: Any) -> WaitingEntry:
    """Robin waits for any time of the Tuesday and Wednesday after `NOW`, with anyone, unless told."""
    words = {"name": "Robin Hale", "address_proven_at": NOW, "created_at": NOW}
    if not fields.keys() & {"email", "phone"}:
        words["email"] = f"robin{next(_next)}@mail.example"
    words |= {"length": fields.pop("length", None) or length(), "location": fields.pop("location", None) or location()}
    words |= {"first_on": NOW.date() + timedelta(days=1), "last_on": NOW.date() + timedelta(days=2)}
    return WaitingEntry.objects.create(**words | fields)


def mailed(row: Booking | WaitingEntry) -> Booking | WaitingEntry:
    """The same, as a mail about it has it: links that are made of it leave by mail."""
    row.by_mail = True
    return row


def message(*, booking: Booking | None = None, **fields: Any) -> Message:
    words = {
        "key": f"message/{next(_next)}",
        "kind": "confirmation",
        "booking": booking,
        "client": booking.client if booking else None,
        "recipient": "robin@mail.example",
        "due_at": NOW,
        "created_at": NOW,
    }
    return Message.objects.create(**words | fields)


def _around(start: datetime, minutes: int, before: int, after: int) -> DateTimeTZRange:
    return span(start - timedelta(minutes=before), before + minutes + after)


def _place(fields: dict[str, Any], start: datetime, given: Length) -> dict[str, Any]:
    """Room, its range and the location; a session at the client's home has no room."""
    if fields.get("at_home"):
        place = fields.get("location") or location()
        return {"room": None, "room_block": None, "location": place, "currency": place.currency}
    taken = fields.get("room") or room(location=fields.get("location"))
    treated = given.treatment
    block = _around(start, given.minutes, treated.room_before_minutes, treated.room_after_minutes)
    place = taken.location
    return {"room": taken, "room_block": block, "location": place, "currency": place.currency}


def _agreed(status: str, fields: dict[str, Any]) -> dict[str, Any]:
    if status == "held":
        return {"client": None, "hold_expires_at": NOW + timedelta(minutes=10)}
    if status not in AGREED:
        return {"client": None}
    person = fields.get("client") or client()
    words = {"client": person, "reference": f"SSTEST{next(_next)}"}
    typed = {"name": person.name, "email": person.email, "phone": person.phone}
    return words | typed | {"address_proven_at": NOW}


@dataclass(frozen=True)
class SmallStudio:
    """Ana and Mei at Weir Lane: open Monday to Saturday 9:00 to 18:00, two rooms with a mat, two lengths.

    Ana also gives bars and oil (30 minutes, certificate needed) in the room with bars and a table.
    """

    place: Location
    mat_room: Room
    bar_room: Room
    mat: Style
    bars: Style
    ana: Therapist
    mei: Therapist
    back: Treatment
    back20: Length
    back30: Length
    oil: Treatment
    oil30: Length


def _usual_hours(place: Location, *people: Therapist) -> None:
    """Open, and work, in two statements instead of eighteen: thousands of tests need them."""
    hours = {"location": place, "opens": time(9), "closes": time(18)}
    OpeningHours.objects.bulk_create([OpeningHours(weekday=day, **hours) for day in MONDAY_TO_SATURDAY])
    worked = [{"therapist": person, "weekday": day} for day in MONDAY_TO_SATURDAY for person in people]
    WorkingHours.objects.bulk_create([WorkingHours(valid_from=HIRED, **hours | words) for words in worked])


def small_studio(**policies: Any) -> SmallStudio:
    """Make the cast; `policies` are fields of its Location (lead_minutes, gap_rule, ...)."""
    place = location(**{"slug": "weir-lane", "name": "Weir Lane"} | policies)
    mat = style(slug="mat", name="Mat walking")
    bars = style(slug="bars", name="Bar therapy", is_clothed=False, uses_oil=True, needs_certificate=True)
    ana = therapist(slug="ana", name="Ana", styles=(mat, bars), order=1)
    mei = therapist(slug="mei", name="Mei", styles=(mat,), order=2)
    certificate(therapist=ana, styles=(bars,))
    _usual_hours(place, ana, mei)
    back = treatment(slug="back", name="Back on the mat", style=mat, needed_props=[["mat"]], order=1)
    oil = treatment(slug="oil", name="Bars and oil", style=bars, needed_props=[["bars"], ["table"]], order=2)
    return SmallStudio(
        place=place,
        mat_room=room(location=place, name="Mat room", props=("mat",), order=1),
        bar_room=room(location=place, name="Bar room", props=("bars", "table", "mat"), order=2),
        mat=mat,
        bars=bars,
        ana=ana,
        mei=mei,
        back=back,
        back20=length(treatment=back, minutes=20, price="32.00"),
        back30=length(treatment=back),
        oil=oil,
        oil30=length(treatment=oil, price="52.00"),
    )
