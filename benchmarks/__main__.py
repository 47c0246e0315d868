"""Time whole builds of the real site: cold, one sentence changed, nothing changed.

Each figure is the median of several runs, each in a process of its own, on a copy of the project.
Absolute times are this machine's; compare them only within one run.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.measured import measure
from tests.projects import TODAY

ROOT = Path(__file__).parent.parent
RUNS = 5
SENTENCE = "content/spinal-cord-injury/safety.md"


def main() -> None:
    """Print a table of medians."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        project.mkdir()
        for name in ("build.py", "evidence", "content", "data", "templates"):
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(
                    source, project / name, ignore=shutil.ignore_patterns("__pycache__")
                )
            else:
                shutil.copy(source, project / name)
        _build(project)
        print(f"Median of {RUNS} runs, seconds of the whole process")
        _report("nothing changed", project, _nothing)
        _report("one sentence changed", project, _sentence)
        _report("cold, no cache", project, _cold)
        print("Steps of one warm run, seconds")
        print(_steps(project))


def _build(project: Path) -> tuple[float, float]:
    """Return the seconds of the wall clock and of the processor that one build takes."""
    command = [sys.executable, "build.py", "build", "--today", TODAY.isoformat()]
    measured = measure(command, project)
    return measured.wall, measured.processor


def _report(name: str, project: Path, prepare: Callable[[Path, int], None]) -> None:
    times = []
    for run in range(RUNS):
        prepare(project, run)
        times.append(_build(project))
    walls, processors = zip(*times, strict=True)
    print(
        f"  {name:24} {statistics.median(walls):6.2f}   ({min(walls):.2f} to {max(walls):.2f})"
        f"   processor {statistics.median(processors):6.2f}"
    )


def _nothing(_project: Path, _run: int) -> None:
    """Leave everything as it is."""


def _sentence(project: Path, run: int) -> None:
    with (project / SENTENCE).open("a", encoding="utf-8") as page:
        page.write(f"\nA sentence more, of measurement {'x' * (run + 1)}.\n")


def _cold(project: Path, _run: int) -> None:
    shutil.rmtree(project / ".cache", ignore_errors=True)
    shutil.rmtree(project / "site", ignore_errors=True)


def _steps(project: Path) -> str:
    script = """
import datetime, time
from pathlib import Path
from evidence.steps import check, compute, load, publish, render, validate
from evidence.store import Store
cache, today, root = Store(Path(".cache")), datetime.date.fromisoformat("TODAY"), Path()
made = root
for name, step in (
    ("load", lambda: load.load(root)),
    ("validate", lambda: validate.validate(made, today, cache)),
    ("compute", lambda: compute.compute(made, cache)),
    ("render", lambda: render.render(made, cache)),
    ("check", lambda: check.check(made)),
    ("publish", lambda: publish.publish(made.files.by_path, root / "site")),
):
    started = time.perf_counter()
    made = step()
    print(f"  {name:24} {time.perf_counter() - started:6.3f}")
"""
    command = [sys.executable, "-c", script.replace("TODAY", TODAY.isoformat())]
    ran = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True)
    return ran.stdout.rstrip()


if __name__ == "__main__":
    main()
