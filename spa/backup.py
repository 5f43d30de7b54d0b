"""`make backup` and `make restore FILE=...`: the database into one file, and back out of it in one transaction."""

import os
import shutil
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict

from spa import embedded, local
from spa.local import BASE, VAR, stop_with

# conninfo's words for what the PostgreSQL programs read from the environment, so that no password is on a command line.
PG_NAMES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
PG_NAMES |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}


def main() -> None:
    """Run the command named on the command line."""
    os.umask(0o077)
    local.read_env_files()
    given = os.environ.get("DATABASE_URL")
    with nullcontext(given) if given else embedded.postgres() as url:
        settings = {PG_NAMES[key]: str(value) for key, value in conninfo_to_dict(url).items() if key in PG_NAMES}
        if sys.argv[1] == "backup":
            print(backup(settings, datetime.now(UTC)))
        else:
            restore(settings, Path(os.environ.get("FILE") or stop_with("Say which file: make restore FILE=...")))


def program(name: str) -> str:
    """Return the path of a PostgreSQL program: the wheel's, which reads every server up to 18, else the machine's."""
    if found := embedded.wheel_program(name) or shutil.which(name):
        return found
    stop_with(f"{name} is needed: install PostgreSQL's client programs, or requirements-dev.txt.")


def backup(database: dict[str, str], now: datetime) -> Path:
    """Write the database to var/backups and return the file, named by `now` (UTC); bookings go on meanwhile."""
    target = VAR / "backups" / f"{now:%Y-%m-%dT%H%M%SZ}.dump"
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    command = [program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={unfinished}"]
    if subprocess.run(command, check=False, env=os.environ | database).returncode:  # noqa: S603
        unfinished.unlink(missing_ok=True)
        stop_with("The database was not backed up: the lines above say why.")
    unfinished.rename(target)
    return target


def restore(database: dict[str, str], file: Path) -> None:
    """Replace everything in the database by what the file holds: all of it, or, on any error, nothing."""
    file = BASE / file
    if not file.is_file():
        stop_with(f"{file} is not there: make restore FILE=var/backups/... names a file that make backup wrote.")
    read = [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(file)]
    write = [
        program("psql"),
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "--output=/dev/null",
    ]
    environment = os.environ | database
    with (
        subprocess.Popen(read, stdout=subprocess.PIPE, env=environment) as source,  # noqa: S603
        subprocess.Popen(write, stdin=subprocess.PIPE, env=environment) as sink,  # noqa: S603
    ):
        complete = _pour(source, sink)
    if source.returncode or sink.returncode or not complete:
        stop_with("Nothing was restored and the database is as it was: the lines above say why.")
    print(f"The database is as it was in {file.name}.")


def _pour(source: subprocess.Popen[bytes], sink: subprocess.Popen[bytes]) -> bool:
    """Send the file's SQL to the database; when it ends early, make sure that nothing is committed."""
    assert source.stdout and sink.stdin  # noqa: S101
    try:
        sink.stdin.write(b"SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n")
        _copy_sql(source.stdout, sink.stdin)
        if source.wait():
            sink.stdin.write(b"\nSELECT 'the file is damaged'::int;\n")
        sink.stdin.close()
    except BrokenPipeError:
        source.kill()
        return False
    return True


def _copy_sql(source: IO[bytes], target: IO[bytes]) -> None:
    for line in source:
        # PostgreSQL 16 and older do not know this setting, and nought is its default.
        if line != b"SET transaction_timeout = 0;\n":
            target.write(line)


if __name__ == "__main__":
    main()
