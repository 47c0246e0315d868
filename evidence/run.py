"""The whole run: the six steps in one function, and the short cut when nothing changed.

The record of the last run holds a key of everything that goes in, and what was printed. It is used
only when the published files are still those of its manifest.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.program import program_version
from evidence.steps.load import load, source_files
from evidence.steps.publish import MANIFEST, intact, publish
from evidence.workers import Watch, Workers, unwatched

if TYPE_CHECKING:
    from evidence.finished.site import FinishedSite
    from evidence.model.report import Report
    from evidence.store import Store

RECORD = "last-run.json"


@dataclass(frozen=True)
class Built:
    """A checked site with the report that it was made from; ``failing`` says how many of its checks may fail."""

    report: Report
    site: FinishedSite
    failing: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Ending:
    """What is printed after a run."""

    summary: str
    page_lines: tuple[str, ...]
    change: str


def build(
    root: Path, today: Date, store: Store, *, editions: bool = False, drafts: bool = False
) -> Built:
    """Return the checked site of the project at ``root``, in memory; with ``editions`` if it is to hold them.

    With ``drafts`` it holds what no reader is to see yet.

    Raises ProblemsFoundError with everything that authors have to mend.
    """
    from evidence.steps.check import check  # noqa: PLC0415 - slow to import, and often not needed
    from evidence.steps.compute import compute  # noqa: PLC0415
    from evidence.steps.explain import explain  # noqa: PLC0415
    from evidence.steps.render import render  # noqa: PLC0415
    from evidence.steps.validate import validate  # noqa: PLC0415

    if editions:
        from evidence.files.editions.libraries import refuse_missing  # noqa: PLC0415

        refuse_missing()
    sources = load(root, drafts=drafts)
    report = replace(validate(sources, today, store), editions=editions)
    results = compute(report, store)
    failing = explain(sources, results)
    site = render(results, store)
    return Built(results.report, check(site), failing=failing)


def checked(
    root: Path, today: Date, folder: Path | None, cores: int = 1, watch: Watch = unwatched
) -> Built:
    """Build on all ``cores`` and publish nothing; ``folder`` holds the store, None means without."""
    from evidence.store import Store  # noqa: PLC0415 - slow to import

    with Workers(cores, watch) as workers:
        return build(root, today, Store(folder, workers))


def run(
    root: Path,
    output: Path,
    today: Date,
    folder: Path | None,
    cores: int = 1,
    *,
    editions: bool = False,
    watch: Watch = unwatched,
) -> Ending:
    """Build and publish into ``output``, or find that nothing changed since the last run.

    ``folder`` holds the store and the record of the last run; None means neither.
    """
    key = inputs_key(root, output, today, editions=editions)
    kept = None if folder is None else _recorded(folder / RECORD, key, output)
    if kept is not None:
        return kept
    from evidence.store import Store  # noqa: PLC0415 - often not needed

    with Workers(cores, watch) as workers:
        store = Store(folder, workers)
        built = build(root, today, store, editions=editions)
        published = publish(built.site.files.by_path, output)
        store.prune()
    outcome = Ending(
        summary(built),
        tuple(page_lines(built)),
        f"{len(published.written)} files written, {len(published.removed)} removed, "
        f"{published.unchanged} unchanged",
    )
    if folder is not None:
        _record(folder / RECORD, key, output, outcome)
    return outcome


def inputs_key(root: Path, output: Path, today: Date, *, editions: bool = False) -> str:
    """Return a key of every source file, the program, the libraries, the day, the output, and what is made."""
    parts = [program_version(), today.isoformat(), str(output.resolve()), editions]
    inputs = [(name, hashlib.sha256(raw).hexdigest()) for name, raw in source_files(root)]
    return hashlib.sha256(json.dumps([parts, inputs]).encode()).hexdigest()


def _recorded(record: Path, key: str, output: Path) -> Ending | None:
    """Return what the last run printed, when it had the same inputs and its files are still there."""
    try:
        written = json.loads(record.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(written, dict) or written.pop("seal", None) != _seal(written):
        return None
    if written["key"] != key or not intact(output, written["manifest"]):
        return None
    return Ending(written["summary"], tuple(written["page_lines"]), "Nothing changed")


def _record(record: Path, key: str, output: Path, outcome: Ending) -> None:
    written = {
        "key": key,
        "manifest": _digest((output / MANIFEST).read_bytes()),
        "summary": outcome.summary,
        "page_lines": outcome.page_lines,
    }
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(json.dumps({**written, "seal": _seal(written)}), "utf-8")
    except OSError:  # without a record the next run is only slower
        return


def _seal(written: dict[str, Any]) -> str:
    """Return the SHA-256 of a record: one that somebody else wrote, or that broke, has another."""
    return _digest(json.dumps(written, sort_keys=True).encode())


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def page_lines(built: Built) -> list[str]:
    """Return the coverage of every page, a line each."""
    site = built.site
    return [f"  {path}: {site.coverage(path)} numbers bound" for path in site.pages()]


def summary(built: Built) -> str:
    """Return what the site holds and its coverage, with checks that fail and pages that are due for review."""
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
    if report.confirmed is not None:
        confirmed, findings = report.confirmed
        share = f" ({100 * confirmed / findings:.1f}%)" if findings else ""
        lines.append(
            f"Confirmed by a second reading: {confirmed:,} of {findings:,} findings{share}."
        )
    lines += filter(None, [built.failing])
    overdue = [page.id for page in report.pages.values() if page.front.is_overdue(report.today)]
    if overdue:
        lines.append(f"Overdue for review: {', '.join(overdue)}.")
    return "\n".join(lines)
