"""The site while it is edited, in Chromium: what is saved shows by itself, and so does what is wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from evidence.serve.answers import LiveServer
from evidence.serve.live_site import LiveSite
from evidence.serve.whole import Whole
from evidence.store import Store
from tests.browser.visiting import WCAG
from tests.projects import GALLERY, KEPT, TODAY, change, make_project

PAGE = "remedies/honey.html"


@pytest.fixture
def live(tmp_path: Path) -> LiveSite:
    site = LiveSite(make_project(tmp_path / "gallery", GALLERY), Store(KEPT), lambda: TODAY)
    site.look()
    return site


@pytest.fixture
def page(live: LiveSite, browser: Browser) -> Iterator[Page]:
    """A page of the gallery's site, as its editor has it open."""
    server = LiveServer(0, live, Whole(live, KEPT, lambda: TODAY, 1))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"http://127.0.0.1:{server.server_port}/{PAGE}")
    yield opened
    context.close()
    server.is_ended = True
    with live.changed:
        live.changed.notify_all()
    server.shutdown()
    server.server_close()
    assert complaints == []


FILE = "content/remedies/honey.md"
MARK = "window.kept = true"  # gone when a page is loaded anew


def test_a_saved_sentence_shows_where_somebody_reads(live: LiveSite, page: Page) -> None:
    page.evaluate("document.querySelector('#what-this-cannot-tell-you').scrollIntoView()")
    page.evaluate(
        "document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })"
    )
    page.evaluate("document.querySelector('#what-this-cannot-tell-you').scrollIntoView()")
    top = "document.querySelector('#what-this-cannot-tell-you').getBoundingClientRect().top"
    opened = "[...document.querySelectorAll('main details')].every((fold) => fold.open)"
    before = page.evaluate(top)
    change(live.root, FILE, "*your* cold", "*your very own* cold")
    change(
        live.root, FILE, "## In short\n", "## In short\n\nA paragraph more, above what is read.\n"
    )
    live.look()
    expect(page.get_by_text("your very own")).to_be_visible()
    page.wait_for_load_state()
    assert abs(page.evaluate(top) - before) < 3
    assert page.evaluate(opened)


# The words of the page as they stand, and as they would if it were loaded anew
BODY = r"""async () => {
  const text = await (await fetch(location.pathname)).text();
  const words = (page) => {
    const copy = page.querySelector("main .text").cloneNode(true);
    for (const part of copy.querySelectorAll("figure, details, [data-here]")) part.remove();
    return [copy.textContent.replace(/\s+/g, " "), ...copy.querySelectorAll("*")].map((part) => part.localName ?? part).join(" ");
  };
  return [words(document), words(new DOMParser().parseFromString(text, "text/html"))];
}"""


