"""Who gets what at every address: tests/matrix.txt. A route without a line there fails; so does a line without one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bookings import links
from tests.actors import (
    ACTORS,
    ADMIN,
    ANONYMOUS,
    DESK,
    DISABLED,
    HER_THERAPIST,
    HOLDER,
    OLD_LINK,
    OTHER_LINK,
    OTHER_THERAPIST,
    OWNER,
    World,
    make_world,
)

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
WHO = {
    "everybody": ACTORS,
    "staff": (HER_THERAPIST, OTHER_THERAPIST, DESK, ADMIN, OWNER),
    "therapists": (HER_THERAPIST, OTHER_THERAPIST),
    "hers": (HER_THERAPIST,),
    "holder": (HOLDER,),
    "owner": (OWNER,),
    "admins": (ADMIN, OWNER),
    "desk": (DESK, ADMIN, OWNER),
    "outside": (ANONYMOUS, HOLDER, OTHER_LINK, OLD_LINK, DISABLED),
    "others": ACTORS,  # whoever no earlier line of the route names
}


def read_table(name: str) -> dict[str, dict[str, list[int]]]:
    """Route -> actor -> the status of each method in the order of the table's head."""
    rows: dict[str, dict[str, list[int]]] = {}
    for line in Path(__file__).with_name(name).read_text().splitlines()[1:]:
        route, who, *statuses = line.split()
        for actor in WHO.get(who, ()):
            rows.setdefault(route, {}).setdefault(actor, [int(status) for status in statuses])
        rows.setdefault(route, {})
    return rows


def routes(resolver: URLResolver | None = None) -> Iterator[str]:
    """The names of all routes that are ours; the admin's are the framework's."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)
        elif pattern.namespace != "admin":
            yield from routes(pattern)


# 302 from outside leads to the sign-in page. What nobody may know about answers 404, missing or forbidden alike.
ROWS = read_table("matrix.txt")
# The framework's admin: one group of routes per model. Nobody deletes, and bookings are only looked at.
ADMIN_ROWS = read_table("matrix_of_admin.txt")


@pytest.fixture
def world(settings) -> World:
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False  # one browser knocks here thousands of times
    return make_world()


def test_every_route_has_its_lines():
    assert set(routes()) == set(ROWS)


def test_every_model_of_the_admin_has_its_line():
    lists = {f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist" for m in admin.site._registry}
    assert lists <= set(ADMIN_ROWS)


@pytest.mark.parametrize("route", ROWS)
def test_everybody_gets_what_the_table_says(client, world, route):
    found = {actor: [world.knock(client, actor, method, route) for method in METHODS] for actor in ACTORS}
    assert found == ROWS[route]


@pytest.mark.parametrize("route", ADMIN_ROWS)
def test_the_admin_lets_in_whom_the_table_says(client, world, route):
    found = {actor: [world.knock(client, actor, method, route) for method in ("GET", "POST")] for actor in ACTORS}
    outside = dict.fromkeys(WHO["outside"], [302, 302])
    assert found == dict.fromkeys(WHO["staff"], [403, 403]) | outside | ADMIN_ROWS[route]


POSTED = [route for route, row in ROWS.items() if {200, 303, 422} & {statuses[2] for statuses in row.values()}]


@pytest.mark.parametrize("route", POSTED)
def test_nothing_is_posted_without_the_forms_own_token(world, route):
    strict = Client(enforce_csrf_checks=True)
    for actor in ACTORS:
        assert world.knock(strict, actor, "POST", route) in (302, 403)


def test_missing_forbidden_forged_and_old_links_look_the_same(client, world):
    tokens = ["nothing", world.token(OTHER_LINK), world.token(OLD_LINK), links.make(world.booking, "other"), "é" * 9]
    pages = [client.get(reverse("booking", args=[token])).text for token in tokens]
    assert len({re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", page) for page in pages}) == 1


def test_the_page_behind_a_link_names_nobody_but_its_reader(client, world):
    page = client.get(reverse("booking", args=[world.token(HOLDER)])).text
    assert "Robin" in page
    for secret in ("Hale", world.booking.email, world.other.reference, "call first"):
        assert secret not in page


def test_a_reference_read_out_on_the_phone_opens_nothing(client, world):
    for token in (world.booking.reference, world.booking.reference.replace(" ", ""), str(world.booking.pk)):
        assert client.get(f"/b/{token}/").status_code == 404


def test_a_link_dies_when_its_version_goes_up(client, world):
    path = reverse("booking", args=[world.token(HOLDER)])
    type(world.booking).objects.filter(pk=world.booking.pk).update(link_version=2)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("actor", WHO["outside"])
def test_the_way_to_the_admin_leads_through_the_sign_in_page(client, world, actor):
    assert world.knock(client, actor, "GET", "admin:index") == 302
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")
