"""Set the database's clock, which is the product's only clock, for the rest of a test's transaction."""

from datetime import datetime

from django.db import connection


def set_clock(moment: datetime) -> None:
    """From here on `clock_timestamp()` stands still at `moment`: a function found before PostgreSQL's own."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS still_clock")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION still_clock.clock_timestamp() RETURNS timestamptz"
            f" LANGUAGE sql AS $$ SELECT timestamptz '{moment.isoformat()}' $$"
        )
        cursor.execute("SET LOCAL search_path TO still_clock, pg_catalog, public")
