"""What the tests of sending share: a mail server to deliver to, a message that waits, and a run of the sender."""

from datetime import timedelta

from bookings.models import Message
from bookings.outbox import delivery
from spa import clock
from tests import factories as make


def deliver_to(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
    settings.MAIL_TO_FILES = False


def note(**fields) -> Message:
    """A queued message that brings its own words."""
    now = clock.now()
    return make.message(**{"subject": "A note", "text": "Words\n", "due_at": now, "created_at": now} | fields)


def run(limit=50) -> dict[str, int]:
    return delivery.deliver_due(clock.now(), limit)


def state(message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.reason


def age_leases() -> None:
    """Time passes: every lease ended a second ago."""
    Message.objects.filter(state="sending").update(lease_until=clock.now() - timedelta(seconds=1))
