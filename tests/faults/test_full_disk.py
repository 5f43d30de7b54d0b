"""The disk of the database fills up while clients book, and is given room again.

A small disk is a tmpfs of our own, which only root may mount; without that right the test says so among the figures.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.races.databases import fresh_database, run_sql
from tests.races.fixtures import Races, new_studio
from tests.races.site import running

from .load import Load, Shaken, assert_nothing_lost

MEGABYTES = 64
FULL_SECONDS = 3


@contextmanager
def small_disk(shaken: Shaken) -> Iterator[Path | None]:
    """A folder with little room that PostgreSQL may write into, None when nobody lets us mount one."""
    folder = Path(tempfile.mkdtemp(prefix="disk"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    mounted = os.getuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        if mounted and shaken.server.owner:
            os.chown(folder, shaken.server.owner.pw_uid, shaken.server.owner.pw_gid)
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)
        shutil.rmtree(folder)


@contextmanager
def studio_on(disk: Path, shaken: Shaken, folder: Path) -> Iterator[Shaken]:
    """The site with all its tables on that disk."""
    run_sql(f"CREATE TABLESPACE small LOCATION '{disk}'")
    try:
        with fresh_database("on_small_disk", tablespace="small"), running(folder) as site:
            yield Shaken(Races(new_studio(), site, shaken.races.fleet), shaken.server)
    finally:
        run_sql("DROP TABLESPACE small")


def fill(disk: Path, until_refused: Races) -> None:
    """Leave no room, until three seconds after the database first said so; then give the room back."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError):  # no space left on device
        while True:
            file.write(b"\0" * 65536)
    until = time.monotonic() + 60
    while "DiskFull" not in until_refused.site.log() and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(FULL_SECONDS)
    filler.unlink()


@pytest.mark.faults
def test_a_full_disk_under_load(shaken, folder, figures):
    with small_disk(shaken) as disk:
        if disk is None:
            return figures("not tried, for want of the right to mount a small disk")
        with studio_on(disk, shaken, folder) as cramped:
            seen = Load(cramped.races, clients=8, each=26).during(lambda: fill(disk, cramped.races))
            assert seen.unavailable > 0, cramped.races.site.log()
            assert_nothing_lost(cramped, seen, 208)
    return figures(f"{len(seen.references)} references shown and kept, {seen.unavailable} plain 503 pages")
