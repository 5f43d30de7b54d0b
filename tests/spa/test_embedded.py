"""The embedded PostgreSQL and Redis: they start, survive being killed, and go with their last user."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import Popen

import psutil

from tests.spa.conftest import python

ASK = "import psycopg\nfrom spa import embedded\nwith embedded.postgres() as url:\n    "
VERSION = ASK + "print(psycopg.connect(url).execute('SHOW server_version_num').fetchone()[0][:2])"
ADD = ASK + "c = psycopg.connect(url); c.execute('CREATE TABLE IF NOT EXISTS kept (n int)')\n    "
ADD += "c.execute('INSERT INTO kept VALUES (1)'); c.commit(); print(c.execute('SELECT sum(n) FROM kept').fetchone()[0])"
Hold = Callable[[Path], "Popen[str]"]


def server_processes(folder: Path) -> list[psutil.Process]:
    data = str(folder / "var" / "postgres")
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd() == data:
                found.append(process)
        except psutil.Error:
            continue
    return found


def postmaster(folder: Path) -> int:
    return int((folder / "var" / "postgres" / "postmaster.pid").read_text().split()[0])


def test_it_starts_in_a_path_with_spaces_and_goes_with_its_last_user(checkout: Path) -> None:
    done = python(checkout, VERSION)
    assert (done.stdout, done.stderr, done.returncode) == ("18\n", "", 0)
    assert server_processes(checkout) == []


def test_a_second_user_keeps_it_running(checkout: Path, holder: Hold) -> None:
    holder(checkout)
    first = postmaster(checkout)
    assert python(checkout, VERSION).stdout == "18\n"
    assert postmaster(checkout) == first


def test_a_server_left_behind_by_a_killed_user_is_used_again_and_then_stopped(checkout: Path, holder: Hold) -> None:
    user = holder(checkout)
    os.killpg(user.pid, signal.SIGKILL)
    user.wait()
    assert len(server_processes(checkout)) > 1
    assert python(checkout, VERSION).stdout == "18\n"
    assert server_processes(checkout) == []


def test_the_next_start_works_after_kill_9_of_everything(checkout: Path, holder: Hold) -> None:
    assert python(checkout, ADD).stdout == "1\n"
    user = holder(checkout)
    for process in [psutil.Process(user.pid), *server_processes(checkout)]:
        with suppress(psutil.NoSuchProcess):  # a server's children may follow it before their turn comes
            process.kill()
    assert python(checkout, ADD).stdout == "2\n"


def test_a_stale_pid_file_that_names_another_living_program_is_no_obstacle(checkout: Path, holder: Hold) -> None:
    assert python(checkout, ADD).stdout == "1\n"
    pid_file = checkout / "var" / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n1\n5432\n/tmp\n\n  1 1\nready\n")
    assert python(checkout, ADD).stdout == "2\n"
    assert psutil.pid_exists(os.getpid())


def test_a_set_up_that_was_cut_off_starts_over(checkout: Path) -> None:
    (checkout / "var" / "postgres.new").mkdir(parents=True)
    (checkout / "var" / "postgres.new" / "PG_VERSION").write_text("18\n")
    assert python(checkout, VERSION).stdout == "18\n"


def test_data_stands_where_the_servers_user_can_reach_it(checkout: Path) -> None:
    checkout.chmod(0o700)
    done = python(checkout, "from spa import embedded, local\nprint(embedded.Postgres().home == local.VAR)")
    assert done.stdout == f"{os.getuid() != 0}\n"
    assert python(checkout, VERSION).stdout == "18\n"


def test_only_this_user_reaches_the_sockets(checkout: Path) -> None:
    code = ASK + "print(oct(embedded.PG_SOCKETS.stat().st_mode)[-3:], oct(embedded.SOCKETS.stat().st_mode)[-3:])"
    assert python(checkout, code).stdout == "700 711\n"


def test_a_folder_that_somebody_else_made_first_is_refused(checkout: Path, tmp_path: Path) -> None:
    sockets = Path(python(checkout, "from spa import local\nprint(local.SOCKETS)").stdout.strip())
    sockets.symlink_to(tmp_path)
    done = python(checkout, VERSION)
    sockets.unlink()
    assert done.stderr == f"{sockets} belongs to somebody else: remove it, then start again.\n"


def test_nothing_listens_on_the_network(checkout: Path) -> None:
    code = ASK + "print(repr(psycopg.connect(url).execute('SHOW listen_addresses').fetchone()[0]))"
    assert python(checkout, code).stdout == "''\n"


def test_redis_answers_and_goes_with_its_last_user(checkout: Path) -> None:
    code = (
        "import redis\nfrom spa import embedded\nwith embedded.redis() as url: print(redis.Redis.from_url(url).ping())"
    )
    code += "\nprint(embedded.REDIS_SOCKET.exists())"
    assert python(checkout, code).stdout == "True\nFalse\n"


def test_another_database_on_the_same_server_has_its_own_name(checkout: Path) -> None:
    code = ASK + "print(psycopg.connect(url).info.dbname)"
    assert python(checkout, code).stdout == "studio\n"
    assert python(checkout, code, EMBEDDED_DATABASE="other").stdout == "other\n"
