import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from spa import embedded
from tests.races.databases import fresh_database, pointed_at, schema_sql
from tests.races.fixtures import Races, clients, figures, folder, new_studio
from tests.races.fleet import Fleet
from tests.races.site import running

from .load import Shaken
from .postgres import own_postgres

__all__ = ["clients", "figures", "folder"]


@pytest.fixture(scope="package")
def shaken(django_db_blocker, clients: Fleet, folder: Path) -> Iterator[Shaken]:
    with django_db_blocker.unblock():
        schema_sql()  # from the tests' usual server
        with (
            own_postgres() as server,
            pointed_at(**server.place),
            fresh_database("studio"),
            frozen_redis(folder) as url,
            running(folder, REDIS_URL=url) as site,
        ):
            yield Shaken(Races(new_studio(), site, clients), server)


@contextmanager
def frozen_redis(folder: Path) -> Iterator[str]:
    """A Redis of our own that takes connections and never answers."""
    socket = f"{folder}/redis.sock"
    words = ["--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no"]
    process = subprocess.Popen([embedded.redis_program(), *words], cwd="/", stdout=subprocess.DEVNULL)
    try:
        wait_for(socket)
        process.send_signal(signal.SIGSTOP)
        yield f"unix://{socket}"
    finally:
        process.kill()
        process.wait()


def wait_for(socket: str) -> None:
    for _ in range(200):
        try:
            redis.Redis(unix_socket_path=socket, socket_timeout=5).ping()
            return
        except redis.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("Redis did not start.")
