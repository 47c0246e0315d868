"""Time the explorer as on a slow phone: ``python -m benchmarks.first_list [FOLDER | COUNT ...]``.

A folder is a built site, ``site`` by default; a number is a small site with that many invented trials. A
real browser opens the explorer with a processor four times slower and on slow 4G, as ``benchmarks.search``
does, with nothing held from an earlier visit. Medians of ten visits: kilobytes of the page itself as it
is, of the explorer's own files until the first list stands, and of those that come afterwards, compressed;
milliseconds until the list stands and can be narrowed; how far the page moved (CLS, the largest). Then
the milliseconds from a choice to the painted list (what fills a screen, and its count), the median and the
longest of the medians of the choices.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.search import PATIENCE, VISITS, WATCH, slow_page
from evidence.finished.file import Files
from evidence.steps.compute import compute
from evidence.steps.publish import publish
from evidence.steps.render import render
from evidence.store import Store
from tests.browser.chromium import MISSING, find_chromium, start
from tests.browser.serving import serving
from tests.invented import explorer_pages, with_trials
from tests.projects import MINIMAL, build_in_memory, make_project, write

EXPLORER = "trials/index.html"
ADDRESSES = (
    EXPLORER,
    f"{EXPLORER}?condition=lupus",
    f"{EXPLORER}?condition=lupus&status=last-recruiting",
    f"{EXPLORER}?country=china&year=2015-2018",
)
OWN = ("/trials/", "/lasting/trials", "/lasting/folding.")
FIRST_ROW = "#explorer.live .trials tbody tr"
# What is chosen one after the other, as a reader would
CHOICES = (
    "input[name=condition][value=osteoarthritis]",
    "input[name=status][value=completed]",
    "input[name=country][value=china]",
    "input[name=phase][value='1/2']",
    "input[name=condition][value=osteoarthritis]",
    "input[name=confirmed][value=longer-ago]",
    "[data-sort=start] button",
    "[data-sort=name] button",
    ".clear",
)
CHOOSE = """(wanted) => new Promise((done) => {
  const start = performance.now();
  document.querySelector(wanted).click();
  const look = () => { /* in the frame of the choice, after the explorer has drawn */
    if (document.querySelector("#explorer.busy")) return requestAnimationFrame(look);
    const channel = new MessageChannel(); /* answers after the frame is painted */
    channel.port1.onmessage = () => done(performance.now() - start);
    channel.port2.postMessage(0);
  };
  requestAnimationFrame(look);
})"""


@dataclass(frozen=True)
class FirstList:
    """One visit: kilobytes until the list stood and afterwards, milliseconds until then, what moved."""

    before: float
    after: float
    first: float
    moved: float


def main() -> None:
    """Print a block of lines for each site that the command line names."""
    with sync_playwright() as playwright:
        program = find_chromium(playwright)
        if program is None:
            raise SystemExit(MISSING)
        browser = start(playwright, program)
        for name in sys.argv[1:] or ["site"]:
            with tempfile.TemporaryDirectory() as folder:
                site = invented(int(name), Path(folder)) if name.isdigit() else Path(name)
                _report(browser, name, site)
        browser.close()


def invented(count: int, folder: Path) -> Path:
    """Make a small site with invented trials, and return where it is; pages of trials are left out."""
    root = make_project(folder, MINIMAL)
    write(root, explorer_pages())
    small = build_in_memory(root)
    site = render(compute(with_trials(small.report, count), Store(None)), Store(None))
    kept = {
        path: site.files.by_path[path]
        for path in site.files
        if not path.startswith("trials/nct") and not path.startswith("a-z/")
    }
    publish(Files(kept).by_path, folder / "site")
    return folder / "site"


def _report(browser: Browser, name: str, site: Path) -> None:
    page = (site / EXPLORER).stat().st_size / 1000
    print(f"{name}: the page has {page:.1f} kB as it is")
    print("kB before  kB after  first ms    CLS")
    with serving(site, "/", compressed=True) as base:
        for address in ADDRESSES:
            visits = [_visit(browser, base + address) for _ in range(VISITS)]
            before, after, first = (
                statistics.median(getattr(visit, field) for visit in visits)
                for field in ("before", "after", "first")
            )
            moved = max(visit.moved for visit in visits)
            print(f"{before:9.1f}  {after:8.1f}  {first:8.0f}  {moved:5.3f}  {address}", flush=True)
        _print_choices(browser, base)


def _visit(browser: Browser, address: str) -> FirstList:
    with slow_page(browser) as (page, _):
        page.add_init_script(WATCH.replace("WANTED", repr(FIRST_ROW)))
        page.goto(address, wait_until="load", timeout=PATIENCE)
        _complete(page)
        first = page.evaluate("window.firstAt")
        sizes: list[tuple[str, float, float]] = page.evaluate(
            """() => performance.getEntries().filter((one) => "transferSize" in one)
                .map((one) => [one.name, one.transferSize / 1000, one.startTime])"""
        )
        own = [(size, start) for url, size, start in sizes if any(part in url for part in OWN)]
        before = sum(size for size, start in own if start <= first)
        moved = page.evaluate("window.moved")
        return FirstList(before, sum(size for size, _ in own) - before, first, moved)


def _complete(page: Page) -> None:
    """Wait until everything that comes afterwards is there."""
    page.wait_for_selector("#explorer[data-complete]", state="attached", timeout=PATIENCE)


def _print_choices(browser: Browser, base: str) -> None:
    times: dict[int, list[float]] = {number: [] for number in range(len(CHOICES))}
    for _ in range(VISITS):
        with slow_page(browser) as (page, _):
            page.goto(base + EXPLORER, wait_until="load", timeout=PATIENCE)
            _complete(page)
            for number, wanted in enumerate(CHOICES):
                times[number].append(page.evaluate(CHOOSE, wanted))
                page.wait_for_timeout(300)
    medians = [statistics.median(own) for own in times.values()]
    print(f"choices: median {statistics.median(medians):.0f} ms, longest {max(medians):.0f} ms")
    for wanted, middle in zip(CHOICES, medians, strict=True):
        print(f"  {middle:5.0f}  {wanted}", flush=True)


if __name__ == "__main__":
    main()
