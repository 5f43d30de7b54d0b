"""The demo's therapists and clients. Every name and address is made up; numbers are those kept for fiction."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from i18nfield.strings import LazyI18nString

from bookings.demo.menu import both
from clients.models import Client
from locations.models import Location
from therapists.models import Certificate, Limit, Style, Therapist, TimeOff, WorkingHours

Hours = tuple[str, str, str, str]  # location, weekdays as digits, opens, closes
DAYS_EXPIRED, DAYS_LEFT = -20, 41


@dataclass(frozen=True)
class Person:
    slug: str
    name: str
    headline: LazyI18nString
    bio: LazyI18nString
    languages: list[str]
    pressure: tuple[int, int]
    styles: list[str]
    hours: list[Hours]
    sessions: int = 10
    certified: tuple[str, int | None] | None = None
    """Style of the certificate, and in how many days it ends."""


PEOPLE = [
    Person(
        "ana", "Ana",
        both("Steady walker. Mat, bars and oil.", "Paso firme. Colchoneta, barras y aceite."),
        both("Ana came to barefoot work after eleven years of massage by hand. She starts slower than you "
             "expect and asks often.",
             "Ana dio masajes con las manos once años antes. Empieza despacio y pregunta mucho."),
        ["en", "pt"], (2, 5), ["japanese", "chinese", "bar-therapy"],
        [("weir-lane", "02", "09:00", "13:00"), ("weir-lane", "02", "14:00", "18:00"),
         ("weir-lane", "3", "12:00", "19:00"), ("weir-lane", "4", "09:00", "12:10"),
         ("weir-lane", "4", "13:00", "18:00"), ("weir-lane", "5", "10:00", "15:00")],
        certified=("bar-therapy", 420),
    ),
    Person(
        "mei", "Mei",
        both("Light and slow. Mat.", "Ligera y lenta. Colchoneta."),
        both("Mei walks as if the floor were asleep. Good when you are tired.",
             "Mei pisa como si el suelo durmiera. Buena elección si vienes con cansancio."),
        ["en", "zh"], (1, 3), ["japanese", "thai"],
        [("weir-lane", "01345", "09:00", "12:30"), ("weir-lane", "01345", "13:10", "19:00")],
    ),
    Person(
        "jo", "Jo",
        both("Even pace, good with first visits. Mat.", "Ritmo parejo, ideal para la primera vez. Colchoneta."),
        both("Jo explains each step before it happens.", "Jo explica cada paso antes de darlo."),
        ["en"], (2, 4), ["japanese", "chinese", "bar-therapy"],
        [("weir-lane", "012345", "09:00", "12:00"), ("weir-lane", "012345", "12:40", "16:00")],
        sessions=8, certified=("bar-therapy", DAYS_EXPIRED),
    ),
    Person(
        "somchai", "Somchai",
        both("Thai floor, and the deepest pressure here.", "Suelo tailandés y la presión más profunda."),
        both("Somchai learnt from his grandmother and keeps his balance without bars.",
             "Somchai aprendió de su abuela y guarda el equilibrio sin barras."),
        ["en", "th"], (3, 5), ["thai", "bar-therapy"],
        [("weir-lane", "035", "09:45", "13:00"), ("weir-lane", "035", "14:00", "19:00"),
         ("quay-street", "124", "10:00", "13:00"), ("quay-street", "124", "14:00", "18:00")],
        sessions=9, certified=("bar-therapy", DAYS_LEFT),
    ),
    Person(
        "maximiliana", "Maximiliana Konstantinopoulou-Featherstonehaugh",
        both("Mat and bamboo by the river.", "Colchoneta y bambú junto al río."),
        both("Maximiliana works at Quay Street only. Call her Max.",
             "Maximiliana trabaja solo en Quay Street. Llámala Max."),
        ["en", "es", "el"], (1, 4), ["japanese", "chinese", "filipino"],
        [("quay-street", "12345", "10:00", "13:00"), ("quay-street", "12345", "14:00", "18:00")],
    ),
    Person(
        "indira", "Indira",
        both("Rope and plenty of warm oil.", "Cuerda y mucho aceite tibio."),
        both("Indira trained in Kerala and hangs her own ropes.",
             "Indira se formó en Kerala y cuelga sus propias cuerdas."),
        ["en", "ml"], (2, 5), ["indian", "japanese"],
        [("weir-lane", "12345", "10:00", "14:00"), ("weir-lane", "0135", "15:00", "18:30")],
        sessions=8, certified=("indian", None),
    ),
]  # fmt: skip
ILL = "indira"

FIRST_NAMES = """
    Robin Priya Tom Leila Sam Noor Ed Grace Carl Mina Ola Fay Ines Hugo Dana Yusuf Bea Lin Pilar Arturo Wren Kofi
    Agnes Ravi Marta Otis Hanne Luca Zofia Emre
