"""The private addresses of therapists' calendars: random, kept as hashes, shown once, revoked at will."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from therapists.models import CalendarFeed, Therapist

TOKEN_BYTES = 32
LONGEST = 60


def make_feed(therapist: Therapist, now: datetime) -> str:
    """Return the token of a new address; an earlier one of this therapist opens nothing any more."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        Therapist.objects.select_for_update().get(pk=therapist.pk)  # two at once would leave two addresses
        revoke_feed(therapist, now)
        CalendarFeed.objects.create(therapist=therapist, token_hash=hash_of(token), made_at=now)
    return token


def revoke_feed(therapist: Therapist, now: datetime) -> bool:
    """End the address in use; False when there is none."""
    return bool(CalendarFeed.objects.filter(therapist=therapist, revoked_at=None).update(revoked_at=now))


def feed_of(token: str) -> CalendarFeed | None:
    """The feed that this token opens; None when unknown, revoked, or of somebody who may not sign in. One query."""
    if len(token) > LONGEST:
        return None
    feeds = CalendarFeed.objects.select_related("therapist")
    return feeds.filter(token_hash=hash_of(token), revoked_at=None).exclude(therapist__user__is_active=False).first()


def hash_of(token: str) -> str:
    """The token as it is kept. It has 256 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
