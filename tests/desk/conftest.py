"""The desk's tests share Dee, who stands there, and a small studio on the Monday of `NOW`, at noon."""

import pytest
from django.test import Client

from accounts import roles
from accounts.models import User
from bookings.models import Booking
from tests import factories as make
from tests.desk.people import robins
from tests.factories import NOW, SmallStudio, at
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


@pytest.fixture
def day(cast) -> tuple[Booking, Booking]:
    """Robin at 14:00 and Kim at 15:00, both with Ana, both with their confirmations."""
    kim = make.client(name="Kim Bell", email="kim@mail.example")
    both = robins(cast), robins(cast, start=at(15), client=kim)
    for one in both:
        make.message(booking=one, key=f"booking/{one.pk}/confirmation/mail/1", state="sent", sent_at=NOW)
    return both
