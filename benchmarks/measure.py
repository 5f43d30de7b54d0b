"""Rounds that alternate between what is compared, so that a busy minute of the machine falls on all of them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

ROUNDS = 7
Action = Callable[[], float]
Rounds = dict[str, list[float]]


def alternate(actions: dict[str, Action], rounds: int = ROUNDS) -> Rounds:
    """Measure each action once per round, in turn, after one round that does not count. Unit: whatever they return."""
    for action in actions.values():
        action()
    taken: Rounds = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            taken[name].append(action())
    return taken


def ratio(rounds: Rounds, one: str, other: str) -> float:
    """The median over the rounds of `one` divided by `other`, each pair of one round."""
    return median(a / b for a, b in zip(rounds[one], rounds[other], strict=True))


def cpu_seconds(processes: Iterable[int]) -> float:
    """The processor time that these processes have used so far, in user and kernel mode, as the scheduler counts it."""
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in processes) / 1e9
