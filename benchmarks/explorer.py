"""Time builds with many invented trials: ``python -m benchmarks.explorer 1000 10000``.

For each number of trials: a cold build, one trial edited, nothing changed. Seconds of the whole
process, its largest memory, and the sizes of what the explorer loads. The project has little else in
it; the first line, with no trials, says what that takes.
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
from pathlib import Path

from tests.invented import invented_files, real_words
from tests.projects import MINIMAL, ROOT, make_project, write

TODAY = "2026-11-21"
MEBIBYTE = 1024
SIZES = ("trials/index.html", "trials/list.js", "downloads/trials.csv", "downloads/trials.json")


def main() -> None:
    """Print a line for each number of trials that the command line names."""
    counts = [int(count) for count in sys.argv[1:]] or [1000, 10_000]
    print("trials      cold            one trial edited  nothing changed    (seconds, MiB)")
    for count in (0, *counts):
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), count)


def _measure(project: Path, count: int) -> None:
    make_project(project, MINIMAL)
    shutil.copy(ROOT / "build.py", project)  # a copy, so that work on the program does not disturb
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "evidence", project / "evidence", ignore=ignored)
    words = real_words().model_dump(by_alias=True)
    words["conditions"]["cold"] = {"title": "Common cold", "definition": "A runny nose."}
    explorer = (ROOT / "content/trials/index.md").read_text("utf-8")
    written = {"data/vocabularies.yaml": json.dumps(words), "content/trials/index.md": explorer}
    write(project, {**written, **invented_files(count, real_words())})
    cold = _build(project)
    if count:
        edited = project / "data/trials/nct90000000.yaml"
        edited.write_text(edited.read_text("utf-8").replace('"name": "', '"name": "Edited: ', 1))
    edit = _build(project)
    nothing = _build(project)
    cells = "   ".join(f"{seconds:8.2f} {memory:6.0f}" for seconds, memory in (cold, edit, nothing))
    print(f"{count:6}  {cells}")
    for path in SIZES:
        raw = (project / "site" / path).read_bytes()
        print(f"        {path:24} {len(raw):10,} bytes, {len(gzip.compress(raw, 6)):9,} compressed")


def _build(project: Path) -> tuple[float, float]:
    """Return the seconds that one build takes, and its largest resident memory in MiB."""
    started = time.perf_counter()
    command = [sys.executable, "build.py", "build", "--today", TODAY]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(process.returncode)
    return time.perf_counter() - started, usage.ru_maxrss / MEBIBYTE


if __name__ == "__main__":
    main()
