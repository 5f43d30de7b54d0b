"""`make run`, `make test`, `make bench` and `make faults`: the servers first, then the commands."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import Thread

import psutil
from honcho.environ import parse_procfile
from honcho.manager import Manager

from bookings.demo.signins import demo_signins
from spa import embedded, local
from spa.local import BASE, VAR, stop_with

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TWO_AT_ONCE = ("-n", "2")  # tests/lanes.py says which process takes which tests
# What `check --deploy` must find nothing to say about: the site as it stands on the internet.
PRODUCTION = {
    "SITE_URL": "https://book.example.org",
    "TRUSTED_PROXY_COUNT": "1",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "DEBUG": "0",
    "DEMO": "0",
}


def main() -> None:
    """Run the command named on the command line; Ctrl-C and SIGTERM stop the servers before the end."""
    os.chdir(BASE)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a script's background job starts with it ignored
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    os.environ["PYTHONUNBUFFERED"] = "1"
    # The worker warns root of pickled tasks, which we do not read.
    os.environ.setdefault("PYTHONWARNINGS", "ignore::UserWarning:celery.platforms")
    commands = {"run": run, "test": test, "bench": bench, "faults": faults}
    local.make_secrets()
    try:
        status = commands[sys.argv[1]](sys.argv[2:])
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


@contextlib.contextmanager
def servers() -> Iterator[None]:
    """Run the embedded servers that no URL replaces; a second Ctrl-C does not cut their end short."""
    with contextlib.ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            stack.enter_context(embedded.postgres())
        if not os.environ.get("REDIS_URL"):
            stack.enter_context(embedded.redis())
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)


def manage(*words: str, **environment: str) -> int:
    """Run one manage.py command and return its exit status."""
    return call(sys.executable, "manage.py", *words, **environment)


def call(*words: str, **environment: str) -> int:
    """Run one command and return its exit status."""
    return subprocess.run(words, check=False, env=os.environ | environment).returncode  # noqa: S603


def must(status: int) -> None:
    """End here with the status of a command that failed; it has said why itself."""
    if status:
        sys.exit(status)


def run(_: Sequence[str]) -> int:
    """Bring the site up with a demo studio, and stay until Ctrl-C."""
    from spa import settings  # reads the environment: wrong settings end here, before anything starts

    records = take_port(settings.PORT)
    os.environ |= {"PORT": str(settings.PORT), "DEMO": str(int(settings.DEMO))}
    with servers():
        say_where_data_is()
        must(manage("migrate", "--verbosity", "0"))
        must(manage("createcachetable", "--verbosity", "0"))
        must(manage("collectstatic", "--no-input", "--verbosity", "0"))
        must(manage("seed_demo" if settings.DEMO else "setup_link"))
        announce = partial(say_where_the_site_is, settings.SITE_URL, settings.PORT, demo=settings.DEMO)
        Thread(target=announce, daemon=True).start()
        return run_processes(records)


def take_port(port: int) -> Path:
    """Make sure that this port can be served, and return the folder that records the processes serving it."""
    records = VAR / "run" / str(port)
    records.mkdir(parents=True, exist_ok=True)
    if leader := recorded(records / "start.pid"):
        stop_with(f"The site runs on port {port} already (process {leader}): make run PORT={port + 1} is another one.")
    for file in records.glob("*.pid"):
        end_group(recorded(file))
        file.unlink()
    try:
        host = os.environ.get("WEB_HOST") or "127.0.0.1"
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except PermissionError:
        stop_with(f"Port {port} may only be used by root: choose one above 1023, like make run PORT=8000.")
    except OSError:
        stop_with(
            f"Port {port} is taken by another program: end that, or choose another with make run PORT={port + 1}."
        )
    (records / "start.pid").write_text(str(os.getpid()))
    return records


def recorded(file: Path) -> int | None:
    """Return the process that wrote this record, None when it is gone and its number free or given to another."""
    with contextlib.suppress(OSError, ValueError, psutil.Error):
        process = psutil.Process(int(file.read_text()))
        # A number that was given away again belongs to a process younger than the record.
        if process.create_time() <= file.stat().st_mtime + 1 and process.status() != psutil.STATUS_ZOMBIE:
            return process.pid
    return None


def end_group(leader: int | None) -> None:
    """End a process that a killed start left behind, with its workers."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for _ in range(50):
            if leader is None or not psutil.pid_exists(leader):
                return
            with contextlib.suppress(ProcessLookupError):
                os.killpg(leader, number)
            with contextlib.suppress(psutil.NoSuchProcess):
                if psutil.Process(leader).status() == psutil.STATUS_ZOMBIE:
                    return
            time.sleep(0.1)


