"""Without the database: a plain 503 page with the studio's number, and the normal page again by itself."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

PHONE = "+44 20 7946 0000"


@pytest.fixture
def nowhere(client: Client) -> Iterator[Client]:
    """A client of a site whose database cannot be reached; errors become pages, as they do for visitors."""
    client.raise_request_exception = False
    right = connection.settings_dict
    connection.close()
    connection.settings_dict = right | {"HOST": "/nowhere"}
    with override_settings(STUDIO_PHONE=PHONE):
        yield client
    connection.close()
    connection.settings_dict = right


@pytest.fixture
def unblocked(django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.mark.parametrize("path", ["/", "/book/", "/admin/login/", "/accounts/login/"])
def test_every_page_is_a_plain_503_with_the_studios_number(unblocked: None, nowhere: Client, path: str) -> None:
    response = nowhere.get(path, {"next": "/desk/"}, headers={"Cookie": "session=abcdefghijklmnopqrstuvwxyz012345"})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert f'<a href="tel:{PHONE}">{PHONE}</a>' in response.text
    assert response.headers["Cache-Control"] == "no-store, private"


def test_healthz_says_down(unblocked: None, nowhere: Client) -> None:
    response = nowhere.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "down"})


@pytest.mark.django_db(transaction=True)
def test_it_is_normal_again_by_itself(nowhere: Client) -> None:
    assert nowhere.get("/healthz").status_code == 503
    connection.settings_dict["HOST"] = settings.DATABASES["default"]["HOST"]
    assert nowhere.get("/healthz").status_code == 200
