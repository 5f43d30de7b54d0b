"""Everybody who works here, as the studio reads it: what she may do, when she last signed in, how she stands."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts import second_factor, staff
from accounts.models import StaffEvent, User
from spa import texts
from studio.staff.words import deed, roles_in_words

MOST_EVENTS = 20


class Line(NamedTuple):
    """One person. `look`: the mark of her state; `last`: when she last signed in; `factor`: whether it takes two."""

    pk: int
    name: str
    email: str
    roles: str
    therapist: str
    state: str
    look: str
    last: str
    factor: str


class Deed(NamedTuple):
    """What was done about somebody: when, by whom, about whom, what."""

    when: str
    by: str
    whom: str
    what: str


def lines(now: dt.datetime, zone: dt.tzinfo | ZoneInfo) -> list[Line]:
    """In the order of their names, those who cannot sign in last. Two queries at any size."""
    people = second_factor.with_factor(staff.people()).select_related("invitation", "therapist")
    found = [line(person, now, zone) for person in people.prefetch_related("groups").order_by("name", "email")]
    return sorted(found, key=lambda one: one.look == "is-skipped")


def line(person: User, now: dt.datetime, zone: dt.tzinfo | ZoneInfo) -> Line:
    """One of them; `person` came with `has_factor`."""
    state, look = standing(person, now)
    therapist = getattr(person, "therapist", None)
    return Line(
        pk=person.pk,
        name=person.name or person.email,
        email=person.email,
        roles=roles_in_words([group.name for group in person.groups.all()], person.is_superuser),
        therapist=therapist.name if therapist else "",
        state=state,
        look=look,
        last=texts.moment(person.last_login.astimezone(zone)) if person.last_login else _("never signed in"),
        factor=_("has a second factor") if person.has_factor else _("no second factor"),
    )


def standing(person: User, now: dt.datetime) -> tuple[str, str]:
    """Whether she can sign in, in words, and the mark beside them."""
    invitation = getattr(person, "invitation", None)
    if person.is_active:
        return _("signs in"), "is-sent"
    if invitation is None:
        return _("switched off"), "is-skipped"
    return (_("invited"), "is-queued") if invitation.until > now else (_("invitation ran out"), "is-failed")


def deeds(zone: dt.tzinfo | ZoneInfo, person: User | None = None) -> list[Deed]:
    """The newest things done about the staff, or about one of them. One query."""
    found = StaffEvent.objects.select_related("actor", "person")
    mine: Iterable[StaffEvent] = (found.filter(person=person) if person else found)[:MOST_EVENTS]
    return [
        Deed(
            texts.moment(event.at.astimezone(zone)),
            str(event.actor or _("somebody")),
            str(event.person or event.email),
            deed(event),
        )
        for event in mine
    ]
