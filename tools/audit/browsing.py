"""Pages opened in Chromium: axe-core against WCAG 2.2 AA, the console, and what is asked of others."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

from tests.browser.chromium import axe_source, find_chromium, start
from tests.browser.visiting import KIND, visiting
from tools.audit.programs import MissingError
from tools.audit.table import Row

WIDTHS = (360, 1280)  # pixels: a phone, a desk
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
EACH = 2  # pages of each kind in a sample


def chosen(site: Path, *, every: bool) -> list[str]:
    """Return the pages to open: all, or of each kind the largest and one from the middle."""
    by_kind: dict[str, list[tuple[int, str]]] = {}
    for file in site.rglob("*.html"):
        found = KIND.search(file.read_bytes())
        kind = found.group(1).decode() if found else ""
        by_kind.setdefault(kind, []).append(
            (file.stat().st_size, file.relative_to(site).as_posix())
        )
    if every:
        return sorted(path for pages in by_kind.values() for _, path in pages)
    few = [sorted(pages)[place] for pages in by_kind.values() for place in (-1, len(pages) // 2)]
    return sorted({path for _, path in few})


def rows(address: str, paths: Sequence[str]) -> Iterator[Row]:
    """Yield what is wrong with the pages at ``paths``, for each width and scheme."""
    with sync_playwright() as playwright:
        program = find_chromium(playwright)
        if program is None:
            raise MissingError("no Chromium is installed")
        axe = axe_source()
        browser = start(playwright, program)
        complaints: list[str] = []
        for width in WIDTHS:
            for scheme in SCHEMES:
                began, wrong = time.monotonic(), []
                with visiting(browser, address, width=width, scheme=scheme) as visit:
                    for path in paths:
                        visit.open(path)
                        visit.unfold()
                        wrong += [f"{path}: {each}" for each in visit.violations(axe)]
                        complaints += [f"{path}: {each}" for each in visit.complaints]
                took = f"{len(paths):,} pages in {time.monotonic() - began:.0f} s"
                yield Row.count("axe, WCAG 2.2 AA", f"{width} px, {scheme}", wrong, took)
        of = f"{len(paths) * len(WIDTHS) * len(SCHEMES):,} visits"
        yield Row.count("console, failed and outside requests", "Chromium", complaints, of)
        browser.close()
