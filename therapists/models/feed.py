"""The address at which her own calendar reads her sessions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .person import Therapist


class CalendarFeed(models.Model):
    """The private address under which a therapist's calendar reads her sessions. Only the token's hash is kept."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash__regex=r"^[0-9a-f]{64}$"),  # noqa: S106 - the shape of a hash, no password
                name="feed_token_is_hashed",
                violation_error_message=_("An address of a calendar is kept as its hash only."),
            ),
            models.UniqueConstraint(
                fields=["therapist"],
                condition=Q(revoked_at__isnull=True),
                name="feed_one_per_therapist",
                violation_error_message=_("This therapist has an address for her calendar already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.therapist}, {self.made_at:%Y-%m-%d}"
