"""The three roles of a studio. A role is a Group; a superuser is the owner."""

from django.http import HttpRequest

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
        held = user._held_roles = set(user.groups.values_list("name", flat=True))
    return not held.isdisjoint(allowed)
