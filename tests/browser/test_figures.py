"""Figures in Chromium: what is heard, what is explored, and what stands alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from evidence.finished.headers import BY_FOLDER, EVERYWHERE, headers_of
from evidence.run import Built
from evidence.steps.publish import publish
from tests.browser.conftest import PATHS
from tests.browser.serving import Headers, no_headers, serving
from tests.browser.visiting import Scheme, Visit, told, visiting

pytestmark = pytest.mark.browser

SHOWN = re.compile(r'<figure class="figure" id="figure-([a-z0-9-]+)"')
WAYS = pytest.mark.parametrize("way", ["served", "file"])
BUTTON = "button.figure-explore"


@pytest.fixture(scope="module")
def gallery_folder(gallery_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gallery") / "site"
    publish(gallery_site.site.files.by_path, folder)
    return folder


@pytest.fixture(scope="module")
def ways(gallery_folder: Path) -> Iterator[dict[str, str]]:
    """The gallery served under the strict policy, and opened from its folder."""
    with serving(gallery_folder, PATHS[1]) as served:
        yield {"served": served, "file": f"{gallery_folder.as_uri()}/"}


def shown_in(folder: Path) -> dict[str, str]:
    """Return a page for every figure of a site: one that shows it, or its own."""
    pages = sorted(folder.rglob("*.html"), key=lambda file: file.parent.name != "figures")
    return {
        name: file.relative_to(folder).as_posix()
        for file in pages
        for name in SHOWN.findall(file.read_text("utf-8"))
    }


def explored(visit: Visit, name: str) -> list[str]:
    """Explore a figure, go back, and return what was wrong with that."""
    figure = visit.page.locator(f"#figure-{name}")
    button = figure.locator(BUTTON)
    drawing = figure.locator(".figure-drawing")
    before = _box(drawing)
    button.click()
    expect(drawing).to_have_class(re.compile("exploring"), timeout=30_000)
    moved = [abs(first - last) > 2 for first, last in zip(before, _box(drawing), strict=True)]
    wrong = ["it is not in the place of its picture"] if any(moved) else []
    plot = figure.locator(".figure-plot svg")
    if not plot.is_visible() or plot.locator("[aria-roledescription]").count() == 0:
        wrong.append("no marks are drawn")
    wrong += _cut(figure)
    if not visit.page.evaluate("document.activeElement.matches('.figure-explore')"):
        wrong.append("the focus was lost")
    visit.page.keyboard.press("Escape")
    if figure.locator(".figure-stage").count() or button.inner_text() != "Explore this figure":
        wrong.append("Escape did not bring the picture back")
    return wrong + visit.complaints


def _cut(figure: Locator) -> list[str]:
    """Return words of the interactive view that are cut at an edge, or lie on one another."""
    found: list[str] = figure.evaluate(
        """(one) => {
            const svg = one.querySelector(".figure-plot svg");
            const edge = svg.getBoundingClientRect();
            const words = [...svg.querySelectorAll("text")]
                .filter((text) => text.textContent && getComputedStyle(text).opacity !== "0")
                .map((text) => [text.textContent, text.getBoundingClientRect(), text]);
            const out = words.filter(([, box]) => box.left < edge.left - 1
                || box.right > edge.right + 1 || box.top < edge.top - 2
                || box.bottom > edge.bottom + 2);
            const seen = words.filter(([, , text]) => text.closest(".role-axis-label"));
            const upon = seen.flatMap(([name, a], at) => seen.slice(at + 1).filter(([, b]) =>
                a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4)
                .map(([other]) => `'${name}' lies on '${other}'`));
            return [...out.map(([name]) => `'${name}' is cut`), ...upon];
        }"""
    )
    return found


def _box(drawing: Locator) -> list[float]:
    """Return where a drawing stands on its page: left, top, width, height."""
    box: list[float] = drawing.evaluate(
        """(one) => { const box = one.getBoundingClientRect();
            return [box.left, box.top + scrollY, box.width, box.height]; }"""
    )
    return box


@WAYS
@pytest.mark.parametrize("width", [360, 1280])
def test_every_kind_of_figure_can_be_explored_in_its_place(
    browser: Browser, ways: dict[str, str], gallery_folder: Path, way: str, width: int
) -> None:
    found = {}
    with visiting(browser, ways[way], width=width) as visit:
        for name, path in shown_in(gallery_folder).items():
            visit.open(path)
            wrong = explored(visit, name)
            if wrong:
                found[name] = wrong
    assert not found, told(found)


@pytest.mark.parametrize("place", ["/", "file"])
def test_every_figure_of_the_project_can_be_explored(
    browser: Browser, addresses: dict[str, str], site: Path, place: str
) -> None:
    found = {}
    with visiting(browser, addresses[place]) as visit:
        for name, path in shown_in(site).items():
            visit.open(path)
            wrong = explored(visit, name)
            if wrong:
                found[name] = wrong
    assert not found, told(found)


def test_pointing_at_a_mark_reads_its_sentence(browser: Browser, ways: dict[str, str]) -> None:
    with visiting(browser, ways["served"]) as visit:
        figure = _opened(visit, "remedies/index.html", "pooled")
        figure.locator('.figure-plot path[aria-label^="Rest in bed"]').hover()
        expect(visit.page.locator("#vg-tooltip-element")).to_contain_text("92.5%")
        assert visit.complaints == []


def test_what_a_mark_says_stays_on_a_phone(browser: Browser, ways: dict[str, str]) -> None:
    with visiting(browser, ways["served"], width=360) as visit:
        figure = _opened(visit, "remedies/figures-estimates.html", "honey-forest")
        figure.locator('.figure-plot path[aria-label^="Glen 2014"]').hover()
        box = visit.page.locator("#vg-tooltip-element").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360


def test_a_group_that_is_not_ticked_is_left_out(browser: Browser, ways: dict[str, str]) -> None:
    with visiting(browser, ways["served"]) as visit:
        figure = _opened(visit, "remedies/index.html", "pooled")
        marks = figure.locator('.figure-plot path[aria-label^="Rest in bed"]')
        expect(marks).to_have_count(1)
        figure.get_by_label("Single studies").uncheck()
        expect(marks).to_have_count(0)
        figure.get_by_label("Single studies").press("Escape")
        assert visit.page.evaluate("document.activeElement.matches('.figure-explore')")


def test_an_explored_figure_meets_wcag(browser: Browser, ways: dict[str, str], axe: str) -> None:
    for width in (360, 1280):
        with visiting(browser, ways["file"], width=width) as visit:
            _opened(visit, "figures/pooled.html", "pooled")
            visit.unfold()
            assert visit.violations(axe) == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_with_every_kind_of_figure_meet_wcag(
    browser: Browser,
    ways: dict[str, str],
    gallery_folder: Path,
    axe: str,
    width: int,
    scheme: Scheme,
) -> None:
    found = {}
    with visiting(browser, ways["served"], width=width, scheme=scheme) as visit:
        for path in sorted(set(shown_in(gallery_folder).values())):
            visit.open(path)
            visit.unfold()
            visit.thin()
            wrong = visit.violations(axe) + visit.sideways()
            if wrong:
                found[path] = wrong
    assert not found, told(found)


def test_a_printed_figure_names_its_sources_once_and_has_no_tools(
    browser: Browser, addresses: dict[str, str], site: Path
) -> None:
    found = {}
    with visiting(browser, addresses["/"]) as visit:
        visit.page.emulate_media(media="print")
        for name, path in shown_in(site).items():
            visit.open(path)
            figure = visit.page.locator(f"#figure-{name}")
            sources = figure.locator(".figure-source:visible").count()
            tools = figure.locator(".figure-tools:visible, button:visible").count()
            if (sources, tools) != (1, 0):
                found[name] = [f"{sources} lines of sources, {tools} tools"]
    assert not found, told(found)


def test_what_cannot_be_loaded_leaves_the_picture_and_says_so(
    browser: Browser, ways: dict[str, str]
) -> None:
    with visiting(browser, ways["served"]) as visit:
        visit.page.route("**/vega.*js", lambda route: route.abort())
        visit.open("remedies/index.html")
        figure = visit.page.locator("#figure-pooled")
        figure.locator(BUTTON).click()
        expect(figure.locator(".figure-status")).to_contain_text("could not be loaded")
        assert figure.locator("svg.figure-wide").is_visible()
        assert figure.locator(BUTTON).inner_text() == "Explore this figure"


def test_without_a_script_there_is_no_button(browser: Browser, ways: dict[str, str]) -> None:
    with visiting(browser, ways["served"], script=False) as visit:
        visit.open("remedies/index.html")
        assert visit.page.locator(BUTTON).count() == 0
        assert visit.page.locator("#figure-pooled svg.figure-wide").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("page", "figure", "first"),
    [
        (
            "remedies/index.html",
            "pooled",
            "All remedies, time not stated: 48.9%, 95% CI 40.8 to 56.9",
        ),
        (
            "remedies/figures-estimates.html",
            "honey-forest",
            (
                "Alps 2006: risk ratio 0.71, 95% CI 0.39 to 1.30 (computed from the counts), "
                "12 of 40 with honey and 16 of 38 with placebo, weight 3.9%"
            ),
        ),
    ],
)
def test_a_figure_is_heard_once_and_in_sentences(
    browser: Browser,
    ways: dict[str, str],
    gallery_folder: Path,
    width: int,
    page: str,
    figure: str,
    first: str,
) -> None:
    with visiting(browser, ways["served"], width=width) as visit:
        visit.open(page)
        heard = [
            (role, name) for role, name in _heard(visit.page) if role in {"group", "image"} and name
        ]
        kept = json.loads((gallery_folder / f"figures/{figure}.json").read_text("utf-8"))
        said = [("image", row["sentence"]) for row in kept["datasets"]["items"]]
        assert said[0] == ("image", first)
        start = heard.index(("group", kept["usermeta"]["title"]))
        assert heard[start + 1 : start + 1 + len(said)] == said
        names = [name for role, name in heard if role == "image"]
        assert len(names) == len(set(names))


def test_a_figure_alone_works_inside_another_page(
    browser: Browser, ways: dict[str, str], tmp_path: Path
) -> None:
    address = f"{ways['served']}figures/pooled.html"
    inside = f'<!doctype html><iframe src="{address}" width="700" height="600"></iframe>'
    (tmp_path / "other.html").write_text(inside)
    with serving(tmp_path, "/", no_headers) as other, visiting(browser, ways["served"]) as visit:
        visit.page.goto(f"{other}other.html")
        frame = visit.page.frame_locator("iframe")
        expect(frame.locator("h1")).to_contain_text("About half were better")
        frame.locator(BUTTON).click()
        expect(frame.locator(".exploring")).to_have_count(1, timeout=30_000)
        assert frame.locator(".masthead").count() == 0


def joined(path: str) -> dict[str, str]:
    """Return the headers of a host that joins what all fitting rules say of a header."""
    rules = [EVERYWHERE, *(own for folder, own in BY_FOLDER.items() if path.startswith(folder))]
    names = dict.fromkeys(name for own in rules for name in own)
    return {name: ", ".join(own[name] for own in rules if name in own) for name in names}


def nearest(path: str) -> dict[str, str]:
    """Return the headers of a host that takes each from the nearest rule that has it."""
    near = [own for folder, own in BY_FOLDER.items() if path.startswith(folder)]
    return {name: value for own in (EVERYWHERE, *near) for name, value in own.items()}


@pytest.mark.parametrize(
    "headers", [headers_of, joined, nearest], ids=["exact", "joined", "nearest"]
)
def test_other_sites_can_show_a_figure_and_no_other_page(
    browser: Browser, gallery_folder: Path, tmp_path: Path, headers: Headers
) -> None:
    paths = ["index.html", "figures/pooled.html"]
    with (
        serving(gallery_folder, "/", headers) as ours,
        serving(tmp_path, "/", no_headers) as other,
        visiting(browser, ours) as visit,
    ):
        frames = "".join(f'<iframe src="{ours}{path}"></iframe>' for path in paths)
        (tmp_path / "other.html").write_text(f"<!doctype html>{frames}")
        visit.page.goto(f"{other}other.html")
        refused, shown = visit.page.frames[1:]
        assert shown.locator("#main").count() == 1
        assert refused.locator("#main").count() == 0


def test_the_line_to_copy_has_the_address_of_the_figure(
    browser: Browser, addresses: dict[str, str], site: Path
) -> None:
    name, path = next(iter(shown_in(site).items()))
    with visiting(browser, addresses["/a/b/"]) as visit:
        visit.open(path)
        line = visit.page.locator(f"#figure-{name} .figure-frame").text_content() or ""
        assert re.search(rf'src="https?://[^"]+/figures/{name}\.html"', line)


def _opened(visit: Visit, path: str, name: str) -> Locator:
    visit.open(path)
    figure = visit.page.locator(f"#figure-{name}")
    figure.locator(BUTTON).click()
    expect(figure.locator(".exploring")).to_have_count(1, timeout=30_000)
    return figure


def _heard(page: Page) -> list[tuple[str, str]]:
    """Return role and name of everything in the accessibility tree, in reading order."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def walk(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if not node.get("ignored"):
            yield node["role"]["value"], str(node.get("name", {}).get("value", ""))
        for child in node.get("childIds", ()):
            if child in by_id:
                yield from walk(by_id[child])

    return list(walk(nodes[0]))
