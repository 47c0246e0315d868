"""Measure search and explorer as on a slow phone: ``python -m benchmarks.search site [QUERY ...]``.

A real browser opens a built site, with a processor four times slower and on slow 4G: 1.6 Mbit/s down,
0.75 Mbit/s up, 150 ms until an answer begins. Nothing is held from an earlier visit. For each query,
medians of ten visits: what was transferred, compressed as common hosts do it, of everything and of the
search's own files, and these as they are; milliseconds from the request for the page until the first result
stands, and until nothing more comes; how far the page moved (CLS, the largest of the ten). The last
column is what comes first.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from tests.browser.chromium import MISSING, find_chromium, start
from tests.browser.serving import serving

ROOT = Path(__file__).parents[1]
VISITS = 10
SLOWER = 4
KILOBIT = 1000 / 8
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1600 * KILOBIT,
    "uploadThroughput": 750 * KILOBIT,
}
PHONE = ViewportSize(width=360, height=740)
QUERIES = (
    "lupus",
    "chron's",
    "side effects",
    "stem cell therapy for spinal cord injury",
    "mesenchimal",
    "48.9",
    "NCT01541579",
    "10.1186/ar4520",
    "recruiting lupus",
)
PATIENCE = 30_000  # ms
SHORTLY = 100  # ms
SETTLED = "Boolean(window.firstAt) || document.body.innerText.includes('Nothing found')"
OWN = ("/search/", "/lasting/search.", "/lasting/vendor/minisearch.")
EXPLORER_OWN = ("/trials/", "/lasting/trials")
# Notes when the first result stands, and how far the page moved
WATCH = """
window.moved = 0;
window.firstAt = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.moved += shift.value;
}).observe({ type: "layout-shift", buffered: true });
new MutationObserver(() => {
  if (!window.firstAt && document.querySelector(WANTED)) requestAnimationFrame(() => {
    window.firstAt ||= performance.now();
  });
}).observe(document, { childList: true, subtree: true, attributes: true });
"""


@dataclass(frozen=True)
class Visited:
    """One visit: kilobytes of all and of the own files, ms until first and last, what was moved."""

    all: float
    own: float
    raw: float
    first: float
    last: float
    moved: float
    shown: str


def main() -> None:
    """Print what a query takes on the site in the folder that is named, ``site`` by default."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    with sync_playwright() as playwright, serving(folder, "/", compressed=True) as address:
        program = find_chromium(playwright)
        if program is None:
            raise SystemExit(MISSING)
        browser = start(playwright, program)
        print("all kB  own kB  raw kB   first ms  last ms    CLS  query: comes first")
        for query in sys.argv[2:] or QUERIES:
            path = f"search.html?q={quote(query)}"
            _print(query, [_visit(browser, address, path, OWN, ".result") for _ in range(VISITS)])
        for path in ("trials/index.html", "trials/index.html?condition=lupus&status=recruiting"):
            wanted = "#explorer.live .trials tbody tr"
            visits = [_visit(browser, address, path, EXPLORER_OWN, wanted) for _ in range(VISITS)]
            _print(path, visits)
        browser.close()


def _print(name: str, visits: list[Visited]) -> None:
    def middle(field: str) -> float:
        return statistics.median(float(getattr(visit, field)) for visit in visits)

    print(
        f"{middle('all'):6.1f}  {middle('own'):6.1f}  {middle('raw'):6.1f}  {middle('first'):9.0f}"
        f"  {middle('last'):7.0f}  {max(visit.moved for visit in visits):5.3f}"
        f"  {name}: {visits[0].shown}"
    )


def _visit(browser: Browser, address: str, path: str, own: tuple[str, ...], wanted: str) -> Visited:
    """Open an address as a stranger would; ``wanted`` is the first thing that he waits for."""
    with slow_page(browser) as (page, session):
        urls: dict[str, str] = {}
        session.on(
            "Network.responseReceived",
            lambda told: urls.update({told["requestId"]: told["response"]["url"]}),
        )
        sizes: dict[str, float] = {}
        session.on(
            "Network.loadingFinished",
            lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}),
        )
        page.add_init_script(WATCH.replace("WANTED", repr(wanted)))
        page.goto(address + path, wait_until="load", timeout=PATIENCE)
        page.wait_for_load_state("networkidle", timeout=PATIENCE)
        for _ in range(PATIENCE // SHORTLY):  # the policy of the site lets nothing wait inside it
            if page.evaluate(SETTLED):
                break
            page.wait_for_timeout(SHORTLY)
        page.wait_for_timeout(300)
        by_url = {url: sizes.get(request, 0.0) for request, url in urls.items()}
        of_search = [url for url in by_url if any(part in url for part in own)]
        told = page.evaluate(
            """(wanted) => ({
                first: window.firstAt, moved: window.moved,
                last: Math.max(...performance.getEntriesByType("resource").map((one) => one.responseEnd)),
                raw: Object.fromEntries(performance.getEntries().filter((one) => "decodedBodySize" in one)
                    .map((one) => [one.name, one.decodedBodySize])),
                shown: document.querySelector(wanted)?.querySelector("a").getAttribute("href") ?? "nothing",
            })""",
            wanted,
        )
        return Visited(
            all=sum(by_url.values()) / 1000,
            own=sum(by_url[url] for url in of_search) / 1000,
            raw=sum(told["raw"].get(url, 0) for url in of_search) / 1000,
            first=told["first"],
            last=max(told["last"], told["first"]),
            moved=told["moved"],
            shown=told["shown"].removeprefix(address),
        )


@contextmanager
def slow_page(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """Give a page of a fresh window, as slow as the settings above."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True)
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", NETWORK)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield page, session
    finally:
        context.close()


if __name__ == "__main__":
    main()
