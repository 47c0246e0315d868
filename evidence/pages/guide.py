"""The guide for editors: the documents in docs/ as pages, which search engines and the search pass over."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from evidence.model.guide import FIRST, GUIDE, GUIDE_FOLDER, guide_address
from evidence.pages.view import Crumb, Planned, View, Workshop
from evidence.prose.markdown import convert
from evidence.prose.writer import Writer

TITLE = re.compile(r"\A# (.+)\n+")
OF_PAGE = re.compile(r"\.html(?=#|\Z)")  # what Markdown of pages makes of .md
LINK = re.compile(r'<a href="([^"<>]*)">((?:[^<]++|<(?!/?a\b))*+)</a>')


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield a page for each document of the guide."""
    for name in _in_order(workshop):
        title = title_of(workshop.report.guide[name])
        yield Planned(guide_address(name), f"Guide: {title}", partial(_view, workshop, name))


def _in_order(workshop: Workshop) -> list[str]:
    """Return the documents that are there in the order in which one reads them."""
    return [name for name in GUIDE if name in workshop.report.guide]


def title_of(text: str) -> str:
    """Return the title of a document: its first line."""
    found = TITLE.match(text)
    return found[1] if found else "For editors"


def _view(workshop: Workshop, name: str) -> View:
    writer = workshop.writer(guide_address(name))
    guide = workshop.report.guide
    title = title_of(guide[name])
    skeleton = convert(TITLE.sub("", guide[name]))
    first = Crumb(title_of(guide[FIRST]), guide_address(FIRST)) if FIRST in guide else None
    way = [Crumb("Home", "index.html"), *([first] if first and name != FIRST else [])]
    return View(
        address=guide_address(name),
        template="guide.html",
        kind="guide",
        name=title,
        tab=f"Guide: {title}",
        title=escape(title),
        description="How those who edit this site work on it.",
        writer=writer,
        kicker="Guide for editors",
        crumbs=(*way, Crumb(title, None)),
        contents=skeleton.headings,
        siblings=tuple(
            Crumb(title_of(guide[other]), guide_address(other)) for other in _in_order(workshop)
        ),
        hidden=True,
        content={"body": _linked(workshop, writer, skeleton.html)},
    )


def _linked(workshop: Workshop, writer: Writer, html: str) -> Markup:
    """Return a document with links that lead, from where it stands in the site, to where they did in docs/."""

    def led(link: re.Match[str]) -> str:
        address, words = link.groups()
        if urlsplit(address).scheme or address.startswith("#"):
            return link[0]
        path, mark, anchor = OF_PAGE.sub(".md", address).partition("#")
        name = path.removesuffix(".md")
        if name in workshop.report.guide:
            return f'<a href="{writer.href(f"{guide_address(name)}{mark}{anchor}")}">{words}</a>'
        repository = workshop.report.site.repository
        if repository is None:  # what is no page of the site, and nobody knows where it lies
            return words
        file = posixpath.normpath(posixpath.join(GUIDE_FOLDER, path))
        return (
            f'<a href="{escape(repository.rstrip("/"))}/blob/HEAD/{file}{mark}{anchor}">{words}</a>'
        )

    return Markup(LINK.sub(led, html))  # noqa: S704 - sanitised by convert
