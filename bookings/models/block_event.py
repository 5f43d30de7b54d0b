"""Who took a therapist or a room out of the day, and who gave it back: never changed afterwards."""

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from locations.models import Location, Room
from therapists.models import Therapist


class BlockEvent(models.Model):
    """The time off or closure itself may be gone again: this stays."""

    class Verb(models.TextChoices):
        BLOCKED = "blocked", _("blocked")
        LIFTED = "lifted", _("given back")
        # What a therapist asked for; accepted, it is blocked like everything else.
        ASKED = "asked", _("asked for")
        UNASKED = "unasked", _("asked for no more")
        DECLINED = "declined", _("declined")

    verb = models.CharField(max_length=8, choices=Verb)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    therapist = models.ForeignKey(Therapist, models.PROTECT, null=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    during = DateTimeRangeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(therapist__isnull=True, location__isnull=False)
                | Q(therapist__isnull=False, room__isnull=True, location__isnull=True),
                name="block_of_one_thing",
                violation_error_message=_("A therapist, a room or a place is blocked."),
            ),
            models.CheckConstraint(
                condition=Q(verb__in=["blocked", "lifted", "asked", "unasked", "declined"]),
                name="block_verb_known",
                violation_error_message=_("Time is asked for, declined, blocked or given back."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} at {self.at:%Y-%m-%d %H:%M}"
