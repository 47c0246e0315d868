"""Draw findings at random to be read a second time, and count what came of it.

Run with ``python -m benchmarks.second_reading draw [how many] [seed]`` to print the findings with
what is recorded of each, as CSV; and with ``... count FILE`` on the same CSV with its column
``outcome`` filled (confirmed, wrong, not found) to print each share with its Wilson interval. What
the site computes itself, and what it counts in a registry's export, is not drawn.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from evidence.numbers.statistics.proportions import wilson
from evidence.numbers.wording import reported
from evidence.steps.load import load
from evidence.steps.validate import validate
from evidence.store import Store

ROOT = Path(__file__).parent.parent
COLUMNS = ("finding", "measure", "population", "time", "recorded", "source", "locator", "outcome")


def draw(count: int, seed: int) -> None:
    """Print ``count`` findings as CSV, chosen by ``seed`` from the sorted addresses."""
    report = validate(load(ROOT), date.today(), Store(None))  # noqa: DTZ011 - a day is enough
    drawable = sorted(
        f"{study.id}/{finding.id}"
        for study in report.studies.values()
        if study.analysis is None and study.counted is None
        for finding in study.findings.values()
        if finding.statement is None
    )
    chosen = sorted(random.Random(seed).sample(drawable, count))
    print(f"seed {seed}, {count} of {len(drawable)} findings", file=sys.stderr)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for address in chosen:
        finding = report.findings[address]
        source = report.sources[finding.source]
        told = (finding.population or "", finding.time or "", reported(finding).text)
        where = (source.doi or source.url or source.title, finding.locator)
        writer.writerow([address, finding.measure, *told, *where, ""])


def count(file: Path) -> None:
    """Print how many second readings had each outcome, in percent with a 95% Wilson interval."""
    with file.open(encoding="utf-8", newline="") as opened:
        outcomes = Counter(row["outcome"] for row in csv.DictReader(opened))
    n = sum(outcomes.values())
    for outcome, events in outcomes.most_common():
        share = wilson(events, n)
        print(f"{outcome}: {events} of {n} ({share.low:.0f} to {share.high:.0f}%)")


if __name__ == "__main__":
    if sys.argv[1] == "draw":
        numbers = [int(part) for part in sys.argv[2:]]
        draw(*(numbers + [40, 1][len(numbers) :]))
    else:
        count(Path(sys.argv[2]))
