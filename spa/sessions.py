"""Sessions in the database, told apart: one that was deleted meanwhile, and a database that cannot be reached."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import InterfaceError, OperationalError


class SessionStore(db.SessionStore):
    """Django takes every failure of a save for a deleted session and answers 400; a lost database is a 503."""

    def save(self, must_create: bool = False) -> None:
        """Raises OperationalError or InterfaceError when the database is down, UpdateError when the row is gone."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, (OperationalError, InterfaceError)):
                raise error.__context__ from None
            raise
