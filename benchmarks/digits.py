"""Change digits of study files at random, one at a time, and see whether a check notices.

Run with ``python -m benchmarks.digits [how many] [seed]``. A change is caught when the sources no
longer hold together, which they do when a quantity is not what the ledger of readings says, or when
the failed checks and disagreements are not those of before.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from pathlib import Path

from evidence.numbers.agreement import agreements
from evidence.problems import ProblemsFoundError
from evidence.steps.compute import compute
from evidence.steps.load import load
from evidence.steps.validate import validate
from evidence.store import Store
from tests.projects import TODAY

ROOT = Path(__file__).parent.parent
# Where the quantities of findings stand: behind these keys, and in an interval. Commas of prose are none
QUANTITY = re.compile(
    r"\b(?:value|sd|standard-error|events|n|person-years|percent|level|p|date|as-of): "
    r"[\"'<>≤≥ ]*(?P<alone>-?\d[\d.-]*)"
    r"|\binterval: \[(?P<low>-?\d[\d.]*), (?P<high>-?\d[\d.]*)\]"
)


def main(count: int, seed: int) -> None:
    """Print a line for each change, and how many were caught."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("content", "data", "templates"):
            shutil.copytree(ROOT / name, root / name)
        cache = Store(root / ".cache")
        usual = verdicts(root, cache)
        if any(verdict.startswith("problem ") for verdict in usual):
            sys.exit("\n".join(["Mend first what is wrong anyway:", *sorted(usual)]))
        chooser = random.Random(seed)
        caught = 0
        for _ in range(count):
            path, start, digit = _chosen(root, chooser)
            found = _changed(path, start, digit, root, cache) - usual
            caught += bool(found)
            print(_line(path, start, digit, found))
        print(f"{caught} of {count} caught (seed {seed})")


def verdicts(root: Path, cache: Store) -> set[str]:
    """Return what is wrong: problems, or failed checks and disagreements with their sentences."""
    try:
        results = compute(validate(load(root), TODAY, cache), cache)
    except ProblemsFoundError as error:
        return {f"problem {problem.rule}: {problem.message}" for problem in error.problems}
    found = {
        f"check {each.check}: {each.address}: {each.why}"
        for each in results.checks
        if each.verdict == "failed"
    }
    for address, finding in results.report.findings.items():
        for agreement in agreements(finding, results.computed(address)):
            if agreement.verdict != "agrees":
                found.add(f"badge {agreement.verdict}: {address}: {agreement.sentence}")
    return found


def _chosen(root: Path, chooser: random.Random) -> tuple[Path, int, str]:
    """Return a study file, an offset in it, and the digit to put there."""
    files = sorted((root / "data/studies").glob("*.yaml"))
    while True:
        path = chooser.choice(files)
        text = path.read_text("utf-8")
        numbers = [
            found.span(name)
            for found in QUANTITY.finditer(text, max(text.find("\nfindings:"), 0))
            for name in ("alone", "low", "high")
            if found.group(name)
        ]
        if not numbers or "\nfindings:" not in text:
            continue
        begin, end = chooser.choice(numbers)
        digits = [at for at in range(begin, end) if text[at].isdigit()]
        start = chooser.choice(digits)
        return path, start, chooser.choice([each for each in "0123456789" if each != text[start]])


def _changed(path: Path, start: int, digit: str, root: Path, cache: Store) -> set[str]:
    text = path.read_text("utf-8")
    path.write_text(f"{text[:start]}{digit}{text[start + 1 :]}", "utf-8")
    try:
        return verdicts(root, cache)
    finally:
        path.write_text(text, "utf-8")


def _line(path: Path, start: int, digit: str, found: set[str]) -> str:
    text = path.read_text("utf-8")
    line = text.count("\n", 0, start) + 1
    begin = text.rfind("\n", 0, start) + 1
    before = text[begin : text.find("\n", start)].strip()
    after = f"{text[begin:start]}{digit}{text[start + 1 : text.find(chr(10), start)]}".strip()
    outcome = min(found) if found else "not caught"
    return f"{path.stem}:{line}: {before} -> {after}\n    {outcome}"


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:3]]
    main(*numbers, *(20, 1)[len(numbers) :])
