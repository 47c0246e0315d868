"""Nothing changed, nothing done: a run whose inputs and output are those of the last one.

The record of the last run holds a key of everything that goes in, and what was printed. It is
used only when the published files are still those of its manifest.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.steps.load import source_files
from evidence.steps.publish import MANIFEST, intact
from evidence.store import content_key
from evidence.versions import code_version

if TYPE_CHECKING:
    from evidence.pipeline import Built

SEAMS = (
    "report",
    "trials",
    "results",
    "markdown",
    "statistics",
    "templates",
    "figures",
    "drawings",
    "pages",
    "downloads",
    "inspection",
    "search",
    "checks",
    "vendor",
)


@dataclass(frozen=True)
class Outcome:
    """What is printed after a run."""

    summary: str
    page_lines: tuple[str, ...]
    change: str


def run(root: Path, output: Path, today: Date, cache_folder: Path | None) -> Outcome:
    """Build and publish, or find that nothing changed since the last run."""
    record = cache_folder / "last-run.json" if cache_folder else None
    key = inputs_key(root, output, today)
    if record is not None:
        kept = _kept(record, key, output)
        if kept is not None:
            return kept
    from evidence import pipeline  # noqa: PLC0415 - slow to import, and often not needed
    from evidence.store import Cache  # noqa: PLC0415

    cache = Cache(cache_folder)
    built, published = pipeline.run(root, output, today, cache)
    for seam in SEAMS:
        cache.prune(seam)
    outcome = Outcome(
        summary(built),
        tuple(page_lines(built)),
        f"{len(published.written)} files written, {len(published.removed)} removed, "
        f"{published.unchanged} unchanged",
    )
    if record is not None:
        _keep(record, key, output, outcome)
    return outcome


def inputs_key(root: Path, output: Path, today: Date) -> str:
    """Return a key of every source file, the code, the libraries, the day and the output folder."""
    parts: list[object] = [code_version(), today.isoformat(), str(output.resolve())]
    inputs = [(name, hashlib.sha256(raw).hexdigest()) for name, raw in source_files(root)]
    return content_key(*parts, inputs)


def _kept(record: Path, key: str, output: Path) -> Outcome | None:
    try:
        fields = json.loads(record.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if fields.get("key") != key or not intact(output, fields.get("manifest", "")):
        return None
    return Outcome(fields["summary"], tuple(fields["page_lines"]), "Nothing changed")


def _keep(record: Path, key: str, output: Path, outcome: Outcome) -> None:
    fields = {
        "key": key,
        "manifest": hashlib.sha256((output / MANIFEST).read_bytes()).hexdigest(),
        "summary": outcome.summary,
        "page_lines": outcome.page_lines,
    }
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(json.dumps(fields), "utf-8")
    except OSError:  # without a record the next run is only slower
        return


def page_lines(built: Built) -> list[str]:
    """Return the coverage of every page, a line each."""
    site = built.site
    return [f"  {path}: {site.coverage(path)} numbers bound" for path in site.pages()]


def summary(built: Built) -> str:
    """Return what the site holds and its coverage, with the pages that are due for review."""
    report, site = built.report, built.site
    claims = len(report.claims())
    held = (
        f"{len(site.pages())} pages from {len(report.sources)} sources, {len(report.studies)} "
        f"studies, {len(report.findings)} findings, {claims} claims, {len(report.figures)} figures."
    )
    lines = [
        held,
        f"Numbers that carry evidence: {site.coverage()} bound to a source and a locator.",
    ]
    overdue = [
        page.id
        for page in report.pages.values()
        if page.front.review_due is not None and page.front.review_due.first_day < report.today
    ]
    if overdue:
        lines.append(f"Overdue for review: {', '.join(overdue)}.")
    return "\n".join(lines)
