"""Messages that are never lost: a row per message, written in the transaction that makes it due."""

from datetime import datetime

from django.db import models
from django.db.models import CharField, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from bookings.reasons import CALL, in_words
from clients.models import Client
from therapists.models import Therapist

from .booking import Booking
from .waitlist import WaitingEntry

AGAIN = "/again/"
"""In the key of a row that repeats another one; the number of that one stands behind it."""
CALLED = Q(reason__startswith=CALL)
"""Somebody rang in its place. See also `Message.was_called`."""


class MessageQuerySet(models.QuerySet):
    def due(self, now: datetime) -> "MessageQuerySet":
        """Queued and due, or taken by a worker whose lease ran out: it died while sending."""
        waiting = Q(state=Message.State.QUEUED, due_at__lte=now)
        abandoned = Q(state=Message.State.SENDING, lease_until__lte=now)
        return self.filter(waiting | abandoned)

    def left(self) -> "MessageQuerySet":
        """Sent, or being handed over: somebody reads them."""
        return self.filter(Q(state=Message.State.SENT) | Q(state=Message.State.SENDING, begun_at__isnull=False))


class Message(models.Model):
    class Channel(models.TextChoices):
        MAIL = "mail", _("e-mail")
        SMS = "sms", _("text message")

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("sending")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        SKIPPED = "skipped", _("skipped")
        WITHDRAWN = "withdrawn", _("withdrawn")

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    booking = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="messages")
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="messages")
    # Set on what a therapist reads; the booking's client is then not who it goes to.
    therapist = models.ForeignKey(Therapist, models.PROTECT, null=True, related_name="messages")
    # Set on what somebody on the waiting list reads; there is no booking yet.
    waiting = models.ForeignKey(WaitingEntry, models.PROTECT, null=True, related_name="messages")
    channel = models.CharField(max_length=4, choices=Channel, default=Channel.MAIL)
    recipient = models.CharField(max_length=254, blank=True)
    due_at = models.DateTimeField()
    useful_until = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    # When handing it over last began. A row in "sending" without one was only claimed: nothing of it can have left.
    begun_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=200, blank=True)
    # The words as sent; for a message without a booking they are written with the row.
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    is_secret = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["queued", "sending", "sent", "failed", "skipped", "withdrawn"],
                    channel__in=["mail", "sms"],
                ),
                name="message_state_known",
                violation_error_message=_("A message has one of six states."),
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(lease_until__isnull=False),
                name="message_sending_has_lease",
                violation_error_message=_("A message being sent is leased until an instant."),
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="message_sent_has_instant",
                violation_error_message=_("A sent message knows when it left."),
            ),
        ]
        indexes = [
            models.Index("due_at", name="message_queued", condition=Q(state="queued")),
            models.Index("lease_until", name="message_sending", condition=Q(state="sending")),
            models.Index("failed_at", name="message_failed", condition=Q(state="failed")),
            models.Index("useful_until", name="message_skipped", condition=Q(state="skipped")),
            models.Index(fields=["-due_at", "-id"], name="message_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"

    @property
    def why(self) -> str:
        """The reason, in the active language."""
        return in_words(self.reason)

    @property
    def was_called(self) -> bool:
        """Whether somebody rang in its place, so that its reader knows what it says. See also CALLED."""
        return self.reason.startswith(CALL)

    @property
    def original_key(self) -> str:
        """The key it was planned with: a message that the desk sends again is a row of its own."""
        return self.key.partition(AGAIN)[0]


def of_edition(edition: int | Combinable) -> Q:
    """The messages that were planned for one edition of their booking: a number, or what stands for it in SQL."""
    end = Concat(Value("/"), Cast(edition, CharField()))
    return Q(key__endswith=end) & ~Q(key__contains=AGAIN) | Q(key__contains=Concat(end, Value(AGAIN)))


class Heartbeat(models.Model):
    """When a part of the system last gave a sign of life."""

    name = models.CharField(max_length=20, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at:%Y-%m-%d %H:%M:%S}"
