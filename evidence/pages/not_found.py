"""The page for addresses that do not exist, which a host shows at any depth and below any path.

It cannot know where it stands, and neither may it ask a script. So it has its links once for each depth,
and asks for a style sheet at each: the one that is there shows the links that lead home from there. Above
the top of a host a browser goes no higher; all sheets are then there from that depth on, the last of
them counts, and its links lead to the top as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from evidence.finished.site import NOT_FOUND
from evidence.model.page import Page
from evidence.pages.styles import DEPTHS
from evidence.pages.view import Planned, View, Workshop
from evidence.prose.typesetting import TermFinder
from evidence.prose.writer import Writer

OWN_ID = re.compile(r' id="[^"]*"')


@dataclass(frozen=True)
class Way:
    """What the page says at one depth: the text of its Markdown, the main links, and its style sheet."""

    text: Markup
    home: str
    links: list[tuple[str, str]]
    sheet: str


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield the page, where a site has one."""
    for page in workshop.report.pages.values():
        if page.front.kind == "not-found":
            view = partial(_view, workshop, page)
            yield Planned(page.address, workshop.tabs[page.id], view, page.id)


def _view(workshop: Workshop, page: Page, body: str) -> View:
    writer = workshop.writer(page.address)
    front = page.front
    depths = range(DEPTHS) if page.address == NOT_FOUND else range(1)
    return View(
        address=page.address,
        template="not-found.html",
        kind=front.kind,
        name=writer.plain(front.title),
        title=writer.inline(front.title),
        description=writer.plain(front.description or ""),
        writer=writer,
        page=page,
        tab=writer.plain(front.short or ""),
        hidden=True,
        content={"ways": [_way(workshop, writer, body, depth) for depth in depths]},
    )


def _way(workshop: Workshop, plain: Writer, body: str, depth: int) -> Way:
    writer = replace(plain, up="../" * depth, finder=TermFinder(()), notes={}, terms={}, figures=[])
    text, _ = writer.block(body)
    frame = workshop.frame
    entries = [
        (frame.page(entry.page).address, entry.title) for entry in workshop.report.site.navigation
    ]
    entries += [(address, "Search") for address in frame.pages_of("search")]
    return Way(
        Markup(OWN_ID.sub("", text)) if depth else text,  # noqa: S704 - a writer's own
        writer.href("index.html"),
        [(writer.href(address), title) for address, title in entries],
        writer.href(f"static/not-found-{depth}.css"),
    )
