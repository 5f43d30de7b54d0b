"""Asking somebody to work here: a link that she alone gets, which lets her set her password, once and in time."""

from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Invitation, StaffEvent, User
from accounts.staff import Refused, locked, record

SALT = "accounts.invitation"
VALID_FOR = timedelta(days=7)
LONGEST = 200


class Gone(Exception):
    """This link does nothing any more."""


class Taken(Refused):
    """Somebody signs in with this address already. `person` is who; None when that is a client."""

    def __init__(self, person: User | None) -> None:
        staff = _("Somebody who works here has this address: change her roles on her own page, or use another address.")
        client = _("A client signs in with this address: use another one for her work.")
        super().__init__("email", staff if person else client)
        self.person = person


def invite(*, email: str, name: str, roles: list[str], by: User, now: datetime) -> Invitation:
    """Make a sign-in that opens nothing before its link is followed. Call it inside `staff.deciding`. Raises Taken."""
    _look_who_has(email)
    try:
        with transaction.atomic():  # a client may make her sign-in with this address right now
            person = User.objects.create_user(email, name=name, is_staff=True, is_active=False)
    except IntegrityError:
        _look_who_has(email)
        raise
    person.groups.set(Group.objects.filter(name__in=roles))
    return Invitation.objects.create(user=person, by=by, sent_at=now, until=now + VALID_FOR)


def again(*, person: User, by: User, now: datetime) -> Invitation:
    """A new link in place of the former one, which ends. Call it inside `staff.deciding`. Raises Refused."""
    found = _open_of(locked(person, by))
    found.version, found.by, found.sent_at, found.until = found.version + 1, by, now, now + VALID_FOR
    found.save()
    record(StaffEvent.Verb.AGAIN, person=person, by=by, now=now)
    return found


def withdraw(*, person: User, by: User, now: datetime) -> None:
    """End the link and forget the sign-in, which nobody ever used. Call it inside `staff.deciding`. Raises Refused."""
    standing = locked(person, by)
    _open_of(standing)
    record(StaffEvent.Verb.WITHDRAWN, person=standing, by=by, now=now)
    standing.delete()


def make_path(invitation: Invitation) -> str:
    """The path of the page at which she sets her password."""
    return reverse("invitation", args=[signing.dumps([invitation.user_id, invitation.version], salt=SALT)])


def read(token: str, now: datetime) -> Invitation | None:
    """Whose invitation this is; None when it is forged, over, withdrawn, used, or was sent again since."""
    try:
        pk, version = signing.loads(token[: LONGEST + 1], salt=SALT)
    except signing.BadSignature:
        return None
    asked = Invitation.objects.select_related("user").filter(user_id=pk, version=version, until__gt=now)
    return asked.filter(user__is_active=False).first()


def accept(*, token: str, password: str, now: datetime) -> User:
    """Set the password of whoever was invited and let her in from now on. Raises Gone."""
    with transaction.atomic():
        asked = read(token, now)
        found = asked and Invitation.objects.select_for_update(of=("self",)).filter(pk=asked.pk).first()
        if not found or found.version != asked.version:
            raise Gone
        person = asked.user
        person.set_password(password)
        person.is_active = True
        person.save(update_fields=["password", "is_active"])
        found.delete()
        record(StaffEvent.Verb.ACCEPTED, person=person, by=person, now=now)
    return person


def _open_of(person: User) -> Invitation:
    found = Invitation.objects.select_for_update().filter(user=person).first()
    if found is None:
        raise Refused("", _("This invitation is not open any more. Look at the page as it is now."))
    return found


def _look_who_has(email: str) -> None:
    found = User.objects.filter(email__iexact=email).first()
    if found:
        raise Taken(found if found.is_staff else None)
