"""Whatever arrives, the real server answers it, and never with a fault of its own."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.test import Client

from tests.actors import HOLDER, OWNER, World, make_world
from tests.malformed import Visitor, request, send
from tests.races.databases import fresh_database, own_name
from tests.races.site import Site, running
from tests.test_matrix import ADMIN_ROWS, ROWS

SEED = 2
AT_ONCE = 8
BUSY_WITH_ITSELF = ("logout", "healthz")


@pytest.fixture
def world(django_db_blocker: object, tmp_path: Path) -> Iterator[tuple[World, Site]]:
    """A site of its own with a database of its own."""
    with django_db_blocker.unblock(), fresh_database(own_name("malformed")):
        made = make_world()
        with running(tmp_path) as site:
            yield made, site


@pytest.mark.parametrize("how_many", [300, pytest.param(10_000, marks=pytest.mark.faults)])
def test_no_broken_request_breaks_the_site(world, how_many):
    made, site = world
    visitors, draw = visitors_of(made), Random(SEED)
    sent = [request(draw, draw.choice(visitors), f"localhost:{site.port}") for _ in range(how_many)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = list(pool.map(lambda one: send(site.port, one), sent))
    broken = [one[:2000] for one, status in zip(sent, statuses, strict=True) if status >= 500]
    assert broken == []
    assert "Internal Server Error" not in site.log_file.read_text(errors="replace")
    assert site.answers()
    assert {200, 302, 400, 403, 404, 405, 422} <= set(statuses), Counter(statuses)


def visitors_of(world: World) -> list[Visitor]:
    """A stranger, she who holds a link and a time, and the owner: each with what she may open."""
    owner = Client()
    owner.force_login(world.users[OWNER])
    cookies = {HOLDER: f"session={world.session()}", OWNER: f"session={owner.cookies['session'].value}"}
    every = [route for route in (*ROWS, *ADMIN_ROWS) if not any(word in route for word in BUSY_WITH_ITSELF)]
    return [Visitor(cookies.get(actor, ""), paths_of(world, actor, every)) for actor in ("stranger", HOLDER, OWNER)]


def paths_of(world: World, actor: str, every: list[str]) -> tuple[str, ...]:
    found = (world.path(route, actor) for route in every)
    return (*found, "/es/", "/es/book/", "/es/therapists/", f"{settings.STATIC_URL}css/site.css")
