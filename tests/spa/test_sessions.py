"""A session that cannot be saved: its row is gone, or the whole database is."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError

from spa.sessions import SessionStore
from tests.races.databases import pointed_at

pytestmark = pytest.mark.django_db(transaction=True)


def saved() -> SessionStore:
    session = SessionStore()
    session["holder"] = "somebody"
    session.save(must_create=True)
    return session


def test_a_deleted_session_says_so():
    session = saved()
    session.delete(session.session_key)
    with pytest.raises(UpdateError):
        session.save()


def test_a_lost_database_is_no_deleted_session(tmp_path):
    session = saved()
    with pointed_at(HOST=str(tmp_path)), pytest.raises(OperationalError):
        session.save()
    session.save()
    assert SessionStore(session.session_key)["holder"] == "somebody"
