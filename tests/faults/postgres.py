"""A PostgreSQL of the fault tests' own, in a temporary folder: it may be killed, starved and filled up."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg

from spa import embedded

START_SECONDS = 60
CONNECTIONS = 20
TOO_EARLY = ["-csynchronous_commit=off", "-cwal_writer_delay=10s"]
"""Say that a commit is safe while it stands in memory only."""
IN_USE = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
TERMINATE = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE backend_type = 'client backend' AND pid <> ALL(%s) AND pid <> pg_backend_pid()
"""


class OwnPostgres:
    """A cluster of its own with few connections. It ends only processes that it started."""

    def __init__(self) -> None:
        embedded_server = embedded.Postgres()
        self.programs, self.owner = embedded_server.bin, embedded_server.owner
        self.more_options: list[str] = []
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self.data = self.folder / "data"
        if self.owner:
            os.chown(self.folder, self.owner.pw_uid, self.owner.pw_gid)
        self._run("initdb", "-D", self.data, "-U", embedded.USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        options = [f"-cmax_connections={CONNECTIONS}", "-clisten_addresses=", *self.more_options]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", self.folder, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self._as_owner(),
            )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self.process.poll() is None and time.monotonic() < until, self.log()
            time.sleep(0.05)

    def kill(self) -> None:
        """kill -9 of the server and of everything that it started."""
        leader = psutil.Process(self.process.pid)
        leader.suspend()  # or it would start new ones meanwhile
        for process in [*leader.children(recursive=True), leader]:
            with suppress(psutil.NoSuchProcess):  # a connection may have ended by itself meanwhile
                process.kill()
        self.process.wait()

    @contextmanager
    def acknowledging_too_early(self) -> Iterator[None]:
        """The negative control: for the length of the block it promises what it has not written."""
        for options in (TOO_EARLY, []):
            self.more_options = options
            self.kill()
            self.start()
            if options:
                yield
                with self.connect() as connection:
                    connection.execute("CHECKPOINT")

    def wait_for_room(self) -> None:
        """Until the connections that were just given back are free for others."""
        for _ in range(200):
            with suppress(psycopg.OperationalError), self.connect() as connection:
                if connection.execute(IN_USE).fetchone()[0] == 1:
                    return
            time.sleep(0.05)

    def remove(self) -> None:
        if self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder)

    def cut_connections(self, but: tuple[int, ...] = ()) -> int:
        """End every client's connection but these backends', and say how many they were."""
        with self.connect() as connection:
            return connection.execute(TERMINATE, [list(but)]).fetchone()[0]

    def take_all_connections(self) -> list[psycopg.Connection[Any]]:
        """Cut off everybody else and keep every connection that the server has to give."""
        mine = [self.connect()]
        until = time.monotonic() + START_SECONDS
        while len(mine) < CONNECTIONS and time.monotonic() < until:
            try:
                mine.append(self.connect())
            except psycopg.OperationalError:
                mine[0].execute(TERMINATE, [[one.info.backend_pid for one in mine]])
                time.sleep(0.01)
        return mine

    def connect(self, name: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user=embedded.USER, dbname=name, autocommit=True)

    @property
    def place(self) -> dict[str, str]:
        """Where it is, in the words of Django's settings."""
        return {"HOST": str(self.folder), "PORT": "", "USER": embedded.USER, "PASSWORD": "", "NAME": "postgres"}

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")[-4000:]

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *words: str | Path) -> None:
        command = [self.programs / program, *words]
        subprocess.run(command, check=True, capture_output=True, **self._as_owner())

    def _as_owner(self) -> dict[str, Any]:
        if self.owner is None:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    server = OwnPostgres()
    try:
        server.start()
        yield server
    finally:
        server.remove()
