"""Who works here: roles, switching off and on, and the rule that somebody always keeps the studio.

Every change waits for the one before it, so that two admins who take each other's keys at once leave one of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Invitation, StaffEvent, User
from accounts.roles import STUDIO_ADMIN

_LOCK = 7_303_015  # any number of our own


class Refused(Exception):
    """This cannot be done. `field` names where it was typed, `reason` says why and what to do instead."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


def people() -> QuerySet[User]:
    """Everybody who works here, or was asked to."""
    return User.objects.filter(is_staff=True)


def keepers() -> QuerySet[User]:
    """Those who can sign in and change the studio: admins and owners."""
    return people().filter(Q(is_superuser=True) | Q(groups__name=STUDIO_ADMIN), is_active=True).distinct()


def lock() -> None:
    """Wait until whoever else changes the staff is done; holds until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@contextmanager
def deciding(by: User) -> Iterator[None]:
    """One change of the staff, in one transaction, by somebody who may make it when her turn comes. Raises Refused."""
    with transaction.atomic():
        lock()
        if not keepers().filter(pk=by.pk).exists():
            raise Refused("", _("You are no studio admin any more. Ask one to do it."))
        yield


def locked(person: User, by: User) -> User:
    """Somebody as she stands until the transaction ends. Raises Refused: an owner is changed by owners alone."""
    standing = people().select_for_update(no_key=True).filter(pk=person.pk).first()
    if standing is None:
        raise Refused("", _("This person does not work here any more. Look at the list."))
    if standing.is_superuser and not User.objects.filter(pk=by.pk, is_superuser=True).exists():
        raise Refused("", _("Only an owner changes an owner. Ask one to do it."))
    return standing


def change(*, person: User, name: str, roles: list[str], by: User) -> None:
    """Give somebody her name and her roles. Call it inside `deciding`. Raises Refused."""
    standing = locked(person, by)
    standing.name = name
    standing.save(update_fields=["name"])
    standing.groups.set(Group.objects.filter(name__in=roles))
    _somebody_stays(
        "roles", _("Nobody else keeps the studio. Make somebody else a studio admin first, then take this role away.")
    )


def switch_off(*, person: User, by: User, now: datetime) -> None:
    """End all her sessions and let her in no more, by whatever link. Raises Refused."""
    with deciding(by):
        standing = locked(person, by)
        if not standing.is_active and not hasattr(standing, "invitation"):
            return
        Invitation.objects.filter(user=standing).delete()
        User.objects.filter(pk=standing.pk).update(is_active=False, sessions_ended=F("sessions_ended") + 1)
        _somebody_stays(
            "off", _("Nobody else keeps the studio. Make somebody else a studio admin first, then switch this one off.")
        )
        record(StaffEvent.Verb.OFF, person=standing, by=by, now=now)


def switch_on(*, person: User, by: User, now: datetime) -> None:
    """Let somebody in again who was switched off; whoever was only invited sets her password first. Raises Refused."""
    with deciding(by):
        standing = locked(person, by)
        if standing.is_active or hasattr(standing, "invitation"):
            return
        User.objects.filter(pk=standing.pk).update(is_active=True)
        record(StaffEvent.Verb.ON, person=standing, by=by, now=now)


def record(verb: str, *, person: User | None, by: User, now: datetime, **told: Any) -> None:
    """Write who did what about whom; `told`: her name, her roles and whatever else holds from now on."""
    StaffEvent.objects.create(
        verb=verb, at=now, actor=by, person=person, email=person.email if person else "", told=told
    )


def _somebody_stays(field: str, reason: str) -> None:
    if not keepers().exists():
        raise Refused(field, reason)
