"""Writes docs/benchmarks.md: what was measured on what machine, the figures against their goals, and every round."""

import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.databases import server_sql
from benchmarks.results import Result
from spa.local import BASE

FILE = BASE / "docs" / "benchmarks.md"
INTRODUCTION = """# Benchmarks

`make bench` writes this file: it builds the studios on databases of its own, asserts each answer against the tests'
oracle, which looks for starts tick by tick from timestamps, and then measures.

* **Ratios within one run.** What is compared alternates, round by round (A B A B), and a figure is the median over the
  rounds of the ratio inside a round. So a busy minute of the machine falls on both sides.
* **Processor time of the whole process tree**: the web process of the `Procfile` with one worker, its worker and the
  worker's own PostgreSQL process, as the kernel's scheduler counts it. The client that asks is not counted.
* **The studio**: 10 therapists, 8 rooms, two treatments in three lengths, open 9 to 18 with a break from 13 to 14 every
  day, {share:.0%} of the coming fortnight's working time booked, a daily limit and a rest rule for everybody. The
  larger one has 200 therapists and 160 rooms. "730 days stored" has that many past days of sessions in the same table.
* **On a busy machine** the absolute numbers are worse, bookings a second most of all: a booking is over twenty answers
  in a row, and each waits until its process may run. Ratios move less; the load is written beside the versions below.
* **The empty view** answers nothing at all behind the same middleware; the page is the full HTML of fourteen days with
  anyone, as a first visitor gets it.
* **The empty page of the desk** is a page behind the sign-in with its masthead and warnings and nothing on it; the
  board is the whole page of a day with twelve therapists and sixteen sessions each.
"""
FRESH = (
    "A booking that was just made was gone from the very next page, and its time was back on the one after the "
    "cancellation: asserted through the same web process.\n"
)


def write(results: Sequence[Result], share: float, today: date) -> None:
    """Write the file. `share` is the booked part of the therapists' coming working time."""
    parts = [INTRODUCTION.format(share=share), table(results), FRESH, "## Where a goal is missed\n", *missed(results)]
    parts += ["## The machine\n", machine(today), "## Every round\n", *map(rounds, results)]
    FILE.write_text("\n".join(part for part in parts if part))


def table(results: Iterable[Result]) -> str:
    lines = ["| What | Figure | Goal | Met |", "|---|---|---|---|"]
    for result in results:
        word = "at most" if result.at_most else "at least"
        goal = f"{word} {figure(result.goal)}" + (f", better {figure(result.aim)}" if result.aim else "")
        met = "yes" if result.is_met else f"no, by {result.missed_by}"
        note = f" ({result.note})" if result.note else ""
        lines.append(f"| {result.name}{note} | {figure(result.value)} {result.unit} | {goal} | {met} |")
    return "\n".join(lines) + "\n"


def missed(results: Iterable[Result]) -> list[str]:
    """Why: one paragraph for each goal that is not reached."""
    lines = [f"* **{result.name}**, by {result.missed_by}. {result.why}\n" for result in results if not result.is_met]
    return lines or ["Every goal is met.\n"]


def rounds(result: Result) -> str:
    """The raw rounds of one alternating run, with their medians."""
    if not result.rounds:
        return ""
    lines = [f"{result.name}, {result.rounds_unit}:\n", "| | median | rounds |", "|---|---|---|"]
    for name, values in result.rounds.items():
        lines.append(f"| {name} | {figure(median(values))} | {', '.join(figure(value) for value in values)} |")
    return "\n".join(lines) + "\n"


def figure(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def machine(today: date) -> str:
    """The machine and the versions, and how busy the machine was."""
    ((postgres,),) = server_sql("SHOW server_version")
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "psycopg", "gunicorn"))
    return (
        f"{today:%d %B %Y}; {processor()}, {os.cpu_count()} processors, {memory()} GiB of memory, "
        f"Linux {platform.release().split('-')[0]}; load {load} at the end of the run (1, 5 and 15 minutes). "
        f"Python {platform.python_version()}, PostgreSQL {postgres.split()[0]}, {packages}; commit {commit()}.\n"
    )


def processor() -> str:
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return " ".join(names[0].split(":")[1].split()) if names else platform.machine()


def memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=BASE, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"
