"""The web process of the Procfile with one worker, asked over a real socket, and what it and its database cost."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil
from honcho.environ import parse_procfile

from benchmarks.databases import backends, url
from benchmarks.measure import cpu_seconds
from spa.local import BASE

START_SECONDS = 30


@dataclass(frozen=True)
class Web:
    """A running web process that serves one database. `cookie` is that of whoever asks; empty: a first visitor."""

    port: int
    process: psutil.Process
    database: str
    cookie: str = ""

    def get(self, path: str) -> str:
        """The page at `path`; AssertionError unless the status is 200."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(
            "GET", path, headers={"Host": "localhost"} | ({"Cookie": self.cookie} if self.cookie else {})
        )
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
        assert response.status == 200, (path, response.status)
        return body

    def processes(self) -> list[int]:
        """The master, its worker and the worker's process of the database server."""
        return [self.process.pid, *(child.pid for child in self.process.children()), *backends(self.database)]

    def cost(self, path: str, times: int, first: Callable[[], object] = lambda: None) -> float:
        """Processor milliseconds of the whole process tree for one request, over `times` requests after one more.

        `first` is done before each request and must not use a connection that is open now.
        """
        self.get(path)
        processes = self.processes()
        before = cpu_seconds(processes)
        for _ in range(times):
            first()
            self.get(path)
        return (cpu_seconds(processes) - before) * 1000 / times

    def memory(self) -> float:
        """The worker's proportional share of memory in MiB: its own pages, and half of those shared with the master."""
        (worker,) = self.process.children()
        rollup = Path(f"/proc/{worker.pid}/smaps_rollup").read_text()
        return int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) / 1024


@contextmanager
def web(database: str) -> Iterator[Web]:
    """Start the Procfile's web command with one worker on a free port, and end it with the block."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = parse_procfile((BASE / "Procfile").read_text()).processes["web"].replace("spa.wsgi", "benchmarks.wsgi")
    told = {"DATABASE_URL": url(database), "PORT": str(port), "WEB_WORKERS": "1", "FASTEST_FORM_SECONDS": "0"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.Popen(["/bin/sh", "-c", f"exec {command}"], cwd=BASE, env=os.environ | told | {"PATH": path})
    served = Web(port, psutil.Process(process.pid), database)
    try:
        _wait_for(served)
        yield served
    finally:
        process.terminate()
        process.wait()


def _wait_for(served: Web) -> None:
    for _ in range(START_SECONDS * 10):
        try:
            served.get("/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("The web process did not start.")
