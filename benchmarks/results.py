"""One finished measurement: what was asked for, what came out, and every round."""

from dataclasses import dataclass, field

from benchmarks.measure import Rounds


@dataclass(frozen=True)
class Result:
    """`value` is compared with `goal` in the direction of `at_most`. `aim` is the better number one hopes for.

    `why` says what stands in the way when the goal is missed.
    """

    name: str
    value: float
    goal: float
    unit: str = "times"
    at_most: bool = True
    aim: float | None = None
    note: str = ""
    why: str = ""
    rounds: Rounds = field(default_factory=dict)
    rounds_unit: str = "ms of processor time"

    @property
    def is_met(self) -> bool:
        return self.value <= self.goal if self.at_most else self.value >= self.goal

    @property
    def missed_by(self) -> str:
        """How far it is from the goal, in percent of the goal."""
        return f"{abs(self.value - self.goal) / self.goal:.0%}"
