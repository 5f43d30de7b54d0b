"""What Celery runs. Every task may run twice at once without harm."""

from celery import shared_task

from bookings import retention
from bookings.outbox import delivery
from spa import clock


@shared_task(name="bookings.tasks.deliver_due")
def deliver_due() -> dict[str, int]:
    return delivery.tick(clock.now())


@shared_task(name="bookings.tasks.forget_old")
def forget_old() -> dict[str, int]:
    return retention.forget_old(clock.now())
