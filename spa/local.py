"""What this checkout keeps on this machine: its folders, its secrets and its locks. Imports no Django."""

import contextlib
import fcntl
import hashlib
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import environ

BASE = Path(__file__).resolve().parent.parent
VAR = BASE / "var"
KEY = f"{hashlib.sha256(str(BASE).encode()).hexdigest()[:8]}-{os.getuid()}"
# A socket's path may have 107 bytes, so it stands in a short folder, whatever the checkout is called.
SOCKETS = Path("/tmp") / f"studio-{KEY}"  # noqa: S108  (owner and rights are checked before use)
# Where root's PostgreSQL keeps its data when its unprivileged user cannot reach the checkout.
ELSEWHERE = Path("/var/tmp") / f"studio-{KEY}"  # noqa: S108


def stop_with(sentence: str) -> NoReturn:
    """End this command with one sentence for the person who typed it."""
    sys.exit(sentence)


def own_folder(folder: Path) -> Path:
    """Make a folder in a place where everybody may write, and refuse one that somebody else made first."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o711)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        stop_with(f"{folder} belongs to somebody else: remove it, then start again.")
    folder.chmod(0o711)
    return folder


def read_env_files() -> None:
    """Put .env and var/secrets.env into the environment; what is set already wins."""
    for file in (BASE / ".env", VAR / "secrets.env"):
        if file.is_file():
            environ.Env.read_env(str(file))


def make_secrets() -> None:
    """Write the secrets that are neither set nor made yet to var/secrets.env, readable by its owner only."""
    with lock("secrets"):
        read_env_files()
        missing = [name for name in ("SECRET_KEY", "HEALTH_SECRET") if not os.environ.get(name)]
        if missing:
            file = VAR / "secrets.env"
            file.touch(mode=0o600)
            with file.open("a") as lines:
                lines.writelines(f"{name}={secrets.token_urlsafe(48)}\n" for name in missing)
    read_env_files()


@contextlib.contextmanager
def lock(name: str, mode: int = fcntl.LOCK_EX) -> Iterator[int]:
    """Hold var/<name>.lock; the kernel lets go of it however this process ends."""
    try:
        VAR.mkdir(exist_ok=True)
        handle = os.open(VAR / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:
        stop_with(f"{VAR} belongs to another user: start as that user, or use a checkout of your own.")
    try:
        fcntl.flock(handle, mode)
        yield handle
    finally:
        os.close(handle)


@contextlib.contextmanager
def shared(name: str, start: Callable[[], None], stop: Callable[[], None]) -> Iterator[None]:
    """Start for the first user, stop after the last one; `start` does nothing when it runs already."""
    with contextlib.ExitStack() as stack:
        with lock(f"{name}-switch"):
            users = stack.enter_context(lock(f"{name}-users", fcntl.LOCK_SH))
            start()
        try:
            yield
        finally:
            with lock(f"{name}-switch"):
                fcntl.flock(users, fcntl.LOCK_UN)  # a forked child shares this lock: closing is not enough
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    stop()
