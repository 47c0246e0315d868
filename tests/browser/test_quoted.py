"""The card of a citation, and what the card of a number leads to, with a script and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from evidence.run import Built
from evidence.steps.publish import publish
from tests.browser.serving import no_headers, serving
from tests.browser.visiting import Visit, visiting

pytestmark = pytest.mark.browser

HONEY = "remedies/honey.html"
NUMBER = ".text p a.bound"
CITATION = ".text .citation a"


@pytest.fixture(scope="module")
def address(gallery_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the gallery, which knows where a wrong number is reported."""
    folder: Path = tmp_path_factory.mktemp("gallery") / "site"
    publish(gallery_site.site.files.by_path, folder)
    with serving(folder, "/a/") as served:
        yield served


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as opened:
        opened.open(HONEY)
        yield opened


def card(visit: Visit) -> Locator:
    return visit.page.locator("div.opened")


def test_a_citation_opens_the_entry_of_its_source(visit: Visit) -> None:
    before = visit.page.url
    link = visit.page.locator(CITATION).first
    link.click()
    expect(card(visit)).to_be_visible()
    said = card(visit).inner_text()
    assert link.inner_text() in said
    assert "; 2019; Journal of Small Remedies; " in said
    assert "; read 21 November 2026 " in said
    assert card(visit).locator("a", has_text="DOI").get_attribute("href") == (
        "https://doi.org/10.1000/honey.2019"
    )
    assert visit.page.url == before
    assert link.get_attribute("aria-expanded") == "true"


def test_the_keyboard_opens_a_citation_and_escape_gives_the_focus_back(visit: Visit) -> None:
    link = visit.page.locator(CITATION).first
    link.focus()
    visit.page.keyboard.press("Enter")
    expect(card(visit)).to_be_visible()
    assert card(visit).get_attribute("aria-label") == f"About {link.inner_text()}"
    assert card(visit).evaluate("(one) => one.contains(document.activeElement)")
    visit.page.keyboard.press("Escape")
    expect(card(visit)).to_be_hidden()
    expect(link).to_be_focused()


def test_without_a_script_a_citation_leads_to_the_page_of_its_source(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, script=False) as visit:
        visit.open(HONEY)
        visit.page.locator(CITATION).first.click()
        assert visit.page.url == f"{address}sources/honey-2019.html"


def test_from_a_number_one_comes_to_how_it_is_cited(visit: Visit) -> None:
    number = visit.page.locator(NUMBER).first
    study, _, finding = (number.get_attribute("href") or "").removeprefix("#note-").partition("--")
    number.click()
    card(visit).locator("a", has_text="Cite this number").click()
    visit.page.wait_for_url(f"**/studies/{study}.html#cite-{finding}")
    said = visit.page.locator(f"#cite-{finding}")
    expect(said).to_be_visible()
    expect(said).to_contain_text("Number from: ")
    visit.page.locator(f"#{finding} .cite-number a").click()
    assert visit.page.url.endswith(f"/studies/{study}.html#{finding}")


def test_on_the_page_of_its_study_the_card_closes_and_the_words_open(visit: Visit) -> None:
    visit.open("studies/honey-2019.html")
    number = visit.page.locator("a.bound").first
    number.click()
    card(visit).locator("a", has_text="Cite this number").click()
    expect(card(visit)).to_be_hidden()
    anchor = visit.page.url[visit.page.url.index("#") :]
    assert anchor.startswith("#cite-")
    expect(visit.page.locator(anchor)).to_be_visible()


def test_a_report_names_page_number_and_finding(visit: Visit) -> None:
    number = visit.page.locator(NUMBER).first
    number.click()
    href = card(visit).locator("a", has_text="This number is wrong?").get_attribute("href")
    finding = (number.get_attribute("href") or "").removeprefix("#note-").replace("--", "%2F")
    written = number.evaluate("(one) => encodeURIComponent(one.textContent)")
    page = "https%3A%2F%2Fexample.org%2Fcolds%2Fremedies%2Fhoney.html"
    assert href == f"https://example.org/report?title={written}&page={page}&finding={finding}"


def test_without_a_script_the_way_to_cite_and_to_report_stands_above_the_notes(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, script=False) as visit:
        visit.open(f"{HONEY}#notes")
        expect(visit.page.locator("a.wrong")).to_be_visible()
        visit.page.locator(".note .note-what a").first.click()
        row = visit.page.locator("tr:target")
        row.locator("summary", has_text="Cite this number").click()
        expect(row.locator(".cite-number p").first).to_be_visible()


def test_a_site_that_was_told_no_address_names_the_one_it_is_read_at(
    browser: Browser, minimal_site: Built, tmp_path: Path
) -> None:
    publish(minimal_site.site.files.by_path, tmp_path / "site")
    with (
        serving(tmp_path / "site", "/b/", no_headers) as served,
        visiting(browser, served) as visit,
    ):
        visit.open("studies/smith-2020.html#cite")
        expect(visit.page.locator("#cite [data-here]")).to_have_text(
            f"{served}studies/smith-2020.html"
        )


@pytest.mark.parametrize("width", [360, 1280])
def test_the_cards_and_the_words_meet_wcag(
    browser: Browser, address: str, axe: str, width: int
) -> None:
    with visiting(browser, address, width=width) as visit:
        visit.open(HONEY)
        visit.page.locator(CITATION).first.click()
        expect(card(visit)).to_be_visible()
        assert visit.violations(axe) == []
        visit.open("studies/honey-2019.html")
        visit.unfold()
        assert visit.violations(axe) == []
        assert visit.sideways() == []
        assert visit.complaints == []
