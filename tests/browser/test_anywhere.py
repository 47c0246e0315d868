"""The same bytes at the top of a host, below a path, and from a folder."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.visiting import told, visiting

pytestmark = pytest.mark.browser

PLACES = pytest.mark.parametrize("place", ["/", "/a/b/", "file"])
# A host shows this page at addresses that are not its own; it has its links once for each depth.
NOT_FOUND = "404.html"


@PLACES
def test_a_page_has_its_style_and_script(
    browser: Browser, addresses: dict[str, str], paths: list[str], place: str
) -> None:
    with visiting(browser, addresses[place]) as visit:
        for path in paths:
            if path == NOT_FOUND:
                continue
            visit.open(path)
            assert visit.styled(), path
            assert visit.page.locator("div.opened").count() == 1, path
            assert visit.complaints == [], path


@PLACES
def test_every_link_leads_to_a_file_and_an_anchor_of_the_site(
    browser: Browser, addresses: dict[str, str], paths: list[str], site: Path, place: str
) -> None:
    base = addresses[place]
    broken: dict[str, list[str]] = {}
    with visiting(browser, base) as visit:
        for path in paths:
            if path == NOT_FOUND:
                continue
            visit.open(path)
            for link in visit.addresses():
                if _outside(link, base):
                    continue
                if not link.startswith(base) or not _exists(site, link.removeprefix(base)):
                    broken.setdefault(path, []).append(link)
    assert not broken, told(broken)


def test_a_reader_can_follow_links_from_a_folder(
    browser: Browser, addresses: dict[str, str]
) -> None:
    with visiting(browser, addresses["file"], script=False) as visit:
        visit.open("index.html")
        visit.page.locator(".masthead nav a").first.click()
        assert visit.page.url != addresses["file"] + "index.html"
        assert visit.page.locator("h1").count() == 1
        assert visit.styled()


@pytest.mark.parametrize("place", ["/", "/a/b/"])
@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no script"])
def test_a_missing_address_gives_a_page_with_style_and_a_way_home(
    browser: Browser, addresses: dict[str, str], place: str, *, script: bool
) -> None:
    address = addresses[place]
    with visiting(browser, address, script=script) as visit:
        for path in ("x.html", "x/", "x/y.html", "x/y/z.html", "x/y/z/a.html", "x/y/z/a/b.html"):
            answer = visit.page.goto(address + path)
            assert answer is not None
            assert answer.status == 404
            assert visit.styled(), path
            ways = visit.page.locator(".way").all()
            (shown,) = [way for way in ways if way.is_visible()]
            links = [link.get_attribute("href") for link in shown.locator("a").all()]
            assert {urljoin(address + path, link)[: len(address)] for link in links} == {address}
            shown.locator(".wordmark a").click()
            visit.page.wait_for_load_state()
            assert visit.page.url == address + "index.html"


def test_where_no_style_is_found_the_page_says_what_to_do(
    browser: Browser, addresses: dict[str, str]
) -> None:
    with visiting(browser, addresses["/a/b/"]) as visit:
        visit.page.goto(addresses["/a/b/"] + "1/2/3/4/5/6/7.html")
        assert not visit.styled()
        assert visit.page.locator(".lost").is_visible()
        assert not [way for way in visit.page.locator(".way").all() if way.is_visible()]


def _outside(link: str, base: str) -> bool:
    return link.startswith(("http:", "https:")) and urlsplit(link).netloc != urlsplit(base).netloc


def _exists(site: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    file = site / unquote(path.partition("?")[0])
    if not file.is_file():
        return False
    if not anchor:
        return True
    return re.search(rf'\bid="{re.escape(unquote(anchor))}"', file.read_text("utf-8")) is not None
