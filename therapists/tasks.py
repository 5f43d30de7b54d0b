"""What Celery runs. Every task may run twice at once without harm."""

from celery import shared_task

from spa import clock
from therapists import files


@shared_task(name="therapists.tasks.forget_files")
def forget_files() -> int:
    return files.forget(clock.now())
