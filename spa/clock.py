"""The one clock. Read it once per request, task or command and pass the answer down as `now`."""

from datetime import UTC, datetime

from django.db import connection


def now() -> datetime:
    """Return the database's wall clock as an aware UTC datetime (microseconds).

    Several web hosts share one database, so its clock is the only one on which a hold ends at the same
    instant for everybody. `clock_timestamp()` moves on inside a transaction, unlike SQL's `now()`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
    return moment.astimezone(UTC)
