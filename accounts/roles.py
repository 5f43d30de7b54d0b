"""The three roles of a studio. A role is a Group; a superuser is the owner."""

FRONT_DESK = "front desk"
THERAPIST = "therapist"
STUDIO_ADMIN = "studio admin"

ALL = (FRONT_DESK, THERAPIST, STUDIO_ADMIN)
