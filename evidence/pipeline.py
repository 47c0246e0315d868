"""The whole run in one function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from evidence.cache import Cache
from evidence.check import check
from evidence.compute import compute
from evidence.load import load
from evidence.model.report import Report
from evidence.publish import Published, publish
from evidence.render import render
from evidence.site import Site
from evidence.validate import validate


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
    return built, publish(built.site, output)
