"""What staff write down about a session or about a client, with who wrote it and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client

from .booking import Booking

LONGEST_NOTE = 1000


class Note(models.Model):
    """Never changed afterwards: what was wrong is put right by the next note. Only its words may be erased."""

    booking = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="notes")
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(max_length=LONGEST_NOTE)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(booking__isnull=True, client__isnull=False) | Q(booking__isnull=False, client__isnull=True),
                name="note_about_one_thing",
                violation_error_message=_("A note is about a session or about a client."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
