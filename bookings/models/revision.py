"""The number of the studio's set-up: it tells a process whether its copy of the set-up is still the truth."""

from uuid import UUID

from django.db import connection, models


class SetupRevision(models.Model):
    """One row with a random number. Triggers on every set-up table write a new one with each change.

    Random, and not counted up: a number seen inside a transaction that is rolled back, or in another database,
    never comes again.
    """

    number = models.UUIDField()

    def __str__(self) -> str:
        return str(self.number)


def setup_revision() -> UUID | None:
    """The present number; None when nothing keeps one. One statement, read once per request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM bookings_setuprevision")
        row = cursor.fetchone()
    return row and row[0]
