"""What a visitor asked for in the query string. Nonsense is tolerated with a plain note, never refused."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.availability import Setup, Wish
from bookings.models import Booking
from locations.models import Location
from spa import texts
from therapists.models import Therapist
from treatments.models import Length

DAYS_A_PAGE = 14
PARTS = {
    "any": gettext_lazy("Any time"),
    "morning": gettext_lazy("Morning"),
    "afternoon": gettext_lazy("Afternoon"),
    "evening": gettext_lazy("Evening"),
}
DATE_SHAPES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y")


@dataclass(frozen=True)
class Choice:
    """A location, a length and perhaps a therapist, a part of the day and a first day, with what was put right."""

    setup: Setup
    location: Location
    length: Length
    therapist: Therapist | None
    part: str
    first_day: dt.date
    today: dt.date
    all_day: dt.date | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def last_day(self) -> dt.date:
        """The last day that can be booked."""
        return self.today + dt.timedelta(days=self.location.horizon_days)

    @property
    def from_text(self) -> str:
        return self.first_day.isoformat() if self.first_day > self.today else ""

    @property
    def is_narrow(self) -> bool:
        return self.therapist is not None or self.part != "any"

    @property
    def in_words(self) -> str:
        """The folded filters: "With anyone, any time"."""
        name = self.therapist.name if self.therapist else _("anyone")
        return _("With %(name)s, %(part)s") % {"name": name, "part": str(PARTS[self.part]).lower()}

    @cached_property
    def length_words(self) -> str:
        """What is booked: "Back on the mat, 30 minutes"."""
        words = {"name": self.length.treatment.name, "minutes": self.length.minutes}
        return _("%(name)s, %(minutes)s minutes") % words

    def noons(self) -> str:
        """Noon of the page's first and last day as the studio's clock says it, with its distance from UTC."""
        days = (self.first_day, self.first_day + dt.timedelta(days=DAYS_A_PAGE - 1))
        return " ".join(dt.datetime.combine(day, dt.time(12), self.location.zone).isoformat() for day in days)

    def price(self, length: Length, givers: Sequence[Therapist]) -> str:
        """What a length costs with one of these; where they take different prices, from the least one on."""
        prices = {self.setup.price(person, length) for person in givers} or {length.price}
        amount = texts.money(min(prices), self.location.currency)
        return _("from %(price)s") % {"price": amount} if len(prices) > 1 else amount

    def wish(self) -> Wish:
        part = "" if self.part == "any" else self.part
        return Wish(
            self.location, self.length, self.therapist, self.first_day, DAYS_A_PAGE, part=part, open_day=self.all_day
        )

    def query(self, **changes: str) -> str:
        """The query string of this choice, with changes."""
        words = {
            "where": self.location.slug,
            "treatment": self.length.slug,
            "with": self.therapist.slug if self.therapist else "",
            "part": self.part,
            "from": self.from_text,
        }
        return urlencode({name: value for name, value in (words | changes).items() if value})


def read_choice(query: Mapping[str, str], setup: Setup, now: dt.datetime) -> Choice | None:
    """The choice that the query string makes; None while the studio offers nothing at all."""
    notes: list[str] = []
    location = _pick(setup.locations, query.get("where"), notes, _("We do not know that place."))
    if location is None:
        return None
    length = _pick(setup.lengths, query.get("treatment"), notes, _("We do not have that treatment."))
    if length is None:
        return None
    today = now.astimezone(location.zone).date()
    part = query.get("part") or "any"
    return Choice(
        setup=setup,
        location=location,
        length=length,
        therapist=_therapist(setup, length, query.get("with"), notes),
        part=part if part in PARTS else "any",
        first_day=_first_day(query.get("from"), today, location, notes),
        today=today,
        all_day=read_day(query.get("all")),
        notes=tuple(notes),
    )


def read_day(typed: str | None) -> dt.date | None:
    """A day as people type it; None when it is none."""
    for shape in DATE_SHAPES:
        try:
            return dt.datetime.strptime((typed or "").strip(), shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _pick(rows, slug: str | None, notes: list[str], complaint: str):
    chosen = next((row for row in rows if row.slug == slug), None)
    first = chosen or next(iter(rows), None)
    if slug and chosen is None and first is not None:
        notes.append(f"{complaint} " + _("Here is the first one on the list."))
    return first


def _therapist(setup: Setup, length: Length, slug: str | None, notes: list[str]) -> Therapist | None:
    """The therapist asked for, if she gives this length here; otherwise anyone, and a note."""
    if not slug:
        return None
    known = setup.therapist(slug)
    if known in setup.givers(length.treatment):
        return known
    if known is None:
        notes.append(_("We do not know that therapist. Here are the times with anyone."))
    else:
        notes.append(_("%(name)s does not give this treatment. Here are the times with anyone.") % {"name": known.name})
    return None


def _first_day(typed: str | None, today: dt.date, location: Location, notes: list[str]) -> dt.date:
    if not typed:
        return today
    day = read_day(typed)
    last = today + dt.timedelta(days=location.horizon_days)
    if day is None:
        notes.append(_("We could not read that date, so here are the soonest times."))
    elif day < today:
        notes.append(_("That day is over, so here are the soonest times."))
    elif day > last:
        notes.append(
            _("That is further ahead than we plan. You can book until %(day)s.") % {"day": texts.long_day(last)}
        )
        return max(today, last - dt.timedelta(days=DAYS_A_PAGE - 1))
    else:
        return day
    return today


def book_again(booking: Booking, with_her: bool = False) -> str:
    """Where to book the same once more, with the same therapist when it was she who was asked for, or is now."""
    words = {"where": booking.location.slug, "treatment": booking.length.slug}
    if with_her or booking.asked_for_therapist:
        words["with"] = booking.therapist.slug
    return f"{reverse('choose')}?{urlencode(words)}"
