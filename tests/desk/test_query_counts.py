"""The pages of the desk whose own tests count no statements: as many at any size, and never many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.models import Booking, Export
from tests import factories as make
from tests.desk.people import robins
from tests.factories import NOW, at, span

pytestmark = pytest.mark.django_db
MOST = 2 + 12
"""Session and user, and what the busiest page of the desk may take."""


def statements(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def more(cast, dee) -> None:
    """Five more of all that these pages list."""
    for number in range(5):
        make.client(name=f"Robin Hale {number}")
        Export.objects.create(by=dee, at=NOW, first_on=NOW.date(), last_on=NOW.date(), rows=number)
        booking = robins(cast, start=at(9, days=1 + number), client=make.client())
        make.message(booking=booking, key=f"booking/{booking.pk}/confirmation/mail/1")


@pytest.mark.parametrize(
    "path", ["clients/{who}/merge/?q=rob", "export/", "keys/", "bookings/{pk}/rest/", "blocks/therapist/{off}/lift/"]
)
def test_a_page_takes_as_many_statements_at_any_size(client, cast, dee, path):
    booking, off = robins(cast), make.time_off(therapist=cast.ana, during=span(at(16), 60))
    Booking.objects.update(screening="missing")
    Export.objects.create(by=dee, at=NOW, first_on=NOW.date(), last_on=NOW.date(), rows=0)
    address = "/desk/" + path.format(who=booking.client_id, pk=booking.pk, off=off.pk)
    before = statements(client, address)
    more(cast, dee)
    assert (statements(client, address), before <= MOST) == (before, True)
