"""The studio's advice for one booking: which rows apply, and at what instants."""

from django.db.models import Q
from django.utils import translation

from bookings import guidance
from bookings.models import Booking
from treatments.models import Guidance, Treatment


def moments_for(booking: Booking) -> list[guidance.Moment]:
    """Return the advice around a session in the order of time, in the booking's language. One query.

    Of each kind the most particular row wins: the treatment's, then the style's, then the studio's default.
    A studio that has written nothing yet gives `guidance.DEFAULT_ADVICE`.
    """
    given = Treatment.objects.filter(lengths=booking.length_id)
    rows = Guidance.objects.filter(
        Q(treatment__in=given) | Q(style__in=given.values("style")) | Q(treatment=None, style=None)
    )
    chosen = {row.kind: row for row in sorted(rows, key=_particular)}
    with translation.override(booking.language):
        advice = [_advice(row) for row in chosen.values()]
    return guidance.timeline(
        start=booking.during.lower,
        end=booking.during.upper,
        zone=booking.location.zone,
        advice=advice or guidance.DEFAULT_ADVICE,
    )


def _particular(row: Guidance) -> tuple[bool, bool]:
    return row.treatment_id is not None, row.style_id is not None


def _advice(row: Guidance) -> guidance.Advice:
    return guidance.Advice(row.kind, row.anchor, row.offset_minutes, str(row.title), str(row.text))
