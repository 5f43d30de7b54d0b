"""Who signs in as a client: the user behind an e-mail address that a client's record has."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from clients.models import Client


def user_for(email: str) -> User | None:
    """The user to whom a code may be sent; made when a client has this address and nobody signs in with it yet.

    None for addresses that no client has, and for staff: they have their own door.
    """
    client = Client.objects.with_email(email).select_related("user", "merged_into").first()
    if client is None:
        return None
    client = client.kept
    user = client.user or User.objects.filter(email__iexact=email).first() or _made(client, email)
    if user is None or user.is_staff or not user.is_active:
        return None
    if client.user_id != user.pk:
        Client.objects.filter(user=user).update(user=None)
        Client.objects.filter(pk=client.pk).update(user=user)
    return user


def meet(*, email: str, name: str, phone: str, language: str, now: datetime) -> None:
    """Note somebody who is about to prove her address by a code, unless a record has it already."""
    if not Client.objects.with_email(email).exists():
        fields = {"email": email, "name": name, "phone": phone, "language": language, "created_at": now}
        with suppress(IntegrityError), transaction.atomic():
            Client.objects.create(**fields)


def signed_in_as(user: Any, email: str) -> Client | None:
    """The record that a new booking joins: only of who signed in, and only with the address that she proved."""
    if not user.is_authenticated or user.is_staff:
        return None
    return Client.objects.with_email(email).filter(user=user, merged_into=None).first()


def _made(client: Client, email: str) -> User | None:
    try:
        with transaction.atomic():
            return User.objects.create_user(email=client.email or email, name=client.name)
    except IntegrityError:  # the same address asked twice at once
        return User.objects.filter(email__iexact=email).first()
