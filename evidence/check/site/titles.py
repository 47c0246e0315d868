"""Every page has a title that fits where titles are shown, and that no other page has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from evidence.finished.site import FinishedSite
from evidence.problems import Place, Problem

MOST = 69  # letters: search engines, tabs and link previews cut off what is longer


def check_titles(site: FinishedSite) -> Iterator[Problem]:
    """Yield a problem for each title that is too long, and for each that two pages have."""
    pages: dict[str, list[str]] = defaultdict(list)
    for path, facts in site.facts.items():
        if len(facts.title) > MOST:
            message = f"the title '{facts.title}' has {len(facts.title)} letters, and {MOST} fit"
            hint = "Add 'short:' to the front matter: a shorter title for tabs and search engines."
            yield Problem(_place(site, path), "title-fits", message, hint)
        if facts.title:
            pages[facts.title].append(path)
    for title, paths in pages.items():
        first, *others = sorted(paths, key=lambda path: (path in site.written, path))
        for path in others:
            message = f"the title '{title}' is that of '{first}' too"
            hint = "Add 'short:' to the front matter: what tells this page apart in tabs and search results."
            yield Problem(_place(site, path), "title-unique", message, hint)


def _place(site: FinishedSite, path: str) -> Place:
    """Return where an editor finds the title of a page."""
    page = site.written.get(path)
    return Place(path) if page is None else Place(page.file, page.title_line, 1)
