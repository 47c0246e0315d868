"""What is there for search engines: robots.txt, and the list of pages where the site has an address."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from evidence.finished.site import FinishedSite

MOST = 50_000  # pages in one file: the protocol allows no more
SITEMAP = "sitemap.xml"
OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def for_search_engines(
    site: FinishedSite, address: str | None, most: int = MOST
) -> dict[str, bytes]:
    """Return robots.txt, and where the site has a public ``address`` the list of its pages.

    Beyond ``most`` pages the list has several files, and the first names the others. A page has the day
    on which what it says was reviewed or read, never that of the build; without one it has none.
    """
    files = {"robots.txt": b"User-agent: *\nAllow: /\n"}
    if not address:
        return files
    base = address.rstrip("/")
    files["robots.txt"] += f"Sitemap: {base}/{SITEMAP}\n".encode()
    pages = list(_pages(site))
    if len(pages) <= most:
        return files | {SITEMAP: _listed("urlset", "url", base, pages)}
    parts: list[tuple[str, str]] = []
    for start in range(0, len(pages), most):
        some = pages[start : start + most]
        name = f"sitemap-{len(parts) + 1}.xml"
        files[name] = _listed("urlset", "url", base, some)
        parts.append((name, max(day for _, day in some)))
    return files | {SITEMAP: _listed("sitemapindex", "sitemap", base, parts)}


def _pages(site: FinishedSite) -> Iterator[tuple[str, str]]:
    """Yield the path and the day of every page that search engines may list."""
    for path in site.pages():
        facts = site.facts[path]
        if not facts.hidden:
            yield path, facts.dated


def _listed(root: str, each: str, base: str, parts: list[tuple[str, str]]) -> bytes:
    lines = [
        f"  <{each}><loc>{escape(f'{base}/{path}')}</loc>"
        f"{f'<lastmod>{day}</lastmod>' if day else ''}</{each}>\n"
        for path, day in parts
    ]
    return f"{OPENING}<{root} {NAMESPACE}>\n{''.join(lines)}</{root}>\n".encode()
