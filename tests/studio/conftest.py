"""Ada keeps the studio and is signed in."""

import pytest

from accounts import roles
from tests import factories as make


@pytest.fixture
def ada(client):
    person = make.user(role=roles.STUDIO_ADMIN, name="Ada")
    client.force_login(person)
    return person


@pytest.fixture
def cast():
    """Weir Lane with its treatments; quiet from 21:00 to 8:00."""
    return make.small_studio()
