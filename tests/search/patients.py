"""Queries of patients, each with the pages that should come first or second."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Page

HERE = Path(__file__).parent
TUNED = HERE / "patients.csv"  # written before the order of results was worked on
UNSEEN = HERE / "patients-unseen.csv"  # not looked at until it was settled
LATER = HERE / "patients-later.csv"  # written a day later, and run once before anything was mended
FIRST = 2  # links among which the page should be
SHOWN = ".seek-offer a, a.result-title"
PATIENCE = 200  # times
SHORTLY = 50  # ms


@dataclass(frozen=True)
class Asked:
    """A query, and the pages of which one should come first or second."""

    query: str
    pages: tuple[str, ...]


def asked_in(file: Path) -> list[Asked]:
    """Return the queries of a file."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [Asked(line["query"], tuple(line["page"].split())) for line in csv.DictReader(lines)]


def missed(page: Page, address: str, queries: Iterable[Asked]) -> Iterator[tuple[Asked, list[str]]]:
    """Yield each query whose page does not come first or second, with what does."""
    for asked in queries:
        first = [urlsplit(link).path.lstrip("/") for link in _first(page, address, asked.query)]
        if not set(asked.pages) & set(first):
            yield asked, first


def _first(page: Page, address: str, query: str) -> list[str]:
    """Return where the first links lead that stand on the page of results."""
    page.goto(f"{address}search.html?q={quote(query)}", wait_until="load")
    for _ in range(PATIENCE):
        said = page.locator(".seek-status").inner_text()
        if said and "Loading" not in said:
            break
        page.wait_for_timeout(SHORTLY)
    links: list[str] = page.locator(SHOWN).evaluate_all("(links) => links.map((link) => link.href)")
    return links[:FIRST]
