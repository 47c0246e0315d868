"""The finished site, served and opened in Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from evidence.run import Built
from evidence.steps.publish import publish
from tests.browser.chromium import MISSING, axe_source, find_chromium, start
from tests.browser.serving import serving
from tests.browser.visiting import page_kinds

ROOT = Path(__file__).parents[2]
PATHS = ("/", "/a/b/")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = find_chromium(playwright)
        if program is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
        assert program is not None
        running = start(playwright, program)
        yield running
        running.close()


@pytest.fixture(scope="session")
def axe() -> str:
    return axe_source()


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site in a folder of its own (or the folder named in SITE)."""
    named = os.environ.get("SITE")
    if named:
        return Path(named).resolve()
    folder = tmp_path_factory.mktemp("browser") / "site"
    real_site: Built = request.getfixturevalue("real_site")
    publish(real_site.site.files.by_path, folder)
    return folder


@pytest.fixture(scope="session")
def addresses(site: Path) -> Iterator[dict[str, str]]:
    """The address of the site at each of PATHS, every one the same bytes."""
    with serving(site, PATHS[0]) as top, serving(site, PATHS[1]) as below:
        yield {PATHS[0]: top, PATHS[1]: below, "file": f"{site.as_uri()}/"}


@pytest.fixture(scope="session")
def address(addresses: dict[str, str]) -> str:
    return addresses["/"]


@pytest.fixture(scope="session")
def kinds(site: Path) -> dict[str, str]:
    return page_kinds(site)


@pytest.fixture(scope="session")
def paths(site: Path, kinds: dict[str, str]) -> list[str]:
    """The largest page of each kind; with EVERY_PAGE set, every page."""
    if os.environ.get("EVERY_PAGE"):
        return sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    return list(kinds.values())
