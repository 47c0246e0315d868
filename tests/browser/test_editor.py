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
from evidence.steps.publish import publish
from evidence.store import Store
from tests.browser.serving import serving
from tests.browser.visiting import visiting
from tests.projects import (
    GALLERY,
    KEPT,
    MINIMAL,
    TODAY,
    build_in_memory,
    change,
    make_project,
    places_of,
    type_here,
)

PAGE, STUDY = "content/remedies/honey.md", "data/studies/honey-2019.yaml"
# What the editor asks elsewhere, which its policy keeps it from: for a newer version, and for letters
ASKED_ELSEWHERE = ("unpkg.com", "cdn.jsdelivr.net")


@pytest.fixture
def live(tmp_path: Path) -> LiveSite:
    """The gallery with an editor, with its readings, and with comments where people write them."""
    root = make_project(tmp_path / "gallery", GALLERY)
    (root / STUDY).write_text((root / STUDY).read_text("utf-8") + "# The end.\n", "utf-8")
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
def complaints() -> list[str]:
    """What the console said is wrong; a test in which something is to go wrong empties it."""
    return []


@pytest.fixture
def page(server: LiveServer, browser: Browser, complaints: list[str]) -> Iterator[Page]:
    """A window of the editor; nothing goes wrong in it, and nothing is asked of another host."""
    context = browser.new_context(viewport={"width": 1300, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    opened = context.new_page()
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


def test_a_page_leads_to_its_file_and_what_is_wrong_is_shown_in_the_editor(
    live: LiveSite, server: LiveServer, page: Page
) -> None:
    page.goto(f"http://127.0.0.1:{server.server_port}/studies/honey-2019.html")
    page.get_by_role("link", name="Edit this page").click()
    expect(field(page, "title").get_by_role("textbox")).to_have_value(
        "Honey 2019: a randomised trial in children"
    )
    panel = page.get_by_label("What is to be mended")
    expect(panel).to_be_hidden()
    summary = field(page, "summary").get_by_role("textbox")
    summary.fill(summary.input_value().replace("participants", "partecipants"))
    save(page)
    live.look()
    expect(panel).to_contain_text("Did you mean 'participants'?")
    expect(panel).to_contain_text(STUDY)


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(
    live: LiveSite, server: LiveServer, page: Page, complaints: list[str]
) -> None:
    go(page, server, "studies/entries/honey-2019")
    title = field(page, "title").get_by_role("textbox")
    title.fill("Honey 2019, once more")
    change(live.root, STUDY, "value: 1204", "value: 1203")
    with page.expect_response(lambda answer: answer.request.method == "PUT") as answered:
        page.get_by_role("button", name="Save", exact=True).click()
    assert answered.value.status == 409
    expect(page.get_by_role("alertdialog")).to_be_visible()
    assert any("somebody else" in said for said in complaints)
    complaints.clear()
    text = (live.root / STUDY).read_text("utf-8")
    assert "value: 1203" in text
    assert "once more" not in text
    assert not [path for path in (live.root / STUDY).parent.iterdir() if path.suffix != ".yaml"]


def test_a_new_page_is_a_file_with_its_front_matter(
    live: LiveSite, server: LiveServer, page: Page
) -> None:
    go(page, server, "pages/new")
    field(page, "title").get_by_role("textbox").fill("Tea: with lemon")
    field(page, "body").get_by_role("textbox").fill("Nobody studied it.")
    kind = field(page, "kind")
    kind.get_by_role("combobox").click()
    page.get_by_role("option", name="plain").click()
    save(page)
    (made,) = [
        path for path in (live.root / "content").glob("*.md") if "lemon" in path.read_text("utf-8")
    ]
    assert made.name == "tea-with-lemon.md"
    assert made.read_text("utf-8") == (
        '---\ntitle: "Tea: with lemon"\nkind: plain\n---\n\nNobody studied it.\n'
    )


@pytest.mark.parametrize(
    ("host", "said"),
    [("github", "GitHub"), ("gitlab", "GitLab"), ("gitea", "Gitea")],
)
def test_the_editor_of_a_site_asks_who_is_there_and_nothing_of_other_hosts(
    tmp_path: Path, browser: Browser, host: str, said: str
) -> None:
    """It starts below a path, with the headers of the site, and finds nothing wrong with what it is told."""
    root = make_project(tmp_path / "minimal", MINIMAL)
    site = root / "data/site.yaml"
    more = f"repository: https://git.example.org/cold-people/colds\neditor: {{backend: {host}}}\n"
    site.write_text(site.read_text("utf-8") + more, "utf-8")
    publish(build_in_memory(root).site.files.by_path, tmp_path / "site")
    with serving(tmp_path / "site", "/a/b/") as base, visiting(browser, base) as visit:
        visit.page.set_default_timeout(20_000)
        visit.open("index.html")
        visit.page.get_by_role("link", name="Edit this page").click()
        button = visit.page.get_by_role("button", name="Sign In Using Access Token")
        expect(button).to_be_visible()
        button.click()
        expect(visit.page.get_by_role("alertdialog")).to_contain_text(said)
        complaints = [
            one
            for one in visit.complaints
            if not any(name in one for name in (*ASKED_ELSEWHERE, "OAuth application ID"))
        ]
        assert complaints == []
        assert visit.page.url.startswith(f"{base}edit/index.html#/collections/pages/entries/index")
