"""A checkout of its own for every test that starts servers, so that nobody else's are touched."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2]
CLEAN = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A copy of the code in a folder with spaces in its name, reachable by every user of the machine."""
    above = Path(tempfile.mkdtemp(prefix="a studio "))
    above.chmod(0o755)
    folder = above / "the checkout"
    shutil.copytree(BASE / "spa", folder / "spa")
    yield folder
    key = python(folder, "from spa.local import KEY; print(KEY)").stdout.strip()
    for left in (above, Path("/tmp") / f"studio-{key}", Path("/var/tmp") / f"studio-{key}"):  # noqa: S108
        shutil.rmtree(left, ignore_errors=True)


def python(folder: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines of Python inside a checkout, with no settings but the given ones."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=folder, env=CLEAN | environment, capture_output=True, text=True, check=False)


@pytest.fixture
def holder() -> Iterator[Callable[[Path], "subprocess.Popen[str]"]]:
    """Start a process that holds the embedded PostgreSQL until it is killed."""
    started: list[subprocess.Popen[str]] = []

    def hold(folder: Path) -> "subprocess.Popen[str]":
        code = "from spa import embedded\nwith embedded.postgres(): print('up', flush=True); input()"
        words = [sys.executable, "-c", code]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        process = subprocess.Popen(words, cwd=folder, env=CLEAN, start_new_session=True, **pipes)
        started.append(process)
        assert process.stdout and process.stdout.readline() == "up\n"
        return process

    yield hold
    for process in started:
        process.kill()
        process.communicate()
