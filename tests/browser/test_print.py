"""On paper: the first page of a topic is a summary, and notes carry full addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.visiting import KIND, told, visiting

pytestmark = pytest.mark.browser

# Inside the margins of @page in site.css, in CSS pixels: 96 to the inch
A4 = (658, 994)
LETTER = (687, 927)


@pytest.fixture(scope="module")
def topics(site: Path) -> list[str]:
    found = []
    for file in sorted(site.rglob("*.html")):
        kind = KIND.search(file.read_bytes())
        if kind and kind.group(1) in {b"topic", b"section"}:
            found.append(file.relative_to(site).as_posix())
    return found


@pytest.mark.parametrize(("width", "height"), [A4, LETTER])
def test_answer_in_short_and_what_is_unknown_fit_the_first_page(
    browser: Browser, address: str, topics: list[str], width: int, height: int
) -> None:
    assert topics
    found = {}
    with visiting(browser, address, width=width, height=height) as visit:
        visit.page.emulate_media(media="print")
        for path in topics:
            visit.open(path)
            order = visit.page.evaluate(
                """() => [...document.querySelectorAll(".head, .in-short, .cannot-tell, .handover")]
                    .map((one) => [one.classList[0], one.getBoundingClientRect().bottom])
                    .sort((one, other) => one[1] - other[1])"""
            )
            names, bottoms = [name for name, _ in order], [bottom for _, bottom in order]
            if names != ["head", "in-short", "cannot-tell", "handover"] or bottoms[-1] > height:
                found[path] = [f"{name} ends at {bottom:.0f}" for name, bottom in order]
    assert not found, told(found)


def test_a_printed_note_has_the_full_address_of_its_source(
    browser: Browser, address: str, topics: list[str]
) -> None:
    with visiting(browser, address, width=A4[0]) as visit:
        visit.page.emulate_media(media="print")
        visit.open(topics[-1])
        link = visit.page.locator('.note a[href^="http"]').first
        shown = link.evaluate("(one) => getComputedStyle(one, '::after').content")
        assert shown == f'"{link.get_attribute("href")}"'


def test_what_only_works_on_a_screen_is_not_printed(
    browser: Browser, address: str, topics: list[str]
) -> None:
    with visiting(browser, address, width=A4[0]) as visit:
        visit.page.emulate_media(media="print")
        visit.open(topics[-1])
        left = ".masthead, .breadcrumbs, .contents, .downloads, .note-back, .page-links"
        assert not any(one.is_visible() for one in visit.page.locator(left).all())
