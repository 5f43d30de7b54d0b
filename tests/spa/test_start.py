"""`make run` and `make test`: what they say when they cannot start, and what a killed start leaves behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from spa import start
from tests.spa.conftest import BASE, CLEAN, python


def say(port: int, **environment: str) -> tuple[str, int]:
    """What a start on this port says and its exit status; it must end before any server starts."""
    command = [sys.executable, "-m", "spa.start", "run"]
    settings = CLEAN | {"PORT": str(port), "PYTHONPATH": str(BASE)} | environment
    done = subprocess.run(command, cwd=BASE, env=settings, capture_output=True, text=True, check=False)
    return done.stderr, done.returncode


def test_a_taken_port_is_a_clear_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = (
            f"Port {port} is taken by another program: end that, or choose another with make run PORT={port + 1}.\n"
        )
        assert say(port) == (sentence, 1)
    (BASE / "var" / "run" / str(port)).rmdir()


def test_a_wrong_setting_ends_the_start_before_any_server_starts() -> None:
    sentence = "SITE_URL must begin with https://: plain http is served on this computer only.\n"
    assert say(8000, SITE_URL="http://book.example.org") == (sentence, 1)


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder that records who serves port 1 of a checkout of its own."""
    monkeypatch.setattr(start, "VAR", tmp_path)
    folder = tmp_path / "run" / "18999"
    folder.mkdir(parents=True)
    return folder


def test_a_second_start_on_the_same_port_says_that_it_runs_already(records: Path) -> None:
    (records / "start.pid").write_text(str(os.getpid()))
    with pytest.raises(SystemExit) as stopped:
        start.take_port(18999)
    sentence = f"The site runs on port 18999 already (process {os.getpid()}): make run PORT=19000 is another one."
    assert stopped.value.code == sentence


def test_what_a_killed_start_left_running_is_ended(records: Path) -> None:
    left = subprocess.Popen(["sleep", "600"], start_new_session=True)
    (records / "web.pid").write_text(str(left.pid))
    start.take_port(18999)
    assert left.wait(timeout=60) == -signal.SIGTERM
    assert [file.name for file in records.iterdir()] == ["start.pid"]


def test_a_number_given_to_another_program_since_then_is_left_alone(records: Path) -> None:
    other = subprocess.Popen(["sleep", "600"], start_new_session=True)
    (records / "web.pid").write_text(str(other.pid))
    long_ago = time.time() - 3600
    os.utime(records / "web.pid", (long_ago, long_ago))
    start.take_port(18999)
    assert other.poll() is None
    other.kill()
    other.wait()


def test_no_browser_is_a_sentence_that_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(SystemExit) as stopped:
        start.find_chromium()
    assert stopped.value.code == (
        "The browser tests need Chromium: install it (as root: apt-get install chromium; else: "
        ".venv/bin/playwright install chromium), or set CHROMIUM to the path of one."
    )


def test_a_python_that_is_too_old_or_too_new_is_a_clear_sentence(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_bytes((BASE / name).read_bytes())
    old = tmp_path / "old python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "run", "PYTHON=./old\\ python"], cwd=tmp_path, env=CLEAN, capture_output=True, text=True, check=False
    )
    assert done.stdout == "Python 3.11, 3.12 or 3.13 is needed: name one with make run PYTHON=python3.12\n"
    assert done.returncode == 2


def test_redis_that_cannot_be_had_is_one_sentence() -> None:
    code = "import spa.embedded as e\ne.wheel_folder = lambda name: None\ne.redis_program()"
    done = python(BASE, code, PATH="/nowhere")
    assert done.stderr == (
        "Install redis-server (or set REDIS_URL): the wheel that carries one has none for this Python.\n"
    )


def test_every_pin_is_exact_and_production_is_a_part_of_development() -> None:
    lines = (BASE / "requirements.txt").read_text() + (BASE / "requirements-dev.txt").read_text()
    pins = [line for line in lines.splitlines() if line and not line.startswith("#")]
    assert [line for line in pins if "==" not in line] == ["-r requirements.txt"]
