"""Time off that a therapist asks for: it takes no offer away before an admin accepts it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from bookings import staff_notices
from bookings.models import BlockEvent, Message
from bookings.periods import period_words
from bookings.scheduling.timeline import TICK_SECONDS
from locations.models import Location
from therapists.models import Therapist, TimeOff

from .blocking import Blocked, WrongTimes, in_the_way, record_block
from .change import Change
from .locks import in_transaction, lock

ANSWER = "time_off_answer"
USEFUL_FOR = timedelta(days=7)


class NotProposed(Exception):
    """It was answered or withdrawn meanwhile."""


def propose(*, therapist: Therapist, during: DateTimeTZRange, kind: str, change: Change) -> TimeOff:
    """Ask for time off; `change.reason` says why. Asked twice for the same time, it is once. Raises WrongTimes."""
    if any(edge.timestamp() % TICK_SECONDS for edge in (during.lower, during.upper)):
        raise WrongTimes

    def act() -> TimeOff:
        lock(therapists=[therapist.pk])
        proposed = {"therapist": therapist, "during": during, "state": TimeOff.State.PROPOSED}
        found = TimeOff.objects.filter(**proposed).first()
        if found is None:
            found = TimeOff.objects.create(**proposed, kind=kind, reason=change.reason)
            record_block(BlockEvent.Verb.ASKED, found, during, change.reason, change)
        return found

    return in_transaction(act)


def unpropose(*, proposal: TimeOff, change: Change) -> None:
    """Ask for it no more. Raises NotProposed."""

    def act() -> None:
        row = _locked(proposal)
        record_block(BlockEvent.Verb.UNASKED, row, row.during, "", change)
        row.delete()

    in_transaction(act)


def accept_time_off(*, proposal: TimeOff, change: Change) -> Blocked:
    """Take her out of that time, and tell her. Booked sessions stay: they come back. Raises NotProposed."""

    def act() -> Blocked:
        row = _locked(proposal)
        row.state = TimeOff.State.ACCEPTED
        row.save(update_fields=["state"])
        record_block(BlockEvent.Verb.BLOCKED, row, row.during, row.reason, change)
        _tell(row, change.now)
        return Blocked(row, tuple(in_the_way(therapist=row.therapist, during=row.during)))

    return in_transaction(act)


def decline_time_off(*, proposal: TimeOff, change: Change) -> None:
    """Say no, with `change.reason` as the word that she reads. Raises NotProposed."""

    def act() -> None:
        row = _locked(proposal)
        row.state, row.answer = TimeOff.State.DECLINED, change.reason
        row.save(update_fields=["state", "answer"])
        record_block(BlockEvent.Verb.DECLINED, row, row.during, change.reason, change)
        _tell(row, change.now)

    in_transaction(act)


def _locked(proposal: TimeOff) -> TimeOff:
    lock(therapists=[proposal.therapist_id])
    rows = TimeOff.objects.select_for_update(of=("self",)).select_related("therapist__user")
    found = rows.filter(pk=proposal.pk, state=TimeOff.State.PROPOSED).first()
    if found is None:
        raise NotProposed
    return found


def _tell(row: TimeOff, now: datetime) -> None:
    """The answer by mail, at the address she signs in with; nobody is written to who has none."""
    recipient, first = staff_notices.address(row.therapist), Location.objects.first()
    if not recipient:
        return
    with translation.override(settings.LANGUAGE_CODE):
        is_accepted = row.state == TimeOff.State.ACCEPTED
        words = {"row": row, "is_accepted": is_accepted, "when": period_words(row.during, first.zone)}
        words["link"] = f"{settings.SITE_URL}/desk/mine/time-off/"
        Message.objects.create(
            key=f"time-off/{row.pk}/{row.state}",
            kind=ANSWER,
            therapist=row.therapist,
            recipient=recipient,
            subject=_("Your time off is accepted") if is_accepted else _("Your time off is declined"),
            text=render_to_string("emails/time_off_answer.txt", words),
            due_at=now,
            useful_until=now + USEFUL_FOR,
            created_at=now,
        )
