"""Celery. Beat's tick is the only producer: no page ever publishes, so a dead Redis never stops a booking."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spa.settings")

app = Celery("spa")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
