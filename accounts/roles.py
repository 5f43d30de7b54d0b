"""The three roles of a studio. A role is a Group; a superuser is the owner."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:  # `make run` names the roles before there are settings, and models cannot be read without
    from django.contrib.auth.base_user import AbstractBaseUser

FRONT_DESK = "front desk"
THERAPIST = "therapist"
STUDIO_ADMIN = "studio admin"

ALL = (FRONT_DESK, THERAPIST, STUDIO_ADMIN)


def may(request: HttpRequest, *allowed: str) -> bool:
    """Whether the signed-in person holds one of these roles. Asked many times a page, looked up once."""
    user = request.user
    if not user.is_active or not user.is_staff:
        return False
    if user.is_superuser:
        return True
    held = getattr(user, "_held_roles", None)
    if held is None:
        held = remember(user, user.groups.values_list("name", flat=True))
    return not held.isdisjoint(allowed)


def remember(user: AbstractBaseUser, held: Iterable[str]) -> set[str]:
    """Keep for this request what was looked up of somebody's roles."""
    user._held_roles = set(held)
    return user._held_roles
