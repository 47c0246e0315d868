"""What must hold of each kind of page, at two widths and in both colour schemes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.visiting import Scheme, told, visiting

pytestmark = pytest.mark.browser

WIDTHS = pytest.mark.parametrize("width", [360, 1280])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@WIDTHS
@SCHEMES
def test_a_page_meets_wcag_and_stays_quiet(
    browser: Browser, address: str, paths: list[str], axe: str, width: int, scheme: Scheme
) -> None:
    found: dict[str, list[str]] = {}
    with visiting(browser, address, width=width, scheme=scheme) as visit:
        for path in paths:
            visit.open(path)
            visit.unfold()
            visit.thin()
            wrong = visit.violations(axe) + visit.complaints
            if wrong:
                found[path] = wrong
    assert not found, told(found)


@pytest.mark.parametrize(
    ("width", "script"), [(320, True), (360, False), (768, True), (1280, True)]
)
def test_a_page_never_scrolls_sideways(
    browser: Browser, address: str, paths: list[str], width: int, script: bool
) -> None:
    found = {}
    with visiting(browser, address, width=width, script=script) as visit:
        for path in paths:
            visit.open(path)
            visit.unfold()
            wide = visit.sideways()
            if wide:
                found[path] = wide
    assert not found, told(found)


def test_a_page_is_readable_at_twice_the_letter_size(
    browser: Browser, address: str, paths: list[str]
) -> None:
    found = {}
    with visiting(browser, address, width=640) as visit:
        for path in paths:
            visit.open(path)
            visit.page.evaluate("document.documentElement.style.fontSize = '200%'")
            wide = visit.sideways()
            if wide:
                found[path] = wide
    assert not found, told(found)


def test_every_kind_of_page_is_among_those_that_are_opened(kinds: dict[str, str]) -> None:
    assert {"home", "section", "topic", "ledger", "study", "source"} <= set(kinds)


FAULTS = {
    "color-contrast": "cell.querySelector('a').style.color = '#ddd'",
    "link-name": "cell.querySelector('a').textContent = ''",
    "image-alt": "cell.append(document.createElement('img'))",
}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_in_one_row_of_hundreds_is_seen(
    rule: str, browser: Browser, address: str, kinds: dict[str, str], axe: str
) -> None:
    with visiting(browser, address) as visit:
        visit.open(kinds["trial-list"])
        rows = visit.page.locator("main tbody tr")
        before = rows.count()
        rows.nth(before // 2).evaluate(
            f"(row) => {{ const cell = row.children[0]; {FAULTS[rule]}; }}"
        )
        visit.thin()
        assert rows.count() < before / 4
        assert [found for found in visit.violations(axe) if found.startswith(rule)]
