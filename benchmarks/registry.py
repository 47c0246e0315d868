"""Time and memory of whole imports: a real export, and made-up ones of growing size.

    python -m benchmarks.registry [EXPORT]

Each import is a process of its own. The made-up studies have words drawn by a fixed rule, so that
every run reads the same bytes; nearly all their texts differ, so that nothing is remembered.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from evidence.registry.importing import RULES

ROOT = Path(__file__).parent.parent
SIZES = (10_000, 100_000, 1_000_000)
EXPORTED = "2022-12-31"
COLUMNS = (
    "Rank", "NCT Number", "Title", "Acronym", "Status", "Study Results", "Conditions",
    "Interventions", "Outcome Measures", "Sponsor/Collaborators", "Gender", "Age", "Phases",
    "Enrollment", "Funded Bys", "Study Type", "Study Designs", "Other IDs", "Start Date",
    "Primary Completion Date", "Completion Date", "First Posted", "Results First Posted",
    "Last Update Posted", "Locations", "Study Documents", "URL",
)  # fmt: skip
STATUSES = ("Completed", "Unknown status", "Recruiting", "Withdrawn", "Active, not recruiting")
PHASES = ("Phase 1", "Phase 1|Phase 2", "Phase 2", "Phase 3", "Not Applicable", "")
CONDITIONS = ("Heart Failure", "Stroke", "Osteoarthritis, Knee", "Liver Cirrhosis", "Burns")
CELLS = ("bone marrow mesenchymal stem cells", "umbilical cord cells", "mesenchymal stem cells")
PLACES = ("Clinic, Lyon, France", "Seoul, Korea, Republic of", "Ward, Lima, Peru")
MONTHS = ("January", "March", "June", "October")


def main(arguments: Sequence[str]) -> None:
    """Print a line for each import."""
    print(f"{'':28} {'rows':>7} {'MB':>6} {'seconds':>8} {'processor':>10} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content").mkdir()
        (root / RULES).parent.mkdir(parents=True)
        (root / RULES).write_bytes((ROOT / RULES).read_bytes())
        for each in arguments:
            _measure(root, Path(each).resolve(), "given")
        for size in SIZES:
            export = root / f"studies-{size}.csv"
            make(export, size)
            _measure(root, export, "made up")


def make(file: Path, size: int) -> None:
    """Write a classic export of ``size`` made-up studies."""
    draw = random.Random(size)
    words = ["".join(draw.choices("aeioulmnrst", k=draw.randint(3, 9))) for _ in range(4000)]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        for number in range(1, size + 1):
            writer.writerow(_study(draw, words, number))


def _study(draw: random.Random, words: list[str], number: int) -> dict[str, str]:
    month, year = draw.choice(MONTHS), draw.randint(2005, 2021)
    return {
        "Rank": str(number),
        "NCT Number": f"NCT{number:08d}",
        "Title": " ".join(draw.choices(words, k=12)),
        "Status": draw.choice(STATUSES),
        "Conditions": f"{' '.join(draw.choices(words, k=2))}|{draw.choice(CONDITIONS)}",
        "Interventions": f"Biological: {draw.choice(words)} {draw.choice(CELLS)}|Drug: placebo",
        "Outcome Measures": " ".join(draw.choices(words, k=80)),
        "Phases": draw.choice(PHASES),
        "Enrollment": str(draw.randint(1, 400)),
        "Funded Bys": draw.choice(("Other", "Industry", "Other|Industry", "NIH")),
        "Study Type": "Interventional",
        "Other IDs": f"{draw.choice(words).upper()}-{number}",
        "Start Date": f"{month} {draw.randint(1, 28)}, {year}",
        "First Posted": f"{month} {year}",
        "Last Update Posted": f"{month} {draw.randint(1, 28)}, {year + 1}",
        "Locations": "|".join(draw.choices(PLACES, k=draw.randint(1, 3))),
        "URL": f"https://example.org/{number}",
    }


def _measure(root: Path, export: Path, name: str) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "import", "registry", str(export),
               "--search", "made up", "--exported", EXPORTED, "--root", str(root)]  # fmt: skip
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    printed = process.stdout.read().decode() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        sys.exit(f"the import of {export.name} failed")
    megabytes = export.stat().st_size / 1e6
    rows = printed.partition(" ")[0]
    processor = usage.ru_utime + usage.ru_stime
    print(
        f"{name:28} {rows:>7} {megabytes:6.1f} {seconds:8.2f} {processor:10.2f} "
        f"{usage.ru_maxrss / 1024:8.0f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
