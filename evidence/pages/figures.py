"""A page for each figure alone, to be shown inside other pages; and what stands around a figure."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import escape

from evidence.figures.drawing import Drawing
from evidence.model.page import Page
from evidence.numbers.own_table import OWN_STUDIES
from evidence.numbers.results import FigureResult
from evidence.pages.citing import of_figure
from evidence.pages.view import Planned, View, Workshop, picture_of
from evidence.prose.citing import LICENCE, Citation

AROUND_DRAWING = 320  # pixels of a figure's own page above and below the drawing
LETTERS_A_LINE = 95  # of the conventions below a drawing 700 pixels wide
NO_ADDRESS = "Write the address of this site before the path."


@dataclass(frozen=True)
class Around:
    """What a figure says besides its numbers: how to cite it, and how to show it elsewhere.

    ``address`` is that of its own page in the site, ``frame`` the line of HTML that shows it.
    ``counted`` is the page that lists what the figure counts, where that is the site's own studies.
    """

    address: str
    citation: str
    cited: Citation
    embedding: str
    frame: str
    counted: str | None


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield a page for each figure."""
    for name in workshop.results.figures:
        declared = workshop.report.figures[name].title  # a result is computed when it is asked for
        title = f"Figure: {workshop.writer(address_of(name)).plain(declared)}"
        yield Planned(address_of(name), title, partial(_alone, workshop, name))


def address_of(figure: str) -> str:
    """Return the address of a figure's own page."""
    return f"figures/{figure}.html"


def around(workshop: Workshop, result: FigureResult, drawing: Drawing) -> Around:
    """Return how ``result`` is cited and embedded."""
    path = address_of(result.id)
    cited = of_figure(workshop, result)
    public = cited.work.address
    embedding = "Copy this line into a page of yours."
    return Around(
        path,
        _words(workshop, result, cited),
        cited,
        embedding if public else f"{embedding} {NO_ADDRESS}",
        _frame(public or path, result, drawing),
        _counted(workshop, result),
    )


def _counted(workshop: Workshop, result: FigureResult) -> str | None:
    declared = workshop.report.figures.get(result.id)
    if declared is None or declared.table != OWN_STUDIES:
        return None
    lists = (page for page in workshop.report.pages.values() if page.front.kind == "studies")
    return next((page.address for page in lists), None)


def _words(workshop: Workshop, result: FigureResult, cited: Citation) -> str:
    named = "; ".join(workshop.report.sources[name].short for name in result.sources)
    where = f"{cited.work.container}, figure “{result.id}”"
    parts = [result.title.rstrip("."), where, cited.as_of, cited.work.address, LICENCE]
    told = ". ".join(part for part in parts if part)
    return f"{told}. Numbers from: {named.rstrip('.')}." if named else f"{told}."


def _frame(address: str, result: FigureResult, drawing: Drawing) -> str:
    """Return the line that shows the figure in another page, high enough for a desk."""
    _, _, width, high = drawing.wide.partition('viewBox="')[2].partition('"')[0].split()
    said = 20 * math.ceil(sum(map(len, result.conventions)) / LETTERS_A_LINE)
    height = round(float(high) * 700 / float(width)) + said + AROUND_DRAWING
    title = html.escape(result.title)
    return (
        f'<iframe src="{html.escape(address)}" title="{title}" width="100%" height="{height}" '
        'loading="lazy"></iframe>'
    )


def _pages(workshop: Workshop, result: FigureResult) -> list[Page]:
    pages = workshop.report.pages
    return [pages[name] for name in workshop.uses.pages_of_figure[result.id]]


def _alone(workshop: Workshop, name: str) -> View:
    result = workshop.results.figures[name]
    writer = workshop.writer(address_of(name))
    shown_by = _pages(workshop, result)
    return View(
        draft=name in workshop.report.figures and workshop.report.figures[name].draft,
        address=address_of(name),
        template="figure.html",
        kind="figure",
        name=result.title,
        title=escape(result.title),
        description=result.subtitle,
        writer=writer,
        hidden=True,
        picture=picture_of(address_of(name)),
        content={
            "id": result.id,
            "figure": workshop.figure(writer, result.id),
            "pages": [page for page in shown_by if page.front.kind != "home"],
        },
    )
