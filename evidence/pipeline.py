"""The whole run in one function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from evidence.finished.site import Site
from evidence.model.report import Report
from evidence.steps.check import check
from evidence.steps.compute import compute
from evidence.steps.load import load
from evidence.steps.publish import File, Published, publish
from evidence.steps.render import render
from evidence.steps.validate import validate
from evidence.store import Cache


@dataclass(frozen=True)
class Built:
    """A checked site with the report that it was made from."""

    report: Report
    site: Site


def build(root: Path, today: Date, cache: Cache) -> Built:
    """Return the checked site of the project at ``root``, in memory.

    Raises ProblemsFoundError with everything that authors have to mend.
    """
    sources = load(root)
    report = validate(sources, today, cache)
    results = compute(report, cache)
    site = render(results, cache)
    return Built(results.report, check(site, cache))


def run(root: Path, output: Path, today: Date, cache: Cache) -> tuple[Built, Published]:
    """Build the site and bring the folder ``output`` to its state."""
    built = build(root, today, cache)
    files = {path: File.of(raw) for path, raw in built.site.files.items()}
    return built, publish(files, output)
