"""What the studio has set up: places, the menu, and who may give what. Three statements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from bookings.scheduling.offers import Terms
from bookings.scheduling.timeline import TICK_MINUTES
from locations.house import open_locations
from locations.models import Location, Studio
from therapists.models import Certificate, Limit, Therapist
from treatments.models import Length, TherapistTreatment, Treatment


@dataclass(frozen=True, slots=True)
class Setup:
    """The whole menu: open locations, lengths on the menu and bookable therapists, each in the studio's order.

    A therapist carries `style_ids`, `certificate_rows`, `treatment_rows_list` and `limit_rows`, read with her.
    """

    locations: tuple[Location, ...]
    lengths: tuple[Length, ...]
    therapists: tuple[Therapist, ...]

    @property
    def studio(self) -> Studio | None:
        return self.locations[0].studio if self.locations else None

    def location(self, slug: str) -> Location | None:
        return next((place for place in self.locations if place.slug == slug), None)

    def length(self, slug: str) -> Length | None:
        return next((length for length in self.lengths if length.slug == slug), None)

    def therapist(self, slug: str) -> Therapist | None:
        return next((person for person in self.therapists if person.slug == slug), None)

    def asked(self, therapist: Therapist | None) -> tuple[Therapist, ...]:
        """Everybody for None, else the one therapist as read here; nobody when she takes no bookings."""
        return tuple(person for person in self.therapists if therapist in (None, person))

    def givers(self, treatment: Treatment, asked: Therapist | None = None) -> tuple[Therapist, ...]:
        """Those asked for who give a treatment; on which days a certificate holds is seen later."""
        return tuple(person for person in self.asked(asked) if gives(person, treatment))


def load_setup() -> Setup:
    lengths = (
        Length.objects.filter(on_menu=True, treatment__on_menu=True)
        .select_related("treatment__style")
        .order_by("treatment__order", "treatment_id", "-minutes")
    )
    return Setup(
        locations=tuple(open_locations()),
        lengths=tuple(lengths),
        therapists=tuple(_therapists()),
    )


def _therapists():
    mine = OuterRef("pk")
    styles = Therapist.styles.through.objects.filter(therapist=mine).values("style_id")
    certified = Certificate.styles.through.objects.filter(certificate__therapist=mine).values(
        row=JSONObject(style="style_id", since="certificate__issued_on", until="certificate__expires_on")
    )
    rows = TherapistTreatment.objects.filter(therapist=mine).values(
        row=JSONObject(
            treatment="treatment_id", gives="gives", price="price", before="before_minutes", after="after_minutes"
        )
    )
    limits = Limit.objects.filter(therapist=mine).values(
        row=JSONObject(
            weekday="weekday",
            sessions="sessions",
            hands_on="hands_on_minutes",
            run="run_minutes",
            rest="rest_minutes",
        )
    )
    return Therapist.objects.filter(bookable=True).annotate(
        style_ids=ArraySubquery(styles),
        certificate_rows=ArraySubquery(certified),
        treatment_rows_list=ArraySubquery(rows),
        limit_rows=ArraySubquery(limits),
    )


def own_row(therapist: Therapist, treatment: Treatment) -> dict | None:
    return next((row for row in therapist.treatment_rows_list if row["treatment"] == treatment.pk), None)


def gives(therapist: Therapist, treatment: Treatment) -> bool:
    """Her own row decides; without one, her styles do."""
    row = own_row(therapist, treatment)
    return row["gives"] if row else treatment.style_id in therapist.style_ids


def certified_days(therapist: Therapist, treatment: Treatment) -> Iterator[tuple[date, date | None]]:
    """The first and last valid day of each certificate of hers for the style of a treatment."""
    for row in therapist.certificate_rows:
        if row["style"] == treatment.style_id:
            until = row["until"]
            yield date.fromisoformat(row["since"]), date.fromisoformat(until) if until else None


def terms_of(therapist: Therapist, length: Length) -> Terms:
    """The ticks that a session takes of this therapist and of a room, her own minutes first."""
    treatment = length.treatment
    row = own_row(therapist, treatment) or {}
    before, after = row.get("before"), row.get("after")
    return Terms(
        hands_on=length.minutes // TICK_MINUTES,
        before=(treatment.before_minutes if before is None else before) // TICK_MINUTES,
        after=(treatment.after_minutes if after is None else after) // TICK_MINUTES,
        room_before=treatment.room_before_minutes // TICK_MINUTES,
        room_after=treatment.room_after_minutes // TICK_MINUTES,
    )


def price_of(therapist: Therapist, length: Length) -> Decimal:
    """What this therapist takes for this length; her own price is for her longest session of the treatment."""
    row = own_row(therapist, length.treatment)
    own = row and row["price"]
    return length.price if own is None else Decimal(str(own))


def shortest_block(therapist: Therapist, lengths: tuple[Length, ...]) -> int:
    """The ticks of the shortest block that she sells: a smaller piece of free time is a gap."""
    blocks = [terms_of(therapist, length) for length in lengths if gives(therapist, length.treatment)]
    return min((terms.before + terms.hands_on + terms.after for terms in blocks), default=1)
