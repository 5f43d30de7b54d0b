"""What Lighthouse says of three public pages: its four scores on the mobile profile, the median of five runs each."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from statistics import median

from benchmarks.databases import point_at
from benchmarks.measure import Rounds
from benchmarks.pages import SMALL
from benchmarks.results import Result
from benchmarks.web import Web, web
from spa.start import find_chromium
from therapists.models import Therapist

VERSION = "12.8.2"
RUNS, TRIES, GOAL = 5, 3, 95
SCORES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "search",
}
WHY = "The rounds below say how the runs differ; a busy machine lowers performance alone."


def measure() -> Iterator[Result]:
    """One result for each page and score, in points of a hundred. Nothing where Node.js is not installed."""
    if not shutil.which("npx"):
        print("Lighthouse is not measured: it needs Node.js (npx).", flush=True)
        return
    point_at(SMALL)
    person = Therapist.objects.order_by("order").first()
    pages = {"start": "/", "choose a time": "/book/", "a therapist": f"/therapists/{person.slug}/"}
    with web(SMALL) as served:
        for name, path in pages.items():
            yield from results(name, [scores(served, path) for _ in range(RUNS)])


def results(name: str, runs: list[dict[str, float]]) -> Iterator[Result]:
    rounds: Rounds = {words: [run[key] for run in runs] for key, words in SCORES.items()}
    for words, values in rounds.items():
        shown = {"rounds": rounds, "rounds_unit": "points"} if words == "performance" else {}
        title = f"Lighthouse {VERSION}, {name}: {words}"
        yield Result(title, median(values), GOAL, unit="points", at_most=False, why=WHY, **shown)


def scores(served: Web, path: str) -> dict[str, float]:
    """The scores of one run, 0 to 100. A run that its browser breaks off is no measurement: it is made again."""
    command = ["npx", "--yes", f"lighthouse@{VERSION}", f"http://localhost:{served.port}{path}", "--quiet"]
    options = ["--output=json", f"--chrome-path={find_chromium()}", "--chrome-flags=--headless=new --no-sandbox"]
    chosen = f"--only-categories={','.join(SCORES)}"
    for _again in range(TRIES):
        done = subprocess.run([*command, *options, chosen], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            found = json.loads(done.stdout)["categories"]
            return {key: round(found[key]["score"] * 100) for key in SCORES}
    raise RuntimeError(f"Lighthouse could not open {path}: {done.stderr[-1000:]}")
