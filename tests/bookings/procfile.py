"""The Procfile's real web, worker and beat on loopback ports, in front of the present database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

from bookings.models import Heartbeat
from spa import embedded
from spa.local import BASE
from tests.races.databases import database_url
from tests.races.site import collect_static, free_port

START_SECONDS = 90
END_OF_FILE = b"\n" + b"-" * 79 + b"\n"
T = TypeVar("T")


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[int]:
    """Run Redis and everything in the Procfile; give the port when worker and beat are known to work."""
    collect_static()
    redis_port, port = free_port(), free_port()
    redis = [embedded.redis_program(), "--bind", "127.0.0.1", "--port", str(redis_port), "--save", ""]
    honcho = [sys.executable, "-m", "honcho", "-e", os.devnull, "start", "-p", str(port), "--no-colour"]
    mine = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DATABASE_URL": database_url(),
        "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
        "SITE_URL": f"http://localhost:{port}",
        "EMAIL_URL": f"filemail://{folder}/mail",
        "WEB_WORKERS": "1",
        "WORKER_PROCESSES": "1",
        "DEBUG": "0",
        "DEMO": "0",
    }
    with started(redis, folder / "redis.log", {}), started(honcho, folder / "procfile.log", mine | environment):
        log = folder / "procfile.log"
        assert wait_for(Heartbeat.objects.exists, START_SECONDS), log.read_text()[-4000:]
        yield port


@contextmanager
def started(command: list[str], log: Path, environment: dict[str, str]) -> Iterator[None]:
    """One program in a group of its own; at the end it is asked to stop, then made to."""
    with log.open("wb") as words:
        process = subprocess.Popen(
            command, cwd=BASE, env=os.environ | environment, stdout=words, stderr=words, start_new_session=True
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


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
