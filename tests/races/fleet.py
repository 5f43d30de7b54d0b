"""Many visitors at once: a few processes, each with a thread per visitor, all released at one moment."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from .visitor import Visitor

PROCESSES = 4
GATE_SECONDS = 300
Gate = Callable[[], object]
Script = Callable[..., Any]
Task = tuple[Visitor, dict[str, Any]]

_start_line: Any = None


class Fleet:
    """Separate processes that play visitors. A script is a function of a visitor, a gate and the task's words."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self.pool = pool

    def run(self, script: Script, tasks: Sequence[Task]) -> list[tuple[Visitor, Any]]:
        """Play one script per task and give each visitor back with what the script returned, in the same order."""
        parts = [tasks[number::PROCESSES] for number in range(PROCESSES)]
        batches = [self.pool.submit(_play_batch, script, part) for part in parts]
        found = [batch.result(GATE_SECONDS + 60) for batch in batches]
        return [found[place % PROCESSES][place // PROCESSES] for place in range(len(tasks))]


@contextmanager
def fleet() -> Iterator[Fleet]:
    context = multiprocessing.get_context("spawn")
    line = context.Barrier(PROCESSES)
    with ProcessPoolExecutor(PROCESSES, context, initializer=_stand_at, initargs=(line,)) as pool:
        yield Fleet(pool)


def _stand_at(line: Any) -> None:
    global _start_line
    _start_line = line


def _play_batch(script: Script, tasks: Sequence[Task]) -> list[tuple[Visitor, Any]]:
    """Play one process's share. The gate opens when every visitor of every process stands before it."""
    results: list[Any] = [None] * len(tasks)
    here = threading.Barrier(len(tasks) or 1, action=lambda: _start_line.wait(GATE_SECONDS))

    def play(place: int) -> None:
        visitor, words = tasks[place]
        gate = _Gate(here)
        try:
            results[place] = visitor, script(visitor, gate, **words)
        except Exception as error:  # one visitor's trouble is her result; the test judges it
            results[place] = visitor, f"{type(error).__name__}: {error}"
        gate.open()

    threads = [threading.Thread(target=play, args=(place,)) for place in range(len(tasks))]
    for thread in threads:
        thread.start()
    if not tasks:
        here.wait()
    for thread in threads:
        thread.join()
    return results


class _Gate:
    """Each visitor passes it once, at the latest when her script ends."""

    def __init__(self, barrier: threading.Barrier) -> None:
        self.barrier, self.passed = barrier, False

    def __call__(self) -> None:
        self.open()

    def open(self) -> None:
        if not self.passed:
            self.passed = True
            self.barrier.wait(GATE_SECONDS)
