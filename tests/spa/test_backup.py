"""`make backup` and `make restore`: one file out, the same state back, and never half of it."""

import subprocess
import sys
from pathlib import Path

from tests.spa.conftest import CLEAN, python

ASK = "import psycopg\nfrom spa import embedded\nwith embedded.postgres() as url:\n    c = psycopg.connect(url)\n    "
FILL = ASK + "c.execute('CREATE TABLE IF NOT EXISTS kept AS SELECT 1 AS n UNION ALL SELECT 2'); c.commit()"
SPOIL = ASK + "c.execute('DELETE FROM kept WHERE n = 1'); c.execute('CREATE TABLE newer (n int)'); c.commit()"
TABLES = "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_stat_user_tables"
LOOK = ASK + f"print(c.execute('SELECT sum(n) FROM kept').fetchone()[0], c.execute(\"{TABLES}\").fetchone()[0])"


def run(folder: Path, command: str, file: str = "") -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "spa.backup", command]
    environment = CLEAN | {"FILE": file}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def backed_up(folder: Path) -> Path:
    """A checkout whose database was filled, saved and then spoiled; gives the file."""
    assert python(folder, FILL).stderr == ""
    done = run(folder, "backup")
    assert (done.stderr, done.returncode) == ("", 0)
    assert python(folder, SPOIL).stderr == ""
    assert python(folder, LOOK).stdout == "2 kept newer\n"
    return Path(done.stdout.strip())


def test_a_restore_brings_back_exactly_what_was_saved(checkout: Path) -> None:
    file = backed_up(checkout)
    assert (file.parent, file.suffix, oct(file.stat().st_mode)[-3:]) == (checkout / "var" / "backups", ".dump", "600")
    done = run(checkout, "restore", str(file.relative_to(checkout)))
    assert (done.stderr, done.stdout) == ("", f"The database is as it was in {file.name}.\n")
    assert python(checkout, LOOK).stdout == "3 kept\n"


def test_a_damaged_file_changes_nothing(checkout: Path) -> None:
    file = backed_up(checkout)
    file.write_bytes(file.read_bytes()[:-40])
    done = run(checkout, "restore", str(file))
    last = done.stderr.splitlines()[-1]
    assert last == "Nothing was restored and the database is as it was: the lines above say why."
    assert (done.returncode, python(checkout, LOOK).stdout) == (1, "2 kept newer\n")


def test_a_file_that_is_not_there_is_one_sentence(checkout: Path) -> None:
    done = run(checkout, "restore", "var/backups/none.dump")
    path = checkout / "var/backups/none.dump"
    sentence = f"{path} is not there: make restore FILE=var/backups/... names a file that make backup wrote.\n"
    assert (done.stderr, done.returncode) == (sentence, 1)


def test_no_file_at_all_is_one_sentence(checkout: Path) -> None:
    done = run(checkout, "restore")
    assert (done.stderr, done.returncode) == ("Say which file: make restore FILE=...\n", 1)
