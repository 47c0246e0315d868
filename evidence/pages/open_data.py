"""The page that tells what the downloads hold: every column of every table, with its type, key and meaning."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from evidence.model.columns import Shape
from evidence.model.open_data import LEADING, TABLES
from evidence.model.open_table import OpenTable
from evidence.model.open_views import VIEWS
from evidence.pages.linked_data import dataset
from evidence.pages.view import Crumb, Planned, View, Workshop, public
from evidence.prose.writer import Writer

ADDRESS = "downloads/index.html"
NAME = "What the downloads hold"
# Described by the package, and made of the same tables; made in evidence/files
PACKAGE = "downloads/datapackage.json"
DATABASE = "downloads/evidence.sqlite"
METADATA = "downloads/datasette.json"
# The tables but for those of trials and of registries' records, each a sheet
WORKBOOK = "downloads/findings.xlsx"
TYPES: dict[Shape, str] = {
    "text": "text",
    "whole": "whole number",
    "number": "number",
    "truth": "true or false",
    "date": "date",
    "listed": "list",
}


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
        linked={"mainEntity": _dataset(workshop, writer)},
        broad=True,
        content={
            "tables": [(table, _named_tables(table)) for table in TABLES],
            "types": TYPES,
            "views": VIEWS,
            "package": PACKAGE,
            "database": DATABASE,
            "workbook": WORKBOOK,
            "metadata": METADATA,
        },
    )


def _named_tables(table: OpenTable) -> dict[str, str]:
    """Return the table whose rows a column names, by the name of the column."""
    return {key.columns[-1]: key.table for key in LEADING[table.name]}


def _dataset(workshop: Workshop, writer: Writer) -> dict[str, Any]:
    site = workshop.report.site
    files = [PACKAGE, DATABASE, *(table.path for table in TABLES)]
    addresses = [public(site, writer, path) for path in files]
    return dataset(f"{site.title}: open data", site.description, addresses, site)
