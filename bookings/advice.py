"""The studio's advice for one booking: which rows apply, and at what instants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from bookings import guidance
from bookings.batch import once
from bookings.models import Booking
from spa import texts
from treatments.models import Guidance, Treatment

SESSION = "session"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the client's day, `at` on the location's wall clock. `here`: this is the session itself."""

    at: datetime
    kind: str
    title: str
    text: str

    @property
    def here(self) -> bool:
        return self.kind == SESSION


def moments_for(booking: Booking) -> list[guidance.Moment]:
    """Return the advice around a session in the order of time, in the booking's language. One query.

    Of each kind the most particular row wins: the treatment's, then the style's, then the studio's default.
    A studio that has written nothing yet gives `guidance.DEFAULT_ADVICE`, translated.
    """
    return moments_of(booking, once(("advice", booking.length_id), lambda: chosen(rows_for(booking.length_id))))


def moments_of(booking: Booking, rows: Iterable[Guidance]) -> list[guidance.Moment]:
    """The same of rows of which each kind stands once. No query."""
    with translation.override(booking.language):
        return guidance.timeline(
            start=booking.during.lower,
            end=booking.during.upper,
            zone=booking.location.zone,
            advice=[_advice(row) for row in rows] or _usual(),
            say_time=texts.clock,
            say_day=texts.day,
        )


def day_steps(booking: Booking) -> list[Step]:
    """The advice and the session in the order of time, in the booking's language, as page, mail and calendar show it.

    What to wear has no time of its own: it stands in the session's line.
    """
    return steps_of(booking, moments_for(booking))


def steps_of(booking: Booking, moments: Sequence[guidance.Moment]) -> list[Step]:
    """The same of moments that were made already."""
    zone, words = booking.location.zone, {"treatment": booking.treatment_name, "name": booking.therapist.name}
    wear = [_sentences(moment) for moment in moments if moment.kind == guidance.Kind.CLOTHES]
    steps = [
        Step(moment.at.astimezone(zone), moment.kind, moment.title, moment.text)
        for moment in moments
        if moment.kind != guidance.Kind.CLOTHES
    ]
    with translation.override(booking.language):
        lasts = _("%(minutes)s minutes.") % {"minutes": booking.minutes}
        steps.append(
            Step(booking.starts_at, SESSION, _("%(treatment)s with %(name)s") % words, " ".join([lasts, *wear]))
        )
    return sorted(steps, key=lambda step: (step.at, step.here))


def _sentences(moment: guidance.Moment) -> str:
    title = moment.title.rstrip(".") + "."
    return f"{title} {moment.text}".strip()


def rows_for(length_id: int) -> QuerySet[Guidance]:
    """All of the studio's rows that apply to the treatment of this length."""
    given = Treatment.objects.filter(lengths=length_id)
    return Guidance.objects.filter(
        Q(treatment__in=given) | Q(style__in=given.values("style")) | Q(treatment=None, style=None)
    )


def chosen(rows: Iterable[Guidance]) -> list[Guidance]:
    """Those that count among the rows that apply to one treatment: of each kind the most particular one."""
    return list({row.kind: row for row in sorted(rows, key=_particular)}.values())


def _usual() -> list[guidance.Advice]:
    """The usual advice in the active language."""
    return [replace(one, title=_(one.title), text=_(one.text)) for one in guidance.DEFAULT_ADVICE]


def _particular(row: Guidance) -> tuple[bool, bool]:
    return row.treatment_id is not None, row.style_id is not None


def _advice(row: Guidance) -> guidance.Advice:
    return guidance.Advice(row.kind, row.anchor, row.offset_minutes, str(row.title), str(row.text))
