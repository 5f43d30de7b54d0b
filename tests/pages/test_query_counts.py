"""How many statements the public pages take: the same for two therapists and for forty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make

pytestmark = pytest.mark.django_db
# The first time after a change of the set-up, and from then on.
PAGES = {
    "/": [10, 7],
    "/therapists/": [8, 5],
    "/therapists/ana/": [12, 9],
    "/treatments/": [5, 2],
    "/treatments/back/": [9, 6],
    "/prepare/?day=2026-11-24&time=14:20": [7, 4],
    "/ashiatsu/": [5, 2],
    "/places/weir-lane/": [4, 1],
}


@pytest.fixture(params=[0, 38], ids=["two therapists", "forty therapists"])
def cast(request):
    made = make.small_studio()
    for _number in range(request.param):
        person = make.therapist(styles=(made.mat, made.bars))
        make.working_hours(therapist=person, location=made.place, weekday=1)
        make.certificate(therapist=person, styles=(made.bars,))
        make.length(treatment=make.treatment(style=made.mat))
    return made


def statements(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_takes_the_same_statements_at_any_size(client, cast, path):
    assert [statements(client, path), statements(client, path)] == PAGES[path]
