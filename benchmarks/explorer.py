"""Time builds with many invented trials: ``python -m benchmarks.explorer 1000 10000``.

For each number of trials: a cold build, one trial edited, nothing changed. Seconds of the whole
process by the clock and of the processor, the most memory that it held with all that it started, and the
sizes of what the explorer loads. The project has little else in it; the first line, with no trials, says what that takes.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measured import Measured, measure
from tests.invented import explorer_pages, invented_files, real_words
from tests.projects import MINIMAL, ROOT, make_project, write

TODAY = "2026-11-21"
SIZES = (
    "trials/index.html",
    "trials/facets.js",
    "trials/rows-0.js",
    "trials/orders.js",
    "trials/words.js",
    "trials/values.js",
    "downloads/trials.csv",
    "downloads/trials.json",
    "downloads/evidence.sqlite",
)


def main() -> None:
    """Print a line for each number of trials that the command line names."""
    counts = [int(count) for count in sys.argv[1:]] or [1000, 10_000]
    print("trials   cold                    one trial edited        nothing changed")
    print("         seconds processor MiB   seconds processor MiB   seconds processor MiB")
    for count in (0, *counts):
        with tempfile.TemporaryDirectory() as folder:
            _report(Path(folder), count)


def _report(project: Path, count: int) -> None:
    make(project, count)
    cold = build(project)
    if count:
        edit(project / "data/trials/nct90000000.yaml")
    print(f"{count:6}  {cold}   {build(project)}   {build(project)}")
    for path in SIZES:
        if not (project / "site" / path).is_file():
            continue  # a site without trials has no rows of them
        raw = (project / "site" / path).read_bytes()
        print(f"        {path:24} {len(raw):10,} bytes, {len(gzip.compress(raw, 6)):9,} compressed")


def make(project: Path, count: int) -> None:
    """Make a small project with ``count`` invented trials."""
    make_project(project, MINIMAL)
    shutil.copy(ROOT / "build.py", project)  # a copy, so that work on the program does not disturb
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "evidence", project / "evidence", ignore=ignored)
    words = real_words().model_dump(by_alias=True, exclude_none=True)
    words["conditions"]["cold"] = {"title": "Common cold", "definition": "A runny nose."}
    vocabularies: dict[str, str | bytes] = {"data/vocabularies.yaml": json.dumps(words)}
    write(project, {**vocabularies, **explorer_pages(), **invented_files(count, real_words())})


def edit(trial: Path) -> None:
    """Change the name of a trial."""
    trial.write_text(trial.read_text("utf-8").replace('"name": "', '"name": "Edited: ', 1), "utf-8")


def build(project: Path) -> Measured:
    """Return what one build takes."""
    return measure([sys.executable, "build.py", "build", "--today", TODAY], project)


if __name__ == "__main__":
    main()
