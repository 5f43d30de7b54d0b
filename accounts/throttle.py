"""How often somebody may try: counted in PostgreSQL, by keyed hash, and never locked for good.

A refused try is not counted, so a lock ends by itself when the counted tries are older than the period.
"""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from accounts.models import Attempt

KEEP = timedelta(days=1)

SIGN_IN_PERIOD = timedelta(minutes=10)
SIGN_INS_OF_AN_ADDRESS = 40
SIGN_INS_OF_AN_ACCOUNT = 40
SIGN_INS_OF_BOTH = 10
"""A stranger who guesses from one address is stopped long before the owner at her own address is."""


def allow(kind: str, subject: str, limit: int, per: timedelta, now: datetime) -> bool:
    """Count one try and return True, or return False when `limit` tries lie within `per` before `now`.

    `kind` names what is tried ("hold", "link", ...; at most 20 letters); `subject` is an address or an account
    and is stored as a hash only. Tries of one subject wait for each other until the transaction ends, so ask
    before the transaction of the booking itself, not in it.
    """
    hashed = hash_of(kind, subject)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [hashed])
        tries = Attempt.objects.filter(kind=kind, subject=hashed, made_at__gt=now - per)
        if tries.count() >= limit:
            return False
        Attempt.objects.create(kind=kind, subject=hashed, made_at=now)
    return True


def allow_sign_in(account: str, address: str, now: datetime) -> bool:
    """Whether this e-mail address may be tried from this client address now; counts the try."""
    return (
        allow("sign-in both", f"{account} {network(address)}", SIGN_INS_OF_BOTH, SIGN_IN_PERIOD, now)
        and allow("sign-in address", address, SIGN_INS_OF_AN_ADDRESS, SIGN_IN_PERIOD, now)
        and allow("sign-in account", account, SIGN_INS_OF_AN_ACCOUNT, SIGN_IN_PERIOD, now)
    )


def prune(now: datetime) -> int:
    """Forget tries older than a day; return how many there were."""
    return Attempt.objects.filter(made_at__lt=now - KEEP).delete()[0]


def hash_of(kind: str, subject: str) -> str:
    """The subject as it is stored: 64 hex digits that nobody can turn back without the secret key."""
    words = f"{kind}\n{network(subject.strip()).casefold()}"
    return salted_hmac("accounts.throttle", words, algorithm="sha256").hexdigest()


def network(subject: str) -> str:
    """An IPv6 address stands for its /64, which one household gets whole; anything else stays as it is."""
    try:
        address = ip_address(subject)
    except ValueError:
        return subject
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)
