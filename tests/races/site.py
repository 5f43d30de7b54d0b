"""The real site: the Procfile's gunicorn on a loopback port, in front of the present database."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spa.local import BASE, VAR

from .databases import database_url
from .visitor import PHONE

START_SECONDS = 120  # on a machine that has much else to do
STOP_SECONDS = 15


class Site:
    """One gunicorn with its workers, in a process group of its own."""

    def __init__(self, folder: Path, app: str = "spa.wsgi", **environment: str) -> None:
        self.log_file = folder / f"{app}.log"
        self.port = free_port()
        self.app, self.environment = app, environment

    def start(self) -> None:
        """Start it and wait until it answers."""
        procfile = (BASE / "Procfile").read_text().splitlines()
        command = next(line for line in procfile if line.startswith("web:")).removeprefix("web:")
        words = ["sh", "-c", f"exec {command.replace('spa.wsgi', self.app)}"]
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                words, cwd=BASE, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"The site did not start:\n{self.log()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End it, and whatever is left of its own group."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def answers(self) -> bool:
        """Whether it says that bookings can be made."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request("GET", "/healthz")
            return asked.getresponse().status == 200
        except OSError:
            return False
        finally:
            asked.close()

    def log(self) -> str:
        """The end of what it wrote."""
        return self.log_file.read_text(errors="replace")[-8000:]

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": os.environ.get("HOME", "/"),
            "LANG": "C.UTF-8",
            "SECRET_KEY": os.environ["SECRET_KEY"],
            "DATABASE_URL": database_url(),
            "SITE_URL": f"http://localhost:{self.port}",
            "PORT": str(self.port),
            "WEB_HOST": "127.0.0.1",
            "WEB_WORKERS": "4",
            "TRUSTED_PROXY_COUNT": "1",
            "STUDIO_PHONE": PHONE,
            "DEMO": "0",
            "FASTEST_FORM_SECONDS": "0",
            "DEBUG": "0",
        } | self.environment


@contextmanager
def running(folder: Path, app: str = "spa.wsgi", **environment: str) -> Iterator[Site]:
    """A site for the length of the block."""
    collect_static()
    site = Site(folder, app, **environment)
    try:
        site.start()
        yield site
    finally:
        site.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def collect_static() -> None:
    """Bring the collected files up to date when a file under static/ is younger than they are."""
    manifest = VAR / "static" / "staticfiles.json"
    files = (file for folder in BASE.glob("**/static") if ".venv" not in folder.parts for file in folder.rglob("*"))
    newest = max(file.stat().st_mtime for file in files if VAR not in file.parents)
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(command, cwd=BASE, check=True)
