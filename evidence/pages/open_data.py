"""The page that tells what the downloads hold: every column of every table, with its meaning."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from evidence.model.open_data import TABLES
from evidence.pages.view import Crumb, Planned, View, Workshop

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
        contents=tuple((table.name, table.title) for table in TABLES),
        broad=True,
        content={"tables": TABLES},
    )
