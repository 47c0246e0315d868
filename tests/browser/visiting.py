"""A visit to one page: what it asked for, what it complained about, and questions to put to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KIND = re.compile(rb'<body[^>]*\bclass="[^"]*\bkind-([a-z-]+)')
Scheme = Literal["light", "dark"]


@dataclass
class Visit:
    """An open page, and the ``complaints`` made while it was: errors and outside requests."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to ``path`` of the site, and wait until it and all it needs is there."""
        self.complaints.clear()
        self.page.goto(self.base + path, wait_until="load")

    def unfold(self) -> None:
        """Open everything on the page that can be opened, so that it is looked at as well."""
        self.page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")

    def thin(self) -> None:
        """Take rows and items out in which nothing looks other than in those before: what is said of one holds of all.

        What something looks like follows from its classes, those around it, and whether it has words.
        Two of each stay, and so do the last, so that stripes and edges are there.
        """
        self.page.evaluate(
            """() => {
                const named = (one) => `${one.tagName}.${one.getAttribute("class") ?? ""}`;
                const around = (one) => one ? `${around(one.parentElement)} ${named(one)}` : "";
                const own = (one) => `${around(one)} ${[...one.attributes].map((each) => each.name)}`
                    + ` ${/\\S/.test(one.textContent)}`;
                const seen = new Map();
                for (const one of document.querySelectorAll("main :is(tr, li)")) {
                    const looks = new Set([one, ...one.querySelectorAll("*")].map(own));
                    const known = [...looks].every((look) => seen.get(look) > 1);
                    for (const look of looks) seen.set(look, (seen.get(look) ?? 0) + 1);
                    if (known && one.nextElementSibling) one.remove();
                }
            }"""
        )

    def violations(self, axe: str) -> list[str]:
        """Return what axe-core finds against WCAG 2.2 AA: for each rule the first places."""
        self.page.evaluate(axe)
        found: dict[str, Any] = self.page.evaluate(
            "(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", WCAG
        )
        return [
            f"{rule['id']}, {len(rule['nodes'])} times: {place['target'][0]}"
            f" {place['html'][:120]}: {' '.join(place['failureSummary'].split())[:240]}"
            for rule in found["violations"]
            for place in rule["nodes"][:2]
        ]

    def sideways(self) -> list[str]:
        """Return the elements that stick out to the right when the page scrolls sideways."""
        found: list[str] = self.page.evaluate(
            """() => {
                const root = document.documentElement;
                if (root.scrollWidth <= root.clientWidth) return [];
                const scrolls = (one) => getComputedStyle(one).overflowX !== "visible";
                const inside = (one) => {
                    for (let up = one; up !== document.body; up = up.parentElement)
                        if (scrolls(up)) return true;
                    return false;
                };
                const out = [...document.body.querySelectorAll("*")].filter((one) =>
                    one.getBoundingClientRect().right > root.clientWidth + 0.5 && !inside(one));
                const named = out.slice(0, 5).map((one) => (one.id || one.className || "") + " " + one.outerHTML.replace(/\\s+/g, " ").slice(0, 120));
                return [`${root.scrollWidth} wide in ${root.clientWidth}`, ...named];
            }"""
        )
        return found

    def styled(self) -> bool:
        """Tell whether the site's style sheet has reached the page."""
        accent: str = self.page.evaluate(
            "getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"
        )
        return bool(accent)

    def addresses(self) -> list[str]:
        """Return the absolute address of everything that the page links to or needs."""
        found: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll("a[href], link[href], script[src], img[src]")]
                .map((one) => one.href || one.src)"""
        )
        return sorted(set(found))


@contextmanager
def visiting(
    browser: Browser,
    base: str,
    *,
    width: int = 1280,
    height: int = 800,
    scheme: Scheme = "light",
    script: bool = True,
) -> Iterator[Visit]:
    """Open a fresh window on the site at ``base``; whatever it asks elsewhere is refused."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        java_script_enabled=script,
        reduced_motion="reduce",
        service_workers="block",
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    visit = Visit(page, base)

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            visit.complaints.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((base, "data:", "blob:")):
            visit.complaints.append(f"outside: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            visit.complaints.append(f"{response.status}: {response.url}")

    def failed(request: Request) -> None:
        if request.failure == "net::ERR_ABORTED":  # the page was left before its icon was there
            return
        visit.complaints.append(f"failed: {request.url} ({request.failure})")

    page.on("console", heard)
    page.on("pageerror", lambda error: visit.complaints.append(f"script: {error}"))
    page.on("request", asked)
    page.on("response", answered)
    page.on("requestfailed", failed)
    try:
        yield visit
    finally:
        context.close()


def told(found: dict[str, list[str]]) -> str:
    """Return what was found on each page, one line for each thing, for the message of a test."""
    return "".join(f"\n{path}\n    " + "\n    ".join(lines) for path, lines in found.items())


def page_kinds(site: Path) -> dict[str, str]:
    """Return for each kind of page the path of its largest page, which has most on it."""
    largest: dict[str, tuple[int, str]] = {}
    for file in sorted(site.rglob("*.html")):
        raw = file.read_bytes()
        found = KIND.search(raw)
        assert found, f"{file.name} does not say its kind in the class of its body"
        mine = (len(raw), file.relative_to(site).as_posix())
        kind = found.group(1).decode()
        largest[kind] = max(largest.get(kind, mine), mine)
    return {kind: path for kind, (_, path) in sorted(largest.items())}
