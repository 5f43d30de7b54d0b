"""The pages of therapists and the menu: whatever is typed into them is answered, and they take as much at any size."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Sheet
from tests import factories as make
from tests.malformed import NASTY

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
TABS = ("", "photo/", "treatments/", "hours/", "time-off/", "extra-hours/", "limits/", "certificates/", "notes/")


def pages(cast):
    tabs = [f"/studio/therapists/{cast.ana.pk}/{tab}" for tab in TABS]
    menu = [f"/studio/treatments/{cast.back.pk}/", f"/studio/styles/{cast.mat.pk}/"]
    places = [
        f"/studio/places/{cast.place.pk}/",
        f"/studio/places/{cast.place.pk}/hours/",
        "/studio/places/studio/1/",
        "/studio/advice/studio/1/",
    ]
    return [*tabs, *menu, *places, f"/studio/rooms/{cast.mat_room.pk}/"]


def statements(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_anything_typed_is_answered(client, ada, cast):
    found = set()
    for path in pages(cast):
        names = set(re.findall(r'name="(\w+)"', client.get(path).text)) - {"csrfmiddlewaretoken", "version", "do"}
        for value in NASTY[:: max(1, len(NASTY) // 6)]:
            body = b"&".join(name.encode() + b"=" + value.encode() for name in sorted(names)) + b"&do=save"
            found.add(client.generic("POST", path, body, FORM).status_code)
    assert found <= {400, 409, 422}
    assert Sheet.objects.count() == 0


def test_anything_asked_of_the_hours_is_answered(client, ada, cast):
    path = f"/studio/therapists/{cast.ana.pk}/hours/"
    for value in NASTY:
        asked = (f"plan={value}" if isinstance(value, str) else "plan=x").encode("utf-8", "replace").decode("latin-1")
        assert client.get(path, QUERY_STRING=asked).status_code in (200, 400)


@pytest.mark.parametrize(
    "path", ["/studio/", "/studio/treatments/", "/studio/rooms/", "/studio/places/", "/studio/advice/"]
)
def test_a_list_takes_the_same_statements_at_any_size(client, ada, cast, path):
    first = statements(client, path)
    for _number in range(20):
        make.length(treatment=make.treatment(style=cast.mat))
        make.room(location=cast.place, props=("mat", "bars"))
    assert statements(client, path) == first
