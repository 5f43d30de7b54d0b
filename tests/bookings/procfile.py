"""The Procfile's real web, worker and beat on loopback ports, in front of the present database."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

from bookings.models import Heartbeat
from spa import embedded
from spa.local import BASE
from tests.races.databases import database_url
from tests.races.site import collect_static, free_port

START_SECONDS = 150
END_OF_FILE = b"\n" + b"-" * 79 + b"\n"
T = TypeVar("T")


@dataclass
class House:
    """What runs: the port of the site, and Redis, which tests of faults stop and start."""

    folder: Path
    port: int
    redis_port: int
    redis: subprocess.Popen[bytes] = field(init=False)

    def start_redis(self) -> None:
        words = ["--bind", "127.0.0.1", "--port", str(self.redis_port), "--save", ""]
        self.redis = start([embedded.redis_program(), *words], self.folder / "redis.log", {})

    def log(self) -> str:
        """The end of what web, worker and beat wrote."""
        return (self.folder / "procfile.log").read_text(errors="replace")[-4000:]


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[House]:
    """Run Redis and everything in the Procfile, until web answers, and worker and beat are known to work."""
    collect_static()
    house = House(folder, free_port(), free_port())
    honcho = [sys.executable, "-m", "honcho", "-e", os.devnull, "start", "-p", str(house.port), "--no-colour"]
    mine = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DATABASE_URL": database_url(),
        "REDIS_URL": f"redis://127.0.0.1:{house.redis_port}/0",
        "SITE_URL": f"http://localhost:{house.port}",
        "EMAIL_URL": f"filemail://{folder}/mail",
        "WEB_WORKERS": "1",
        "WORKER_PROCESSES": "1",
        "FASTEST_FORM_SECONDS": "0",
        "DEBUG": "0",
        "DEMO": "0",
    }
    house.start_redis()
    programs = start(honcho, folder / "procfile.log", mine | environment)
    try:
        assert wait_for(lambda: Heartbeat.objects.exists() and listens(house.port), START_SECONDS), house.log()
        yield house
    finally:
        stop(programs)
        stop(house.redis)


def listens(port: int) -> bool:
    """Whether a program takes calls on that port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=10).close()
    except OSError:
        return False
    return True


def start(command: list[str], log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Begin one program in a process group of its own."""
    with log.open("ab") as words:
        return subprocess.Popen(
            command, cwd=BASE, env=os.environ | environment, stdout=words, stderr=words, start_new_session=True
        )


def stop(program: subprocess.Popen[bytes]) -> None:
    """Ask it to stop, then make it."""
    program.terminate()
    try:
        program.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def wait_for(look: Callable[[], T], seconds: float) -> T:
    """Look again and again until there is something to see, or the time is over."""
    until = time.monotonic() + seconds
    while not (seen := look()) and time.monotonic() < until:
        time.sleep(0.1)
    return seen


def mails(folder: Path) -> list[EmailMessage]:
    """The mails that were written to files, one to a file; one that is still being written is not there yet."""
    written = (file.read_bytes() for file in sorted((folder / "mail").glob("*.log")))
    whole = (words for words in written if words.endswith(END_OF_FILE))
    return [message_from_bytes(words.removesuffix(END_OF_FILE), policy=policy.default) for words in whole]