def run_processes(records: Path) -> int:
    """Run the Procfile's processes, each in a group of its own, until one ends or Ctrl-C."""
    manager = Manager()
    for name, command in parse_procfile((BASE / "Procfile").read_text()).processes.items():
        manager.add_process(name, f'echo $$ > "var/run/{records.name}/{name}.pid"; exec {command}')
    manager.loop()
    return manager.returncode or 0


def say_where_the_site_is(url: str, port: int, *, demo: bool) -> None:
    """Print the address once it answers, and in the demo who may sign in."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            break
        time.sleep(0.2)
    lines = [f"The site: {url}/   (Ctrl-C stops everything)"]
    if demo:
        lines += [f"Sign in:  {url}/accounts/login/"]
        lines += [f"          {one.email:32} {one.password:20} {one.role}" for one in demo_signins()]
    print("", *(f"  {line}" for line in lines), "", sep="\n", flush=True)


def say_where_data_is() -> None:
    """Say so when the database's files are not where one would look for them."""
    server = embedded.Postgres()
    if not os.environ.get("DATABASE_URL") and server.home != VAR:
        print(f"The database is kept in {server.data}, because its user cannot reach {VAR}.", flush=True)


def test(arguments: Sequence[str]) -> int:
    """Prove everything that must hold on every change; the first step that fails ends it."""
    os.environ["CHROMIUM"] = find_chromium()
    with servers():
        for title, words, environment in (
            ("packages", ["-m", "pip", "check"], {}),
            ("style", ["-m", "ruff", "check", "."], {}),
            ("format", ["-m", "ruff", "format", "--check", "."], {}),
            ("migrations", ["manage.py", "makemigrations", "--check", "--dry-run"], {}),
            ("deployment", ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
            ("static files", ["manage.py", "collectstatic", "--no-input", "--verbosity", "0"], {}),
            ("tests", ["-m", "pytest", *TWO_AT_ONCE, "--durations=10", *arguments], {}),
        ):
            print(f"--- {title}", flush=True)
            must(call(sys.executable, *words, **environment))
    return 0


def bench(arguments: Sequence[str]) -> int:
    """Measure; benchmarks/ says what and how."""
    with servers():
        must(manage("collectstatic", "--no-input", "--verbosity", "0"))
        return call(sys.executable, "-m", "benchmarks", *arguments)


def faults(arguments: Sequence[str]) -> int:
    """Run the long races and faults in full."""
    os.environ["CHROMIUM"] = find_chromium()
    with servers():
        must(manage("collectstatic", "--no-input", "--verbosity", "0"))
        return call(sys.executable, "-m", "pytest", "-m", "faults", "--timeout=3600", *arguments)


def find_chromium() -> str:
    """Return the path of a Chromium: CHROMIUM, one on the PATH, Playwright's own, or Debian's put in by root."""
    named = os.environ.get("CHROMIUM")
    if found := (shutil.which(named) if named else which_browser()):
        return found
    if not named and os.getuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests (once) ...", flush=True)
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        call("apt-get", "-qq", "update", **quiet)
        call("apt-get", "-qq", "install", "--yes", "--no-install-recommends", "chromium", **quiet)
        if found := which_browser():
            return found
    stop_with(
        "The browser tests need Chromium: install it (as root: apt-get install chromium; else: "
        ".venv/bin/playwright install chromium), or set CHROMIUM to the path of one."
    )


def which_browser() -> str | None:
    """Return the first browser found on the PATH or in Playwright's own store."""
    store = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    own = [str(file) for file in sorted(store.glob("chromium-*/chrome-linux*/chrome"), reverse=True)]
    return next((found for name in (*BROWSERS, *own) if (found := shutil.which(name))), None)


if __name__ == "__main__":
    main()
