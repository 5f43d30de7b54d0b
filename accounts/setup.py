"""The first sign-in of a new installation: a one-time link for whoever started it."""

from django.core import signing
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import User

SALT = "accounts.setup"
VALID_SECONDS = 24 * 60 * 60
_LOCK = 7_303_014  # any number of our own: two people who press the button at once wait for each other


class AlreadySetUp(Exception):
    """There is an owner: the link has done its work."""


def make_link() -> str:
    """The path of the set-up page, good for a day and until there is an owner."""
    return reverse("setup", args=[signing.dumps("owner", salt=SALT)])


def is_open(token: str) -> bool:
    """Whether this link still makes an owner: signed by us, not older than a day, and nobody was faster."""
    try:
        signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return False
    return not has_owner()


def has_owner() -> bool:
    return User.objects.filter(is_superuser=True).exists()


@transaction.atomic
def make_owner(*, email: str, name: str, password: str) -> User:
    """Make the one first owner. Raises AlreadySetUp when there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if has_owner():
        raise AlreadySetUp
    return User.objects.create_superuser(email, password, name=name)
