"""Which process of `make test` takes which tests, and in which order."""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

# One after the other in one process, and before its first browser test: they start programs, share a site, or run a
# Playwright of their own, of which a process bears only one at a time.
PROGRAMS = ("tests/bookings/test_off_clocks.py", "tests/bookings/test_procfile.py", "tests/faults/", "tests/races/")
BROWSERS = "tests/browser/"
# Files whose tests take long, in rough seconds; all others count half a second a test.
SECONDS = {
    "programs": 1000,
    "tests/bookings/scheduling/test_offers.py": 40,
    "tests/bookings/test_demo.py": 60,
    "tests/bookings/test_last_word.py": 30,
    "tests/bookings/test_stateful_model.py": 60,
    "tests/spa/test_backup.py": 40,
}


class TwoEnds(LoadScopeScheduling):
    """All files stand in one row: programs, browsers from long to short, then the short tests' files to the longest.

    The first process takes them from the one end, the others from the other end, and they meet in the middle. So
    programs that need a core have one and the short tests have the other, nobody stands idle beside a long list of
    somebody else's, and what is left for the end is short. No file is ever in two processes.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "programs" if nodeid.startswith(PROGRAMS) else nodeid.partition("::")[0]

    def _assign_work_unit(self, node: Any) -> None:
        choose = max if node is self.nodes[0] else min
        self.workqueue.move_to_end(choose(self.workqueue, key=self._place), last=False)
        super()._assign_work_unit(node)

    def _place(self, scope: str) -> float:
        """Above 0 what is heavy, below 0 what is light, and the further from 0 the longer it takes."""
        seconds = SECONDS.get(scope, len(self.workqueue[scope]) / 2)
        return seconds if scope == "programs" or scope.startswith(BROWSERS) else -seconds
