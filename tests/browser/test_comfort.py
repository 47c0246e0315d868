"""What the script adds: filters, the overdue banner, the reader's place in the contents."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visiting import visiting

pytestmark = pytest.mark.browser


def test_a_filter_shows_what_fits_and_counts_it(
    browser: Browser, address: str, kinds: dict[str, str]
) -> None:
    with visiting(browser, address) as visit:
        visit.open(kinds["ledger"])
        page = visit.page
        box = page.locator('form.filter input[name="verdict"]').first
        wanted = box.get_attribute("value")
        items = page.locator("[data-item]")
        fitting = page.locator(f'[data-item][data-verdict="{wanted}"]').count()
        box.evaluate("(one) => one.click()")
        visible = [item for item in items.all() if item.is_visible()]
        assert {item.get_attribute("data-verdict") for item in visible} == {wanted}
        assert len(visible) == fitting
        expect(page.locator(".filter-count")).to_contain_text(str(fitting))
        page.locator("form.filter button[type=reset]").click()
        expect(items.last).to_be_visible()
        assert all(item.is_visible() for item in items.all())


@pytest.mark.parametrize(("days", "shown"), [(0, False), (1, True)])
def test_a_page_says_that_it_is_overdue_on_the_readers_own_day(
    browser: Browser, address: str, kinds: dict[str, str], days: int, shown: bool
) -> None:
    with visiting(browser, address) as visit:
        visit.open(kinds["topic"])
        banner = visit.page.locator(".overdue")
        due = dt.date.fromisoformat(banner.get_attribute("data-due") or "")
        noon = dt.time(12, tzinfo=dt.UTC)
        then = dt.datetime.combine(due + dt.timedelta(days), noon)
        visit.page.clock.set_fixed_time(then)
        visit.page.reload()
        assert banner.is_visible() is shown


def test_a_figure_is_drawn_at_the_width_that_fits(
    browser: Browser, address: str, kinds: dict[str, str]
) -> None:
    for width, wide in ((1280, True), (360, False)):
        with visiting(browser, address, width=width) as visit:
            visit.open(kinds["topic"])
            figure = visit.page.locator("figure").first
            assert figure.locator("svg.figure-wide").is_visible() is wide
            assert figure.locator("svg.figure-narrow").is_visible() is not wide


def test_letters_in_a_figure_are_large_enough_to_read(
    browser: Browser, address: str, kinds: dict[str, str]
) -> None:
    for width in (360, 1280):
        with visiting(browser, address, width=width) as visit:
            visit.open(kinds["topic"])
            sizes = visit.page.evaluate(
                """() => [...document.querySelectorAll("figure svg text")]
                    .filter((text) => text.checkVisibility() && text.textContent.trim())
                    .map((text) => parseFloat(getComputedStyle(text).fontSize)
                        * text.getScreenCTM().a)"""
            )
            assert sizes
            assert min(sizes) >= 10.5


def test_colours_of_a_figure_follow_the_scheme(
    browser: Browser, address: str, kinds: dict[str, str]
) -> None:
    colours = []
    for scheme in ("light", "dark"):
        with visiting(browser, address, scheme=scheme) as visit:
            visit.open(kinds["topic"])
            colours.append(
                visit.page.locator("figure svg.figure-wide text").first.evaluate(
                    "(text) => getComputedStyle(text).fill"
                )
            )
    assert colours[0] != colours[1]
    assert all(re.match(r"rgb", colour) for colour in colours)
