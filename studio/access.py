"""Who may open the pages of the office: studio admins and the owner; of her own profile the therapist herself."""

from accounts.access import page_for
from accounts.roles import STUDIO_ADMIN, THERAPIST

studio_view = page_for(STUDIO_ADMIN)

own_view = page_for(THERAPIST)
"""For what a therapist edits herself; whose it is is looked up by the view."""
