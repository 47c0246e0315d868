"""The note behind a number, with a script and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.visiting import Visit, visiting

pytestmark = pytest.mark.browser

BOUND = ".text p a.bound, .text li a.bound, .text td a.bound"


@pytest.fixture
def topic(kinds: dict[str, str]) -> str:
    return kinds["topic"]


@pytest.fixture
def with_script(browser: Browser, address: str, topic: str) -> Iterator[Visit]:
    with visiting(browser, address) as visit:
        visit.open(topic)
        yield visit


@pytest.fixture
def without_script(browser: Browser, address: str, topic: str) -> Iterator[Visit]:
    with visiting(browser, address, script=False) as visit:
        visit.open(topic)
        yield visit


def first_number(page: Page) -> Locator:
    return page.locator(BOUND).first


def note_of(page: Page, number: Locator) -> Locator:
    target = number.get_attribute("href")
    assert target is not None
    return page.locator(f'[id="{target.removeprefix("#")}"]')


def test_without_script_a_number_leads_to_its_note(without_script: Visit) -> None:
    page = without_script.page
    number = first_number(page)
    note = note_of(page, number)
    number.click()
    expect(note).to_be_in_viewport()
    expect(note.locator("dt", has_text="Source")).to_be_visible()
    note.locator("a.note-close").click()
    assert "#use-" in page.url
    expect(page.locator(":target")).to_be_in_viewport()


def test_without_script_every_note_is_on_the_page(without_script: Visit) -> None:
    page = without_script.page
    targets = {link.get_attribute("href") for link in page.locator("a.bound").all()}
    notes = {f"#{note.get_attribute('id')}" for note in page.locator("li.note").all()}
    assert targets == notes
    assert not page.locator("li.note").first.is_visible()
    page.locator("details.notes > summary").click()
    assert all(note.is_visible() for note in page.locator("li.note").all())


def test_without_script_a_number_opens_the_note_that_it_leads_to(without_script: Visit) -> None:
    page = without_script.page
    number = first_number(page)
    number.click()
    note = page.locator(f"[id='{(number.get_attribute('href') or '')[1:]}']")
    expect(note).to_be_visible()
    expect(note).to_be_in_viewport()


def test_without_script_nothing_is_offered_that_needs_one(without_script: Visit) -> None:
    assert not any(
        form.is_visible() for form in without_script.page.locator("form:not([role=search])").all()
    )


def test_a_number_opens_its_note_in_place(with_script: Visit) -> None:
    page = with_script.page
    before = page.url
    number = first_number(page)
    source = note_of(page, number).locator("dl").text_content()
    number.click()
    opened = page.locator("div.opened")
    expect(opened).to_be_visible()
    expect(opened).to_be_in_viewport()
    assert opened.locator("dl").text_content() == source
    assert page.url == before
    assert number.get_attribute("aria-expanded") == "true"


def test_escape_closes_and_gives_the_focus_back(with_script: Visit) -> None:
    page = with_script.page
    number = first_number(page)
    number.focus()
    page.keyboard.press("Enter")
    opened = page.locator("div.opened")
    expect(opened).to_be_visible()
    assert opened.evaluate("(one) => one.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(opened).to_be_hidden()
    expect(number).to_be_focused()
    assert number.get_attribute("aria-expanded") is None


def test_the_close_button_gives_the_focus_back(with_script: Visit) -> None:
    page = with_script.page
    number = first_number(page)
    number.focus()
    page.keyboard.press("Enter")
    page.locator("div.opened button.close").click()
    expect(page.locator("div.opened")).to_be_hidden()
    expect(number).to_be_focused()


def test_a_click_beside_the_note_closes_it(with_script: Visit) -> None:
    page = with_script.page
    first_number(page).click()
    expect(page.locator("div.opened")).to_be_visible()
    page.mouse.click(5, 5)
    expect(page.locator("div.opened")).to_be_hidden()


def test_another_number_shows_its_own_note(with_script: Visit) -> None:
    page = with_script.page
    numbers = page.locator(BOUND)
    first = numbers.first
    own = first.get_attribute("href")
    other = next(one for one in numbers.all() if one.get_attribute("href") != own)
    first.click()
    shown = page.locator("div.opened").inner_text()
    page.keyboard.press("Escape")
    other.click()
    assert page.locator("div.opened").inner_text() != shown


def test_on_a_phone_the_note_rises_within_the_screen(
    browser: Browser, address: str, topic: str
) -> None:
    with visiting(browser, address, width=360, height=640) as visit:
        visit.open(topic)
        first_number(visit.page).click()
        box = visit.page.locator("div.opened").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["y"] + box["height"] <= 640.5
        assert box["y"] >= 0


@pytest.mark.parametrize("width", [360, 1280])
def test_an_open_note_meets_wcag(
    browser: Browser, address: str, topic: str, axe: str, width: int
) -> None:
    with visiting(browser, address, width=width) as visit:
        visit.open(topic)
        first_number(visit.page).click()
        expect(visit.page.locator("div.opened")).to_be_visible()
        assert visit.violations(axe) == []


def test_in_print_a_number_carries_the_ordinal_of_its_note(with_script: Visit) -> None:
    page = with_script.page
    page.emulate_media(media="print")
    number = first_number(page)
    shown = number.evaluate("(link) => getComputedStyle(link, '::after').content")
    assert number.get_attribute("data-note") in shown
    assert page.locator("li.note").first.is_visible()
