"""Empty the tables after a test that committed, in place of Django's flush.

Django's truncates all tables, filled or not, and then makes every content type and permission anew: 0.4 seconds on a
quiet core, after each of hundreds of tests. Here only rows that are there go, in 0.05 seconds, and the rows that come
with the tables stay. So every test begins with what the migrations make, whichever test was before it.
"""

from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase

# What comes with the tables. Triggers give the set-up a new revision when its rows are deleted.
KEPT = {"django_content_type", "auth_permission", "auth_group", "bookings_setuprevision"}
# Tables out of which triggers let no row go: only these are truncated.
GUARDED = """
SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND tgtype & 1 = 1 AND tgtype & 8 = 8
"""


def empty_tables(_: TransactionTestCase | None = None) -> None:
    """Wait for whoever still writes, as a truncation does, then take away all rows that a test has left."""
    from django.contrib.contenttypes.models import ContentType  # models are not ready when this file is read

    ContentType.objects.clear_cache()  # the test may have looked into another database
    names = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    names.add(settings.CACHES["default"]["LOCATION"])  # no model's; it counts who knocks how often
    quoted = {name: connection.ops.quote_name(name) for name in sorted(names)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(quoted.values())}")
        cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM {table} LIMIT 1)" for name, table in quoted.items()))
        filled = {name for (name,) in cursor.fetchall()}
        cursor.execute(GUARDED)
        guarded = filled & {name for (name,) in cursor.fetchall()}
        if guarded:
            cursor.execute(f"TRUNCATE {', '.join(quoted[name] for name in sorted(guarded))}")
        for name in sorted(filled - guarded):
            cursor.execute(f"DELETE FROM {quoted[name]}")


def empty_quickly() -> None:
    """From here on tests with commits of their own end so."""
    TransactionTestCase._fixture_teardown = empty_tables