"""
LAST_NAMES = "Hale Nair Brook Kamal Okoro Aziz West Lowe Dunn Reyes Vogel Tan Costa Adeyemi Byrne Novak Silva Moss"
LONG_NAMES = [
    "Wolfeschlegelsteinhausenbergerdorff Oberhuber-Papadimitrakopoulos Junior",
    "María de los Ángeles Fernández de Córdoba y Álvarez de las Asturias Bohorques",
]


def make_therapists(styles: dict[str, Style], today: date) -> dict[str, Therapist]:
    """Therapists by slug, with their styles, certificates and limits."""
    made = {}
    for order, person in enumerate(PEOPLE):
        therapist = Therapist.objects.create(
            slug=person.slug, name=person.name, headline=person.headline, bio=person.bio,
            languages=person.languages, pressure_from=person.pressure[0], pressure_to=person.pressure[1],
            order=order,
        )  # fmt: skip
        therapist.styles.set(styles[slug] for slug in person.styles)
        Limit.objects.create(
            therapist=therapist, sessions=person.sessions, hands_on_minutes=270, run_minutes=170, rest_minutes=20
        )
        if person.certified:
            _certify(therapist, styles[person.certified[0]], person.certified[1], today)
        made[person.slug] = therapist
    return made


def _certify(therapist: Therapist, style: Style, days: int | None, today: date) -> None:
    certificate = Certificate.objects.create(
        therapist=therapist,
        body="Barefoot Massage School",
        level="Two bars, one foot" if style.slug == "bar-therapy" else "Rope",
        number=f"BMS-{4000 + therapist.pk}",
        issued_on=today - timedelta(days=900),
        expires_on=None if days is None else today + timedelta(days=days),
    )
    certificate.styles.set([style])


def make_hours(therapists: dict[str, Therapist], places: dict[str, Location], since: date) -> list[WorkingHours]:
    rows = [
        WorkingHours(
            therapist=therapists[person.slug], location=places[place], weekday=int(weekday),
            opens=time.fromisoformat(opens), closes=time.fromisoformat(closes), valid_from=since,
        )
        for person in PEOPLE
        for place, weekdays, opens, closes in person.hours
        for weekday in weekdays
    ]  # fmt: skip
    return WorkingHours.objects.bulk_create(rows)


def make_illness(therapist: Therapist, place: Location, today: date) -> None:
    """Ill from this morning for three days, with sessions already booked; and a holiday asked for later."""
    midnight = datetime.combine(today, time(), place.zone)
    for kind, state, first, days in (("illness", "accepted", 0, 3), ("holiday", "proposed", 17, 4)):
        start = midnight + timedelta(days=first)
        TimeOff.objects.create(
            therapist=therapist, kind=kind, state=state, during=DateTimeTZRange(start, start + timedelta(days=days))
        )


def make_clients(draw: Random, now: datetime, how_many: int = 60) -> list[Client]:
    """Clients known for one to forty weeks, one in eight of them Spanish speaking."""
    last = LAST_NAMES.split()
    names = LONG_NAMES + [f"{first} {draw.choice(last)}" for first in FIRST_NAMES.split() * 2]
    rows = [
        Client(
            name=name,
            email=f"{name.split()[0].lower()}.{number}@mail.example".replace("í", "i"),
            phone=f"+447700900{number:03}" if number % 3 else "",
            language="es" if number % 8 == 1 else "en",
            pressure=draw.choice([None, 1, 2, 3, 3, 4, 5]),
            oil_free=number % 9 == 0,
            focus_areas=draw.choice([[], ["lower_back"], ["hips", "calves"]]),
            created_at=now - timedelta(weeks=draw.randint(5, 40)),
        )
        for number, name in enumerate(names[:how_many])
    ]
    return Client.objects.bulk_create(rows)
