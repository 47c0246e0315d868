"""The page that tells what the downloads hold: every column of every table, with its meaning."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from evidence.model.open_data import TABLES, OpenTable
from evidence.pages.linked_data import dataset
from evidence.pages.view import Crumb, Planned, View, Workshop, public
from evidence.prose.writer import Writer

ADDRESS = "downloads/index.html"
NAME = "What the downloads hold"


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield the one page."""
    yield Planned(ADDRESS, NAME, partial(_view, workshop))


def _view(workshop: Workshop) -> View:
    writer = workshop.writer(ADDRESS)
    return View(
        address=ADDRESS,
        template="open-data.html",
        kind="open-data",
        name=NAME,
        title=writer.inline(NAME),
        description="The tables that anybody may download, and what each of their columns means.",
        writer=writer,
        kicker="Open data",
        crumbs=(Crumb("Home", "index.html"), Crumb("Open data", None)),
        linked={"mainEntity": [_dataset(workshop, table, writer) for table in TABLES]},
        contents=tuple((table.name, table.title) for table in TABLES),
        broad=True,
        content={"tables": TABLES},
    )


def _dataset(workshop: Workshop, table: OpenTable, writer: Writer) -> dict[str, Any]:
    site = workshop.report.site
    name = f"{site.title}: {table.name}"
    description = f"A row for each {table.row} of {site.title}: {site.description}"
    return dataset(name, description, [public(site, writer, table.path)], site)
