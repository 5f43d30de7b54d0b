"""What roles, states and deeds are called on the pages of the staff."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import StaffEvent

ROLES = {
    roles.FRONT_DESK: gettext_lazy("front desk: books, moves, rings clients"),
    roles.THERAPIST: gettext_lazy("therapist: her own day, time off and profile"),
    roles.STUDIO_ADMIN: gettext_lazy("studio admin: everything at the desk and in the studio"),
}
SHORT = {
    roles.FRONT_DESK: gettext_lazy("front desk"),
    roles.THERAPIST: gettext_lazy("therapist"),
    roles.STUDIO_ADMIN: gettext_lazy("studio admin"),
}


def roles_in_words(held: list[str], is_owner: bool = False) -> str:
    """ "front desk, studio admin"; an owner is said to be one."""
    said = [str(words) for role, words in SHORT.items() if role in held]
    return ", ".join([_("owner"), *said] if is_owner else said)


def deed(event: StaffEvent) -> str:
    """What was done, in a sentence without a subject: "changed: Mei, front desk, therapist Mei"."""
    said = str(StaffEvent.Verb(event.verb).label)
    told = event.told
    if not told:
        return said
    parts = [told.get("name", ""), roles_in_words(told.get("roles", []))]
    if told.get("therapist"):
        parts.append(_("signs in as %(name)s") % {"name": told["therapist"]})
    return f"{said}: {', '.join(part for part in parts if part)}"
