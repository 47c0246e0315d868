"""Time builds with many invented trials: ``python -m benchmarks.explorer 1000 10000``.

For each number of trials: a cold build, one trial edited, nothing changed. Seconds of the whole
process by the clock and of the processor, its largest memory, and the sizes of what the explorer
loads. The project has little else in it; the first line, with no trials, says what that takes.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.invented import invented_files, real_words
from tests.projects import MINIMAL, ROOT, make_project, write

TODAY = "2026-11-21"
MEBIBYTE = 1024
SIZES = ("trials/index.html", "trials/list.js", "downloads/trials.csv", "downloads/trials.json")


@dataclass(frozen=True)
class Measured:
    """What one process took: seconds of the clock and of the processor, and its most MiB."""

    wall: float
    processor: float
    memory: float

    def __str__(self) -> str:
        """Return the three in columns."""
        return f"{self.wall:8.2f} {self.processor:6.2f} {self.memory:5.0f}"


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
        raw = (project / "site" / path).read_bytes()
        print(f"        {path:24} {len(raw):10,} bytes, {len(gzip.compress(raw, 6)):9,} compressed")


def make(project: Path, count: int) -> None:
    """Make a small project with ``count`` invented trials."""
    make_project(project, MINIMAL)
    shutil.copy(ROOT / "build.py", project)  # a copy, so that work on the program does not disturb
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "evidence", project / "evidence", ignore=ignored)
    words = real_words().model_dump(by_alias=True)
    words["conditions"]["cold"] = {"title": "Common cold", "definition": "A runny nose."}
    explorer = (ROOT / "content/trials/index.md").read_text("utf-8")
    written = {"data/vocabularies.yaml": json.dumps(words), "content/trials/index.md": explorer}
    write(project, {**written, **invented_files(count, real_words())})


def edit(trial: Path) -> None:
    """Change the name of a trial."""
    trial.write_text(trial.read_text("utf-8").replace('"name": "', '"name": "Edited: ', 1), "utf-8")


def build(project: Path) -> Measured:
    """Return what one build takes."""
    return measure([sys.executable, "build.py", "build", "--today", TODAY], project)


def measure(command: list[str], folder: Path) -> Measured:
    """Return what a command takes. Python may keep what it compiled, as it does for everybody."""
    surroundings = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=surroundings)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with {process.returncode}")
    wall = time.perf_counter() - started
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MEBIBYTE)


if __name__ == "__main__":
    main()