def differing(one: str, other: str) -> str:
    """Return where two texts part, and some of each."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return f"{one[at - 40 : at + 80]!r} stands there, and not {other[at - 40 : at + 80]!r}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Whether *your* cold goes away.", "Whether a **cold** goes away."),
        ("Whether *your* cold", "Nobody knows it.\n\nNot even we do.\n\nWhether *your* cold"),
        ("- Both arms: ", "- Also, both arms: "),
        ("| Study | Better | Interval |", "| Study | How many | Interval |"),
        ("\n\nWhether *your* cold goes away.", "\n\nNo."),
        (
            "There was [[colds-2021/one]] of",
            "There was [[colds-2021/one]] or [[colds-2021/odds]] of",
        ),
    ],
)
def test_words_that_change_take_the_place_of_those_before_and_the_page_stays(
    live: LiveSite, page: Page, before: str, after: str
) -> None:
    expect(page.locator("html")).to_have_attribute("data-preview", "ready")
    page.evaluate(MARK)
    page.evaluate("scrollTo(0, 900)")
    for old, new in ((before, after), (after, before)):
        change(live.root, FILE, old, new)
        live.look()
        deadline = time.monotonic() + 10
        while len({*page.evaluate(BODY)}) > 1:
            assert time.monotonic() < deadline, differing(*page.evaluate(BODY))
        assert page.evaluate("window.kept")


def test_what_scripts_have_to_do_with_is_loaded_anew(live: LiveSite, page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-preview", "ready")
    page.evaluate(MARK)
    change(live.root, "data/figures/ratio.yaml", "Any remedy", "Every remedy")
    live.look()
    expect(page.get_by_text("Every remedy").first).to_be_attached()
    assert not page.evaluate("window.kept")


def test_what_is_not_as_it_was_served_is_loaded_anew(live: LiveSite, page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-preview", "ready")
    page.evaluate(MARK)
    page.evaluate("document.querySelector('.cannot-tell p').append(' (put there by a script)')")
    change(live.root, FILE, "Whether *your* cold", "Whether a cold")
    live.look()
    expect(page.get_by_text("Whether a cold")).to_be_visible()
    assert not page.evaluate("window.kept")


def test_a_saved_style_shows_without_loading_the_page_anew(live: LiveSite, page: Page) -> None:
    page.evaluate(MARK)
    style = live.root / "templates/static/site.css"
    for width in ("7px", "9px"):
        style.write_text(f"{style.read_text('utf-8')}\nh1 {{ margin-left: {width}; }}\n", "utf-8")
        live.look()
        expect(page.locator("h1")).to_have_css("margin-left", width)
    assert page.evaluate("window.kept")
    expect(page.locator("link[rel=stylesheet][href*='lasting/site.']")).to_have_count(1)


def test_what_is_wrong_stands_in_a_panel_until_it_is_mended(
    live: LiveSite, page: Page, axe: str
) -> None:
    page.evaluate(MARK)
    change(live.root, FILE, "[[honey-2019/cough-free]] had", "[[honey-2019/cough-fre]] had")
    live.look()
    panel = page.get_by_label("What is to be mended")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("status")).to_have_text("1 problem: nothing of this is published")
    expect(panel).to_contain_text(f"{FILE}:")
    expect(panel).to_contain_text("had no cough after")  # the line itself
    expect(panel).to_contain_text("Did you mean 'cough-free'?")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(axe)
        found = page.evaluate("(tags) => axe.run(document, {runOnly: tags})", WCAG)
        assert [rule["id"] for rule in found["violations"]] == [], scheme
    panel.get_by_role("button", name="Hide").press("Enter")
    expect(panel.get_by_role("list")).to_be_hidden()
    change(live.root, FILE, "[[honey-2019/cough-fre]] had", "[[honey-2019/cough-free]] had")
    live.look()
    expect(panel).to_be_hidden()
    assert page.evaluate("window.kept")


def test_the_page_can_be_read_above_the_panel_and_is_printed_without_it(
    live: LiveSite, page: Page
) -> None:
    change(live.root, FILE, "[[honey-2019/cough-free]] had", "[[honey-2019/cough-fre]] had")
    live.look()
    panel = page.get_by_label("What is to be mended")
    expect(panel).to_be_visible()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    end = page.locator("body > footer").last.bounding_box()
    box = panel.bounding_box()
    assert end
    assert box
    assert end["y"] + end["height"] <= box["y"] + 1
    page.emulate_media(media="print")
    expect(panel).to_be_hidden()


def test_a_tab_that_nobody_looks_at_catches_up(live: LiveSite, page: Page) -> None:
    """Browsers keep few connections to one host: a hidden tab gives its own back."""
    hide = "Object.defineProperty(document, 'hidden', {value: %s, configurable: true});"
    told = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(hide % "true" + told)
    change(live.root, FILE, "*your* cold", "*your own* cold")
    live.look()
    page.wait_for_timeout(300)
    assert page.get_by_text("your own").count() == 0
    page.evaluate(hide % "false" + told)
    expect(page.get_by_text("your own")).to_be_visible()


def test_before_anything_is_sound_the_page_says_what_is_wrong_and_then_comes(
    live: LiveSite, page: Page
) -> None:
    text = (live.root / FILE).read_text("utf-8")
    (live.root / FILE).write_text("nothing", "utf-8")
    broken = LiveSite(live.root, Store(KEPT), lambda: TODAY)
    broken.look()
    server = LiveServer(0, broken, Whole(broken, KEPT, lambda: TODAY, 1))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    other = page.context.new_page()
    other.goto(f"http://127.0.0.1:{server.server_port}/{PAGE}")
    expect(other.get_by_text("cannot be shown yet")).to_be_visible()
    expect(other.get_by_label("What is to be mended")).to_contain_text(f"{FILE}:1:1")
    (live.root / FILE).write_text(text, "utf-8")
    broken.look()
    expect(other.locator("h1")).to_have_text("Honey")
    other.close()
    server.is_ended = True
    server.shutdown()
    server.server_close()
