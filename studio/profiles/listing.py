"""All therapists as the studio reads them: who takes bookings, when she is free next, what is missing."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.availability import Setup
from bookings.availability.soonest import NextFree, soonest_of_each
from spa import texts
from studio.profiles.words import state
from therapists.models import Certificate, Therapist

WARN_DAYS = 60


class Line(NamedTuple):
    """One therapist. `next` and `warnings` are sentences; `next` is empty when nothing is free for two weeks."""

    pk: int
    name: str
    state: str
    bookable: bool
    styles: str
    next: str
    warnings: list[str]


def lines(setup: Setup, now: dt.datetime, today: dt.date) -> list[Line]:
    """In the order of the site, those who take no bookings last. The same number of queries at any size."""
    free = soonest_of_each(setup, now)
    people = Therapist.objects.prefetch_related("styles", "certificates", "working_hours")
    found = [_line(person, free.get(person.pk), now, today) for person in people]
    return sorted(found, key=lambda line: not line.bookable)


def papers(certificates: Iterable[Certificate], today: dt.date) -> list[str]:
    """A sentence for each certificate that has expired or soon will."""
    found = []
    for paper in certificates:
        if paper.expires_on is None or paper.expires_on > today + dt.timedelta(days=WARN_DAYS):
            continue
        left = (paper.expires_on - today).days
        said = {"paper": str(paper), "day": texts.long_day(paper.expires_on), "count": left}
        if left < 0:
            found.append(_("%(paper)s expired after %(day)s.") % said)
        else:
            words = ngettext("%(paper)s expires in %(count)s day.", "%(paper)s expires in %(count)s days.", left)
            found.append(words % said)
    return found


def _line(person: Therapist, free: NextFree | None, now: dt.datetime, today: dt.date) -> Line:
    warnings = papers(person.certificates.all(), today)
    if person.bookable and not person.styles.all():
        warnings.append(_("No style is chosen."))
    untils = [hours.valid_until for hours in person.working_hours.all()]
    if person.bookable and not any(until is None or until >= today for until in untils):
        warnings.append(_("No hours are set."))
    return Line(
        pk=person.pk,
        name=person.name,
        state=state(person.bookable, person.public),
        bookable=person.bookable,
        styles=", ".join(str(style.name) for style in person.styles.all()),
        next=texts.moment(free.offer.start) if free else "",
        warnings=warnings,
    )
