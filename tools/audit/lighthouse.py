"""Lighthouse as a phone: performance, accessibility, best practices, search engines."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.chromium import find_chromium
from tests.browser.visiting import page_kinds
from tools.audit.programs import MissingError, node_package, program
from tools.audit.table import Row

VERSION = "13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
QUERY = "search.html?q=safety"
SECONDS = 120  # for one try
TRIES = 3  # at most, for each page
BAR = " / ".join(["100"] * len(CATEGORIES))
NO_REPORT = "no report"
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def pages(site: Path) -> dict[str, str]:
    """Return a page of each kind that is measured, by name: those that the site has."""
    kinds = page_kinds(site)
    wanted = {"home": "home", "topic": "topic", "study": "study", "explorer": "trials"}
    found = {name: kinds[kind] for name, kind in wanted.items() if kind in kinds}
    return found | ({"search with a query": QUERY} if "search" in kinds else {})


def rows(address: str, site: Path) -> Iterator[Row]:
    """Yield the four scores of each page, and the audits that cost points."""
    folder = node_package("lighthouse", VERSION)
    with sync_playwright() as playwright:
        chromium = find_chromium(playwright)
    if chromium is None:
        raise MissingError("no Chromium is installed")
    for name, path in pages(site).items():
        asked = partial(_asked, folder, f"{address}{path}", chromium)
        yield best(_tried(name, path, asked) for _ in range(TRIES))


def _tried(name: str, path: str, asked: Callable[[], Mapping[str, Any]]) -> Row:
    """Return the line of one try; one without a report has no points."""
    try:
        return row(name, path, asked())
    except MissingError as error:
        return Row(f"Lighthouse, {name}", path, NO_REPORT, BAR, holds=False, more=(str(error),))


def best(tried: Iterable[Row]) -> Row:
    """Return the first line that holds, or the one with most points: a busy machine takes points away.

    Where it is not the first, the line says which try it was.
    """
    most, points = None, -1
    for number, line in enumerate(tried, start=1):
        own = 0 if line.found == NO_REPORT else sum(map(int, line.found.split(" / ")))
        if line.holds or own > points:
            found = line.found if number == 1 else f"{line.found} (try {number})"
            most, points = replace(line, found=found), own
        if line.holds:
            break
    if most is None:
        raise ValueError("a page was not tried")
    return most


def row(name: str, path: str, report: Mapping[str, Any]) -> Row:
    """Return the line of one report, with the audits that cost it points."""
    scores = [round(100 * (report["categories"][each]["score"] or 0)) for each in CATEGORIES]
    lost = [
        f"{each}: {report['audits'][part['id']]['title']} {report['audits'][part['id']].get('displayValue', '')}"
        for each in CATEGORIES
        for part in report["categories"][each]["auditRefs"]
        if part["weight"] and (report["audits"][part["id"]]["score"] or 0) < 1
        and report["audits"][part["id"]]["scoreDisplayMode"] not in {"notApplicable", "manual"}
    ]  # fmt: skip
    told = " / ".join(map(str, scores))
    return Row(
        f"Lighthouse, {name}", path, told, BAR, told == BAR, tuple(lost if told != BAR else ())
    )


def _asked(folder: Path, address: str, chromium: Path) -> Mapping[str, Any]:
    command = [program("node"), str(folder / "cli/index.js"), address, "--quiet", "--output=json",
               f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="audit-") as home:
        surroundings = {**os.environ, "CHROME_PATH": str(chromium), "HOME": home, "TMPDIR": home}
        try:
            done = subprocess.run(  # noqa: S603
                command, env=surroundings, capture_output=True, timeout=SECONDS, check=True
            )
            report: Mapping[str, Any] = json.loads(done.stdout)
        except (subprocess.SubprocessError, ValueError) as error:
            words = str(getattr(error, "stderr", b"") or error)[-200:]
            raise MissingError(f"Lighthouse did not report on {address}: {words}") from error
    return report
