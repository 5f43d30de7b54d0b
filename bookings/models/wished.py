"""What suits a client in one session: said for it, or else as her record has it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from clients.preferences import Preferences


class Wished(models.Model):
    """The wishes of a session. They count from `wishes_said_at` on; before that her record says what suits her."""

    pressure = models.PositiveSmallIntegerField(null=True)
    oil_free = models.BooleanField(default=False)
    focus_areas = ArrayField(models.CharField(max_length=20), default=list)
    avoid_areas = ArrayField(models.CharField(max_length=20), default=list)
    wishes_said_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def preferences(self) -> Preferences:
        """Whether something has to be taken care of is never a wish: it stands with her record."""
        if self.wishes_said_at is None:
            return Preferences.of(self.client)
        areas = tuple(self.focus_areas), tuple(self.avoid_areas)
        return Preferences(self.pressure, self.oil_free, *areas, self.client.caution)
