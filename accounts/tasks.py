"""What Celery runs. Every task may run twice at once without harm."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from accounts import throttle
from spa import clock


@shared_task(name="accounts.tasks.forget")
def forget() -> int:
    """Drop counted tries and browser sessions that are over; return how many tries."""
    SessionStore.clear_expired()
    return throttle.prune(clock.now())
