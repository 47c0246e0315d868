"""A page that moved is found under its former names: on any host, without one, and by search engines.

At each former name lies a page that leads to the new one by itself and has a link to it. Hosts that read
``_redirects`` answer with the new address at once.
"""

from __future__ import annotations

import posixpath
from html import escape

from evidence.finished.headers import POLICY
from evidence.finished.site import FinishedSite
from evidence.model.page import Page
from evidence.model.site import Site
from evidence.problems import Place, Problem, ProblemsFoundError

REDIRECTS = "_redirects"
INDEX = "index.html"


def redirects(site: FinishedSite, about: Site) -> dict[str, bytes]:
    """Return the files for all former names of pages; none where no page moved.

    Raises ProblemsFoundError when a former name is the address of a page that the program makes.
    """
    moved = {f"{name}.html": page for page in site.written.values() for name in page.front.formerly}
    problems = [_taken(path, page) for path, page in moved.items() if path in site.facts]
    if problems:
        raise ProblemsFoundError(problems)
    files = {
        path: _leading(path, page, site.facts[page.address].title, about)
        for path, page in sorted(moved.items())
    }
    return files | {REDIRECTS: _for_hosts(moved)} if files else {}


def _leading(path: str, page: Page, title: str, about: Site) -> bytes:
    way = posixpath.relpath(page.address, posixpath.dirname(path) or ".")
    canonical = about.public_address(page.address) or way
    return f"""\
<!doctype html>
<html lang="{escape(about.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">
<meta http-equiv="refresh" content="0; url={escape(way)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<link rel="canonical" href="{escape(canonical)}">
</head>
<body>
<h1>This page has another address</h1>
<p><a href="{escape(way)}">{escape(title)}</a></p>
</body>
</html>
""".encode()


def _for_hosts(moved: dict[str, Page]) -> bytes:
    """Return the rules in the form of Netlify, where a file at the former address would win without the "!"."""
    lines = ["# Made by the build, of 'formerly:' above the texts of pages"]
    for path, page in sorted(moved.items()):
        lines.append(f"/{path} /{page.address} 301!")
        if posixpath.basename(path) == INDEX:
            lines.append(f"/{path.removesuffix(INDEX)} /{page.address} 301!")
    return ("\n".join(lines) + "\n").encode()


def _taken(path: str, page: Page) -> Problem:
    message = f"a page is made at '{path}', which '{page.id}' says was its own"
    hint = "Delete the former name, or give that page another one."
    return Problem(Place(page.file, 1, 1), "page-moved", message, hint)
