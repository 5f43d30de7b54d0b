"""The desk's tests share Dee, who stands there, and a small studio on the Monday of `NOW`, at noon."""

import pytest
from django.test import Client

from accounts import roles
from accounts.models import User
from tests import factories as make
from tests.factories import NOW, SmallStudio
from tests.studio_clock import set_clock


@pytest.fixture
def cast(db) -> SmallStudio:
    """Ana and Mei, and a clock that stands still at noon."""
    set_clock(NOW)
    return make.small_studio()


@pytest.fixture
def dee(client: Client) -> User:
    """Dee stands at the desk and is signed in."""
    person = make.user(role=roles.FRONT_DESK, name="Dee Moss")
    client.force_login(person)
    return person
