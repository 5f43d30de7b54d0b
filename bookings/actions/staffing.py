"""Asking somebody to work here, and what she may do: one transaction each, the mail with it."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import invitations, sheets, staff
from accounts.models import Invitation, StaffEvent, User
from bookings.models import Message
from locations.models import Location, Studio
from therapists import sign_in
from therapists.models import Therapist

INVITATION = "invitation"


def read_staff(person: User) -> sheets.Content:
    """What the page of somebody who works here holds."""
    own = Therapist.objects.filter(user=person).values_list("pk", flat=True).first() if person.pk else None
    roles = sorted(person.groups.values_list("name", flat=True)) if person.pk else []
    return {"name": person.name, "roles": roles, "therapist": own}


def invite(*, email: str, name: str, roles: list[str], therapist: Therapist | None, by: User, now: datetime) -> User:
    """Make her sign-in and write the mail with her link. Raises staff.Refused, invitations.Taken."""
    with staff.deciding(by):
        invitation = invitations.invite(email=email, name=name, roles=roles, by=by, now=now)
        person = invitation.user
        sign_in.link(person=person, therapist=therapist)
        staff.record(StaffEvent.Verb.INVITED, person=person, by=by, now=now, **_told(name, roles, therapist))
        _mail(invitation, now)
    return person


def invite_again(*, person: User, by: User, now: datetime) -> None:
    """A new link by mail; the former one ends. Raises staff.Refused."""
    with staff.deciding(by):
        invitation = invitations.again(person=person, by=by, now=now)
        _withdraw_mails(person)
        _mail(invitation, now)


def withdraw_invitation(*, person: User, by: User, now: datetime) -> None:
    """End her link and forget her sign-in. Raises staff.Refused."""
    with staff.deciding(by):
        _withdraw_mails(person)
        sign_in.link(person=person, therapist=None)
        invitations.withdraw(person=person, by=by, now=now)


def change_staff(
    *, person: User, name: str, roles: list[str], therapist: Therapist | None, by: User, now: datetime, seen: str
) -> None:
    """Her name, what she may do and which therapist she is. `seen`: the digest of what stood on the page.

    Raises staff.Refused and sheets.ChangedMeanwhile; nothing is saved then.
    """
    with staff.deciding(by):
        if seen != sheets.digest(read_staff(User.objects.filter(pk=person.pk).first() or User())):
            raise sheets.ChangedMeanwhile
        staff.change(person=person, name=name, roles=roles, by=by)
        sign_in.link(person=person, therapist=therapist)
        staff.record(StaffEvent.Verb.CHANGED, person=person, by=by, now=now, **_told(name, roles, therapist))


def _told(name: str, roles: list[str], therapist: Therapist | None) -> dict[str, object]:
    return {"name": name, "roles": sorted(roles), "therapist": therapist.name if therapist else ""}


def _mail(invitation: Invitation, now: datetime) -> None:
    """Her link, in the studio's language. The words are deleted once they have left."""
    person, first = invitation.user, Location.objects.first()
    until = invitation.until.astimezone(first.zone) if first else invitation.until
    studio = Studio.objects.first()
    words = {
        "person": person,
        "by": invitation.by,
        "studio": studio.name if studio else settings.SITE_HOST,
        "link": f"{settings.SITE_URL}{invitations.make_path(invitation)}",
        "until": until,
    }
    with translation.override(settings.LANGUAGE_CODE):
        Message.objects.create(
            key=f"{_keys(person)}{invitation.version}",
            kind=INVITATION,
            recipient=person.email,
            subject=_("Your invitation to work at %(studio)s") % words,
            text=render_to_string("emails/invitation.txt", words),
            is_secret=True,
            due_at=now,
            useful_until=invitation.until,
            created_at=now,
        )


def _withdraw_mails(person: User) -> None:
    waiting = Message.objects.filter(key__startswith=_keys(person), state=Message.State.QUEUED)
    waiting.update(state=Message.State.WITHDRAWN, text="", html="")


def _keys(person: User) -> str:
    return f"invitation/{person.pk}/"
