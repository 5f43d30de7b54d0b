"""Who may open the pages of the desk, and who acts there. A test looks at each route."""

from django.http import HttpRequest

from accounts.access import page_for
from accounts.roles import FRONT_DESK, STUDIO_ADMIN, THERAPIST
from bookings.models.event import Actor

desk_view = page_for(FRONT_DESK, STUDIO_ADMIN)

own_view = page_for(THERAPIST)
"""For a therapist's own pages; whose they are is looked up by the view."""


def actor(request: HttpRequest) -> Actor:
    """Whoever signed in, as the one who acts."""
    return Actor("staff", request.user.pk)
