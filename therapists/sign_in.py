"""Which therapist somebody is who signs in."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.staff import Refused
from therapists.models import Therapist


def therapist_of(user: User) -> Therapist | None:
    """Whoever signed in, as a therapist. One query."""
    return Therapist.objects.filter(user=user).first()


def link(*, person: User, therapist: Therapist | None) -> None:
    """Make somebody that therapist and no other, or none at all. Call it in a transaction. Raises Refused."""
    Therapist.objects.filter(user=person).exclude(pk=therapist and therapist.pk).update(user=None)
    if therapist is None:
        return
    standing = Therapist.objects.select_for_update().get(pk=therapist.pk)
    if standing.user_id not in (None, person.pk):
        words = _("Somebody else signs in as %(name)s. Take that away on her page first, or choose another therapist.")
        raise Refused("therapist", words % {"name": standing.name})
    Therapist.objects.filter(pk=standing.pk).update(user=person)
