"""The editor in Chromium, on the working copy that the preview shows: what is saved is what was changed, and no more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from evidence.serve.answers import LiveServer
from evidence.serve.live_site import LiveSite
from evidence.serve.whole import Whole
from evidence.store import Store
from tests.projects import GALLERY, KEPT, TODAY, change, make_project, places_of, type_here

PAGE, STUDY = "content/remedies/honey.md", "data/studies/honey-2019.yaml"
# What the editor asks elsewhere, which its policy keeps it from: for a newer version, and for letters
ASKED_ELSEWHERE = ("unpkg.com", "cdn.jsdelivr.net")


@pytest.fixture
def live(tmp_path: Path) -> LiveSite:
    """The gallery with an editor, with its readings, and with comments where people write them."""
    root = make_project(tmp_path / "gallery", GALLERY)
    for name, text in {
        "data/site.yaml": "editor: {backend: local}\n",
        STUDY: "# The end.\n",
    }.items():
        (root / name).write_text((root / name).read_text("utf-8") + text, "utf-8")
    change(
        root,
        STUDY,
        "    time: day 7\n",
        "    # Day 8 in the protocol.\n    time: day 7  # as printed\n",
    )
    change(root, PAGE, "kind: topic\n", "kind: topic  # not a section\n")
    printed = type_here(root, "accept", "--all-new", "--by", "A. Reader", "--on", "2026-11-29")
    assert printed.code == 0, printed.problems
    site = LiveSite(root, Store(KEPT), lambda: TODAY)
    site.look()
    assert site.problems() == ()
    return site


@pytest.fixture
def server(live: LiveSite) -> Iterator[LiveServer]:
    running = LiveServer(0, live, Whole(live, KEPT, lambda: TODAY, 1))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.is_ended = True
    running.shutdown()
    running.server_close()


@pytest.fixture
def page(server: LiveServer, browser: Browser) -> Iterator[Page]:
    """A window of the editor; nothing goes wrong in it, and nothing is asked of another host."""
    context = browser.new_context(viewport={"width": 1300, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    answered: list[str] = []
    opened.on("response", lambda answer: answered.append(answer.url))
    yield opened
    context.close()
    own = f"http://127.0.0.1:{server.server_port}/"
    assert [url for url in answered if not url.startswith((own, "data:", "blob:"))] == []
    assert [said for said in complaints if not any(host in said for host in ASKED_ELSEWHERE)] == []


def go(page: Page, server: LiveServer, entry: str) -> None:
    """Open an entry of the editor, as by a link to it."""
    page.goto("about:blank")
    page.goto(f"http://127.0.0.1:{server.server_port}/edit/#/collections/{entry}")


def field(page: Page, key: str) -> Locator:
    """Return the field of a key, which is not there before somebody comes near it."""
    wanted = page.locator(f'section[data-key-path="{key}"]')
    page.locator("section[data-key-path]").first.wait_for()
    for _ in range(200):
        if wanted.count():
            break
        page.locator("section[data-key-path]").last.scroll_into_view_if_needed()
        page.wait_for_timeout(20)
    wanted.scroll_into_view_if_needed()
    return wanted


def save(page: Page) -> None:
    """Save, and wait until it is."""
    with page.expect_response(lambda answer: answer.request.method == "PUT") as answered:
        page.get_by_role("button", name="Save", exact=True).click()
    assert answered.value.status == 200, answered.value.text()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_hidden()  # back in the list


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines that differ; both texts have as many."""
    pairs = zip(before.splitlines(True), after.splitlines(True), strict=True)
    return [pair for pair in pairs if pair[0] != pair[1]]


def test_a_sentence_and_a_number_are_changed_and_nothing_else(
    live: LiveSite, server: LiveServer, page: Page
) -> None:
    before = {name: (live.root / name).read_text("utf-8") for name in (PAGE, STUDY)}
    go(page, server, "pages-remedies/entries/honey")
    text = field(page, "body").get_by_role("textbox")
    text.fill(text.input_value().replace("*your* cold", "*your own* cold"))
    save(page)
    go(page, server, "studies/entries/honey-2019")
    findings = field(page, "findings")
    findings.get_by_role("button", name="Expand All").click()
    number = field(page, "findings.0.value").get_by_role("textbox")
    expect(number).to_have_value("1204")
    number.fill("1205")
    save(page)
    after = {name: (live.root / name).read_text("utf-8") for name in (PAGE, STUDY)}
    (sentence,) = changed_lines(before[PAGE], after[PAGE])
    assert sentence[1] == sentence[0].replace("*your* cold", "*your own* cold")
    assert changed_lines(before[STUDY], after[STUDY]) == [
        ("    value: 1204\n", "    value: 1205\n")
    ]
    # A number changes on purpose: the build asks why
    assert ("data/studies/honey-2019.yaml", "change-explained") in {
        (place.partition(":")[0], rule) for place, rule in places_of(live.root)
    }
