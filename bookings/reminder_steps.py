"""Which messages go around the sessions of a treatment: the studio's own steps, the usual ones where it has none."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from bookings.batch import once
from bookings.models import Message
from bookings.reminder_rules import USUAL_STEPS, Kind, Step
from treatments.models import ReminderStep, Treatment

Words = LazyI18nString | Promise | str


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """A step that is switched on. `str()` of its words is in the active language, placeholders not yet filled."""

    rule: Step
    channels: tuple[str, ...]
    subject: Words
    text: Words


USUAL_WORDS: dict[str, tuple[Promise, Promise]] = {
    Kind.DAY_BEFORE: (
        _("{day}, {time}: your session with {therapist}"),
        _(
            "Drink water from now on, as much as feels good.\n"
            "{clothes}\n"
            "Finish eating by {eat_by}.\n"
            "Please arrive at {arrive_at}."
        ),
    ),
    Kind.BEFORE_MEAL: (
        _("Finish eating by {eat_by}"),
        _(
            "Your session begins at {time} on {day}.\n"
            "Please finish eating by {eat_by}: you lie on your stomach during the session.\n"
            "Keep drinking water."
        ),
    ),
    Kind.AFTERCARE: (
        _("After your session: water and rest"),
        _("Thank you for coming. Take it gently for the rest of the day.\n{water_after}\n{aftercare}"),
    ),
    Kind.NEXT_DAY: (
        _("How do you feel after your session?"),
        _(
            "How do you feel after your session with {therapist}?\n"
            "If something is not as you expected, ring us: {phone}.\n"
            "If it did you good, choose your next time whenever you like."
        ),
    ),
}


def steps_for(length_id: int) -> dict[str, TimelineStep]:
    """The steps that are on for the treatment of this length, by kind. One query.

    Of each kind the most particular row wins: the treatment's, the style's, the studio's, then the usual step.
    """
    return once(("steps", length_id), lambda: chosen(rows_for(length_id)))


def rows_for(length_id: int) -> QuerySet[ReminderStep]:
    """All of the studio's rows that apply to the treatment of this length, on or off."""
    given = Treatment.objects.filter(lengths=length_id)
    return ReminderStep.objects.filter(
        Q(treatment__in=given) | Q(style__in=given.values("style")) | Q(treatment=None, style=None)
    )


def chosen(rows: Iterable[ReminderStep]) -> dict[str, TimelineStep]:
    """The steps that are on among the rows that apply to one treatment, by kind."""
    own = {row.kind: row for row in sorted(rows, key=particular)}
    steps = {step.kind: _usual(step) for step in USUAL_STEPS if step.kind not in own}
    return steps | {kind: _own(row) for kind, row in own.items() if row.is_on}


def particular(row: ReminderStep) -> tuple[bool, bool]:
    """What to sort rows of a kind by: the last one wins."""
    return row.treatment_id is not None, row.style_id is not None


def _usual(step: Step) -> TimelineStep:
    return TimelineStep(step, tuple(Message.Channel), *USUAL_WORDS[step.kind])


def _own(row: ReminderStep) -> TimelineStep:
    rule = Step(row.kind, row.anchor, row.offset_minutes)
    return TimelineStep(rule, tuple(row.channels), row.subject, row.text)
