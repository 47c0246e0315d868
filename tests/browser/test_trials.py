"""The trial explorer with 10,000 invented trials, driven by keyboard on a narrow screen."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from evidence.files.trial_line import VALUE_COLUMNS
from evidence.finished.file import Files
from evidence.model.columns import safe
from evidence.model.report import Report
from evidence.model.trial import Trial
from evidence.pages.trial_lists import FACETS, PART_LINES, ordered
from evidence.run import Built
from evidence.steps.compute import compute
from evidence.steps.publish import publish
from evidence.steps.render import render
from evidence.store import Store
from tests.browser.serving import serving
from tests.browser.visiting import Visit, visiting
from tests.invented import explorer_pages, real_words, with_trials
from tests.projects import MINIMAL, build_in_memory, make_project, write

pytestmark = pytest.mark.browser

COUNT = 10_000
RARE = "kidney"
EXPLORER = "trials/index.html"
# The invented records are dated in this year and before, or less than two years ago
LAST_OLD_YEAR = 2020
WIDER = {
    "condition": {name: word.part_of for name, word in real_words().conditions.items()},
    "cell": {name: word.part_of for name, word in real_words().cells.items()},
}
AGING = {name: word.ages for name, word in real_words().statuses.items()}


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The smallest site, with the page of the explorer."""
    root = make_project(tmp_path_factory.mktemp("small"), MINIMAL)
    write(root, explorer_pages())
    return build_in_memory(root)


@pytest.fixture(scope="session")
def many(small: Built) -> Report:
    return with_trials(small.report, COUNT)


@pytest.fixture(scope="session")
def folder(many: Report, small: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the explorer of 10,000 trials, and the pages of those in one rare condition."""
    site = render(compute(many, Store(None)), Store(None))
    rare = {trial.address for trial in many.trials.values() if trial.condition == RARE}
    kept = {path: raw for path, raw in small.site.files.items() if "trials" not in path}
    files = {
        path: site.files.by_path[path]
        for path in site.files
        if "trials" in path and (path in rare or "/nct" not in path)
    }
    static = {
        path: raw
        for path, raw in small.site.files.items()
        if path.startswith(("static/", "lasting/"))
    }
    made = tmp_path_factory.mktemp("explorer") / "site"
    publish(Files({**kept, **files, **static}).by_path, made)
    return made


@pytest.fixture(scope="session")
def base(folder: Path) -> Iterator[str]:
    with serving(folder, "/") as address:
        yield address


@pytest.fixture
def narrow(browser: Browser, base: str) -> Iterator[Visit]:
    with visiting(browser, base, width=360, height=740) as visit:
        go(visit, EXPLORER)
        yield visit
        assert visit.complaints == []


def go(visit: Visit, path: str) -> None:
    """Open the explorer, and wait until all that comes afterwards is there."""
    visit.open(path)
    whole(visit.page)


def whole(page: Page) -> None:
    # fifty files, while another worker builds a site: how long that takes is measured elsewhere
    page.wait_for_selector(
        "#explorer.live[data-complete] .trials table:not([aria-busy=true])",
        state="attached",
        timeout=60_000,
    )


def values(name: str, trial: Trial) -> set[str]:
    """Return the values of a facet that a trial has, found without the code under test."""
    if name == "confirmed":
        return {confirmed(trial)}
    field = {"country": "countries", "year": "start"}.get(name, name.replace("-", "_"))
    value: Any = trial.condition if name == "condition" else trial.value(field)
    if value is None:
        return {"not-stated"}
    if name == "year":
        return {str(value.year)}
    if name == "status":
        reading = next(each for each in trial.readings if each.says.status is not None)
        recent = reading.as_of is not None and reading.as_of.year > LAST_OLD_YEAR
        return {value if recent or not AGING[value] else f"last-{value}"}
    if name in WIDER:
        return with_wider(value, WIDER[name])
    return set(value) if isinstance(value, tuple) else {value}


def confirmed(trial: Trial) -> str:
    """Return when a status was last confirmed; the invented dates are old or new by their years."""
    said = [reading for reading in trial.readings if reading.says.status is not None]
    if not said or said[0].as_of is None:
        return "no-date"
    return "recently" if said[0].as_of.year > LAST_OLD_YEAR else "longer-ago"


def with_wider(name: str, wider: dict[str, str | None]) -> set[str]:
    """Return a class and all that it is part of."""
    above = wider.get(name)
    return {name} | (with_wider(above, wider) if above else set())


@cache
def _full(names: tuple[str, ...], lines: tuple[str, ...]) -> list[Trial]:
    trials = {trial.id: trial for trial in map(Trial.model_validate_json, lines)}
    return [trials[name] for name in names]


def full(many: Report) -> list[Trial]:
    """Return the trials in the order of the table, with all that they say."""
    names = tuple(trial.id for trial in ordered(many))
    return _full(names, tuple(line for pack in many.packs for line in pack.fetch()))


def fitting(many: Report, chosen: dict[str, set[str]], word: str = "") -> list[Trial]:
    """Return the trials of a selection in the order of the table, by brute force."""
    return [
        trial
        for trial in full(many)
        if all(values(name, trial) & wanted for name, wanted in chosen.items())
        and word in trial.name.lower()
    ]


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until the focus is on an element."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    message = f"{selector} was not reached with {most} steps of the Tab key"
    raise AssertionError(message)


def says(page: Page, count: int) -> None:
    if not count:
        expect(page.locator(".count")).to_have_text(f"No trial of {COUNT:,} fits all of this.")
        return
    words = f"{COUNT:,} trials" if count == COUNT else f"{count:,} of {COUNT:,} trials"
    expect(page.locator(".count")).to_have_text(words)


def rows(page: Page) -> list[str]:
    page.wait_for_selector(".trials table:not([aria-busy=true])", state="attached")
    found: list[str] = page.locator(".trials tbody .trial-id").all_text_contents()
    return found


def ids(found: list[Trial]) -> list[str | None]:
    return [trial.registry_id for trial in found]


def test_a_selection_by_keyboard_alone(narrow: Visit, many: Report) -> None:
    page = narrow.page
    says(page, COUNT)
    tab_to(page, "#find")
    page.keyboard.type("harbin")
    named = fitting(many, {}, "harbin")
    says(page, len(named))
    tab_to(page, ".filter-box > summary", 2)
    page.keyboard.press("Enter")
    tab_to(page, "[data-facet=condition] > summary", 2)
    page.keyboard.press("Enter")
    tab_to(page, f"input[value={RARE}]")
    page.keyboard.press("Space")
    both = fitting(many, {"condition": {RARE}}, "harbin")
    says(page, len(both))
    tab_to(page, ".to-results button")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "count"
    tab_to(page, "#sort", 2)
    page.keyboard.type("Registry")
    expect(page.locator("#sort")).to_have_value("id")  # the last letter may not have been heard yet
    assert rows(page) == sorted(ids(both))[:50]  # type: ignore[type-var]
    tab_to(page, ".chosen button", 2)
    page.keyboard.press("Enter")
    rare = fitting(many, {"condition": {RARE}})
    says(page, len(rare))
    assert page.evaluate("document.activeElement.ariaLabel").startswith("Remove Condition")
    tab_to(page, ".trials tbody a")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(first)
    page.go_back()
    says(page, len(rare))
    whole(page)
    assert page.locator("#sort").input_value() == "id"
    assert rows(page) == sorted(ids(rare))[:50]  # type: ignore[type-var]


def test_more_rows_come_by_keyboard_and_the_focus_goes_to_the_first_of_them(
    narrow: Visit, many: Report
) -> None:
    page = narrow.page
    assert rows(page) == ids(full(many)[:50])
    page.locator(".more button").focus()
    page.keyboard.press("Enter")
    assert rows(page) == ids(full(many)[:100])
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 51
    page.reload()
    whole(page)
    assert len(rows(page)) == 100


@pytest.mark.parametrize(("slowness", "most"), [(1, 200), (4, 400)])
def test_a_key_shows_its_result_at_once(narrow: Visit, slowness: int, most: int) -> None:
    page = narrow.page
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowness})
    page.locator("#find").focus()
    page.wait_for_timeout(500)
    page.evaluate(
        """() => {
            window.times = [];
            document.querySelector("#find").addEventListener("keydown", () => {
                const start = performance.now();
                requestAnimationFrame(() => {
                    const channel = new MessageChannel(); /* answers after the frame is painted */
                    channel.port1.onmessage = () => window.times.push(performance.now() - start);
                    requestAnimationFrame(() => channel.port2.postMessage(0));
                });
            });
        }"""
    )
    for key in "mesenchymal harbinge":
        page.keyboard.press(key if key != " " else "Space")
        page.wait_for_timeout(60 * slowness)
    times = sorted(page.evaluate("window.times"))
    assert len(times) == 20
    print(f"\nkey to painted list, {COUNT:,} trials, processor slowed {slowness} times: "
          f"median {median(times):.0f} ms, worst {times[-1]:.0f} ms")  # fmt: skip
    assert median(times) < most


def many_values(many: Report, name: str) -> list[str]:
    return sorted({value for trial in full(many) for value in values(name, trial)})


@pytest.mark.parametrize("name", [facet.name for facet in FACETS])
def test_the_counts_of_a_facet_are_those_given_all_other_choices(
    narrow: Visit, many: Report, name: str
) -> None:
    other = "phase" if name != "phase" else "status"
    chosen = {
        other: {"1", "2", "recruiting", "last-recruiting", "completed"},
        name: {"2019"} if name == "year" else {next(iter(many_values(many, name)))},
    }
    query = {facet: ",".join(sorted(wanted)) for facet, wanted in chosen.items()}
    go(narrow, f"{EXPLORER}?{urlencode({**query, 'q': 'bone'})}")
    counts: dict[str, int] = narrow.page.evaluate(
        """(name) => {
            const number = (text) => Number(text.replace(",", ""));
            const boxes = [...document.querySelectorAll(`input[name=${name}]`)].map((box) =>
                [box.value, number(box.parentNode.querySelector(".facet-count").textContent)]);
            const years = [...document.querySelectorAll(`[data-facet=${name}] [data-year=from] option`)]
                .filter((option) => option.value)
                .map((option) => [option.value, number(/\\((.*)\\)/.exec(option.textContent)[1])]);
            return Object.fromEntries([...boxes, ...years]);
        }""",
        name,
    )
    found = fitting(many, {other: chosen[other]}, "bone")
    every = {value for trial in full(many) for value in values(name, trial)}
    wanted = {value: sum(value in values(name, trial) for trial in found) for value in every}
    assert counts == wanted


@pytest.mark.parametrize("name", [facet.name for facet in FACETS if not facet.range])
def test_an_address_gives_back_its_selection(
    browser: Browser, base: str, narrow: Visit, name: str
) -> None:
    boxes = narrow.page.locator(f"input[name={name}]")
    for place in (0, 2):
        boxes.nth(place).evaluate("(box) => box.click()")
    narrow.page.locator("#sort").select_option("-start")
    expect(narrow.page.locator(".chosen li")).to_have_count(3)  # with "Clear all"
    chosen = narrow.page.locator(".chosen li").all_text_contents()
    narrow.page.wait_for_timeout(400)
    with visiting(browser, base, width=1280) as other:
        other.page.goto(narrow.page.url)
        whole(other.page)
        assert other.page.locator(".chosen li").all_text_contents() == chosen
        assert other.page.locator(f"input[name={name}]:checked").count() == 2
        assert other.page.locator("input:checked").count() == 2
        assert rows(other.page) == rows(narrow.page)
        sorting = other.page.locator("th[data-sort=start]").get_attribute("aria-sort")
        assert sorting == "descending"


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_what_is_taken_away_is_the_selection(
    narrow: Visit, many: Report, folder: Path, ending: str
) -> None:
    go(narrow, f"{EXPLORER}?condition={RARE}&country=china,spain")
    with narrow.page.expect_download() as waiting:
        narrow.page.locator(f"[data-take={ending}]").press("Enter")
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    chosen = {"condition": {RARE}, "country": {"china", "spain"}}
    wanted = [trial.id for trial in fitting(many, chosen)]
    assert wanted
    whole = (folder / "downloads/trials.csv").read_text("utf-8-sig")
    table = {row["id"]: row for row in csv.DictReader(io.StringIO(whole))}
    expected: list[dict[str, Any]] = [
        {name: table[name_of][name] for name in VALUE_COLUMNS} for name_of in wanted
    ]
    if ending == "csv":
        found = list(csv.DictReader(io.StringIO(text)))
        assert found == expected
    else:
        entries = [{name: str(value) for name, value in each.items()} for each in json.loads(text)]
        kept = [{name: value for name, value in each.items() if value} for each in expected]
        assert entries == kept


def test_heads_sort_both_ways_and_say_so(browser: Browser, base: str, many: Report) -> None:
    with visiting(browser, base) as visit:
        go(visit, EXPLORER)
        head = visit.page.locator("th[data-sort=enrolment]")
        people = sorted(t.value("enrolment") for t in full(many) if t.value("enrolment"))
        for order, wanted in (("descending", people[-1]), ("ascending", people[0])):
            head.locator("button").press("Enter")
            expect(head).to_have_attribute("aria-sort", order)
            first = visit.page.locator("tbody tr").first.locator("td.people")
            expect(first).to_have_text(f"{wanted:,}")
        assert visit.complaints == []


@pytest.mark.parametrize("sort", ["enrolment", "-enrolment", "start", "-start"])
def test_what_is_not_known_stands_last_in_both_orders(
    narrow: Visit, many: Report, sort: str
) -> None:
    go(narrow, f"{EXPLORER}?condition={RARE}&sort={sort}")
    name = sort.removeprefix("-")
    place = {"enrolment": "people", "start": "start"}[name]
    people = [trial.value(name) for trial in fitting(many, {"condition": {RARE}})]
    known = [str(value)[:4] for value in people if value is not None]
    known_first = sorted(known, key=int, reverse=sort.startswith("-"))
    blank = [""] * (len(people) - len(known))
    assert len(known) > 5
    assert blank
    assert narrow.page.locator(f"td.{place}").all_text_contents() == [*known_first, *blank]


def test_accents_hyphens_and_printed_words_are_found(narrow: Visit, many: Report) -> None:
    page = narrow.page
    for typed, stands in (
        ("cadiz", "cádiz"),
        ("Évora", "évora"),
        ("stem\N{NON-BREAKING HYPHEN}cell", "stem cell"),
    ):
        page.locator("#find").fill(typed)
        at_least = len(fitting(many, {}, stands))
        shown = page.locator(".count")
        expect(shown).to_contain_text("of")
        assert int(shown.text_content().split()[0].replace(",", "")) >= at_least > 0  # type: ignore[union-attr]
    page.locator("#find").fill("no such words")
    expect(page.locator(".count")).to_contain_text(f"No trial of {COUNT:,} fits")
    assert rows(page) == []


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_explorer_and_its_pages_meet_wcag_and_never_scroll_sideways(
    browser: Browser, base: str, axe: str, width: int, scheme: Any, many: Report
) -> None:
    rare = fitting(many, {"condition": {RARE}})
    paths = (
        f"{EXPLORER}?phase=1&q=a&sort=-start", rare[0].address, f"trials/condition/{RARE}.html",
    )  # fmt: skip
    with visiting(browser, base, width=width, scheme=scheme) as visit:
        for path in paths:
            visit.open(path)
            visit.unfold()
            assert visit.violations(axe) + visit.sideways() + visit.complaints == [], path


def test_without_a_script_the_whole_table_is_there(browser: Browser, base: str) -> None:
    with visiting(browser, base, width=360, script=False) as visit:
        visit.open(EXPLORER)
        assert visit.page.locator(".trials tbody tr").count() == 50
        assert not visit.page.locator("#find").is_visible()
        visit.page.locator("a[rel=next]").click()
        visit.page.wait_for_load_state("load")
        assert visit.page.locator(".trials tbody tr").count() == 300
        assert visit.sideways() == []


def test_the_script_writes_rows_as_the_page_does(
    browser: Browser, base: str, narrow: Visit
) -> None:
    table = "table => [...table.tBodies[0].rows].map((row) => row.outerHTML)"
    narrow.page.locator("#sort").select_option("id")  # so that the rows of the page go
    expect(narrow.page.locator(".trials tbody .trial-id").first).to_have_text("NCT90000000")
    narrow.page.locator("#sort").select_option("")
    expect(narrow.page.locator(".trials tbody .trial-id").first).not_to_have_text("NCT90000000")
    expect(narrow.page.locator(".trials tbody tr")).to_have_count(
        50
    )  # a screen of them comes first
    drawn = narrow.page.locator(".trials table").evaluate(table)
    with visiting(browser, base, width=360, script=False) as visit:
        visit.open(EXPLORER)
        written = visit.page.locator(".trials table").evaluate(table)[: len(drawn)]
    assert len(drawn) == 50
    assert drawn == written
    cells = ".trials tbody tr td:nth-child(5)"
    told = [" ".join(each.split()) for each in narrow.page.locator(cells).all_text_contents()]
    for status in ("Recruiting as of March 2026", "Recruiting as of 1 December 2025",
                   "Unknown, last known as recruiting in 2016",
                   "Unknown, last known as recruiting on a date not stated"):  # fmt: skip
        assert status in told


def test_it_works_from_a_folder(browser: Browser, folder: Path) -> None:
    with visiting(browser, f"{folder.as_uri()}/", width=360) as visit:
        visit.open(EXPLORER)
        visit.page.locator("#find").press_sequentially("harbin")
        expect(visit.page.locator(".count")).to_contain_text(f"of {COUNT:,} trials")
        shown = visit.page.locator(".count").text_content()
        visit.page.wait_for_timeout(400)
        visit.page.reload()
        expect(visit.page.locator(".count")).to_have_text(shown or "")
        assert visit.complaints == []


def test_on_paper_stands_the_whole_selection_and_no_controls(narrow: Visit, many: Report) -> None:
    go(narrow, f"{EXPLORER}?condition=lupus&year=2019,2020")
    narrow.page.emulate_media(media="print")
    narrow.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    wanted = fitting(many, {"condition": {"lupus"}, "year": {"2019", "2020"}})
    assert rows(narrow.page) == ids(wanted)
    assert len(wanted) > 50
    assert not narrow.page.locator(".controls").is_visible()
    assert narrow.page.locator("thead").is_visible()


def test_the_address_is_copied_or_shown(browser: Browser, base: str) -> None:
    with visiting(browser, base) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit.open(f"{EXPLORER}?phase=1")
        visit.page.locator("[data-take=address]").press("Enter")
        expect(visit.page.locator(".count")).to_have_text("Address copied.")
        assert visit.page.evaluate("navigator.clipboard.readText()") == visit.page.url


def test_the_rows_of_the_page_are_not_drawn_anew(browser: Browser, base: str) -> None:
    """The bare address shows what the page has, and nothing of it moves or flickers."""
    with visiting(browser, base, width=1280) as visit:
        visit.page.add_init_script(
            """window.changes = 0; window.moved = 0; window.what = [];
            new PerformanceObserver((list) => {
                for (const shift of list.getEntries()) {
                    window.moved += shift.value;
                    for (const { node } of shift.sources) window.what.push(node?.outerHTML?.slice(0, 80) ?? node?.textContent);
                }
            }).observe({ type: "layout-shift", buffered: true });
            const watcher = new MutationObserver((changes) => { window.changes += changes.length; });
            document.addEventListener("readystatechange", () => { /* before any script of the page */
                if (document.readyState === "interactive")
                    watcher.observe(document.querySelector(".trials tbody"), { childList: true, subtree: true });
            });"""
        )
        go(visit, EXPLORER)
        assert visit.page.evaluate("window.changes") == 0
        assert visit.page.evaluate("window.moved") < 0.001, visit.page.evaluate("window.what")
        assert len(rows(visit.page)) == 50


def loaded(page: Page) -> set[str]:
    """Return the files of the explorer that a page asked for, without the sums in their names."""
    names: list[str] = page.evaluate(
        """() => performance.getEntriesByType("resource").map((one) => one.name.split("/").at(-1))
            .filter((name) => name.endsWith(".js"))"""
    )
    return {re.sub(r"\.[0-9a-f]{10}\.js$", ".js", name) for name in names}


def test_the_first_list_needs_few_files(browser: Browser, base: str) -> None:
    with visiting(browser, base) as visit:
        # a reader who asked for little gets nothing that is not needed
        visit.page.add_init_script(
            "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
        )
        visit.open(f"{EXPLORER}?condition=spinal-cord-injury")
        visit.page.wait_for_selector("#explorer.live", state="attached")
        visit.page.wait_for_timeout(300)
        assert len(rows(visit.page)) == 50
        first = {"trials-asked.js", "colours.js", "site.js", "facets.js", "trials.js", "rows-0.js"}
        assert loaded(visit.page) == {*first, "trials-years.js"}
        visit.page.locator("#find").press_sequentially("cadiz")
        expect(visit.page.locator(".count")).to_contain_text("of")
        expect(visit.page.locator(".chosen li").first).to_contain_text("cadiz")
        later = loaded(visit.page) - first
        assert {"words.js", "folding.js", "trials-find.js"} <= later
        assert not later & {"values.js", "orders.js", "map.js"}


def test_the_page_is_light(folder: Path) -> None:
    raw = (folder / EXPLORER).read_text("utf-8")
    rows_of_page = raw[raw.index("<tbody>") : raw.index("</tbody>")]
    assert len(raw) - len(rows_of_page) < 40_000


def test_a_file_that_comes_before_its_turn_is_not_waited_for(narrow: Visit) -> None:
    """Rows begun early by an address whose list is empty come while others are loaded in turn."""
    held: list[Route] = []
    names: list[str] = []

    def hold_the_first(route: Route) -> None:
        names.append(route.request.url.rsplit("/", 1)[1])
        if len(names) == 1:
            held.append(route)
            return
        route.continue_()
        if len(names) >= 4 and held:
            held.pop().continue_()

    narrow.page.route(re.compile(r"/trials/rows-\d+\.js$"), hold_the_first)
    nothing = "status=recruiting&country=andorra&year=2010"
    go(narrow, f"{EXPLORER}?condition={RARE}&{nothing}")
    assert names[1:4] == ["rows-0.js", "rows-1.js", "rows-2.js"]
    assert names[0] not in names[1:]


def test_a_list_stands_when_its_first_screen_is_there(narrow: Visit, many: Report) -> None:
    held: list[Route] = []
    places = {trial.id: place for place, trial in enumerate(ordered(many))}
    fit = fitting(many, {"country": {"andorra"}})[:50]
    wanted = ids(fit)
    parts = [places[trial.id] // PART_LINES for trial in fit]
    later = set(parts[12:]) - set(parts[:12])
    assert later

    def hold_what_is_later(route: Route) -> None:
        part = int(re.findall(r"rows-(\d+)", route.request.url)[0])
        if part in later:
            held.append(route)
        else:
            route.continue_()

    narrow.page.route(re.compile(r"/trials/rows-\d+\.js$"), hold_what_is_later)
    narrow.page.goto(f"{narrow.base}{EXPLORER}?country=andorra", wait_until="commit")
    narrow.page.wait_for_selector("#explorer.live", state="attached")
    table = narrow.page.locator(".trials table")
    assert table.get_attribute("aria-busy") == "true"
    standing = narrow.page.locator(".trials tbody .trial-id").all_text_contents()
    assert 12 <= len(standing) < 50
    assert standing == wanted[: len(standing)]
    expect(narrow.page.locator(".more")).to_be_hidden()
    for route in held:
        route.continue_()
    expect(table).to_have_attribute("aria-busy", "false")
    assert rows(narrow.page) == wanted[:50]


def test_rows_that_were_lost_on_their_way_are_asked_for_again(narrow: Visit, many: Report) -> None:
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.request.url)
            route.abort()

    narrow.page.route(re.compile(r"/trials/rows-\d+\.js$"), lose_the_first)
    go(narrow, f"{EXPLORER}?condition={RARE}")
    says(narrow.page, len(fitting(many, {"condition": {RARE}})))
    assert lost
    narrow.complaints.clear()  # that it was lost


def test_an_empty_selection_says_what_is_there_instead(narrow: Visit, many: Report) -> None:
    chosen = {
        "condition": {RARE},
        "status": {"recruiting"},
        "country": {"andorra"},
        "year": {"2010"},
    }
    assert not fitting(many, chosen)
    query = "&".join(f"{name}={min(wanted)}" for name, wanted in chosen.items())
    go(narrow, f"{EXPLORER}?{query}")
    page = narrow.page
    expect(page.locator(".count")).to_have_text(f"No trial of {COUNT:,} fits all of this.")
    assert page.locator(".instead").is_visible()
    for button in range(page.locator(".instead button").count()):
        offer = page.locator(".instead button").nth(button)
        words = str(offer.text_content())
        offer.press("Enter")
        number = int(words.split(maxsplit=1)[0].replace(",", ""))
        assert number > 0
        says(page, number)
        assert page.evaluate("document.activeElement.className") == "count"
        assert not page.locator(".instead").is_visible()
        go(narrow, f"{EXPLORER}?{query}")


def test_recruiting_without_a_trial_offers_what_was_last_known(narrow: Visit, many: Report) -> None:
    conditions = sorted({trial.condition for trial in many.trials.values()})
    last: list[Trial] = []
    for name in conditions:
        asked = {"condition": {name}, "status": {"recruiting"}, "year": {"2006"}}
        last = fitting(many, {**asked, "status": {"last-recruiting"}})
        if last and not fitting(many, asked):
            break
    go(narrow, f"{EXPLORER}?condition={name}&status=recruiting&year=2006")
    first = narrow.page.locator(".instead button").first
    expect(first).to_contain_text(": Unknown, last known as recruiting")
    first.press("Enter")
    says(narrow.page, len(last))


def test_what_an_address_asks_and_no_trial_has_is_said(narrow: Visit) -> None:
    go(narrow, f"{EXPLORER}?condition=nonsense,{RARE}&year=1900-1910&sort=none")
    told = narrow.page.locator(".not-known")
    expect(told).to_contain_text("Condition: “nonsense”, Year of start: “1900-1910”")
    expect(narrow.page.locator(".chosen li")).to_have_count(2)
    narrow.page.locator(".chosen button").first.press("Enter")
    expect(told).to_be_hidden()


@pytest.mark.parametrize(
    ("asked", "years", "written"),
    [
        ("2019,2020", range(2019, 2021), "2019-2020"),
        ("2015-2018", range(2015, 2019), "2015-2018"),
        ("2015,2018", (2015, 2018), "2015,2018"),
    ],
)
def test_years_of_old_and_new_addresses(
    narrow: Visit, many: Report, asked: str, years: Any, written: str
) -> None:
    go(narrow, f"{EXPLORER}?condition={RARE}&year={asked}")
    found = fitting(many, {"condition": {RARE}, "year": set(map(str, years))})
    says(narrow.page, len(found))
    assert rows(narrow.page) == ids(found)[:50]
    narrow.page.locator("#sort").select_option("id")
    narrow.page.wait_for_timeout(400)
    assert f"year={written}&" in narrow.page.url


def test_years_are_chosen_by_keyboard_and_by_touch(narrow: Visit, many: Report) -> None:
    page = narrow.page
    page.locator(".filter-box > summary").press("Enter")
    page.locator("[data-facet=year] > summary").press("Enter")
    page.locator("[data-year=from]").focus()
    page.keyboard.type("2015")
    page.locator("[data-year=to]").focus()
    page.keyboard.type("2016")
    says(page, len(fitting(many, {"year": {"2015", "2016"}})))
    expect(page.locator(".chosen li").first).to_have_text("Year of start: 2015 to 2016")
    bars = page.locator(".bar")
    bars.nth(3).scroll_into_view_if_needed()
    first, last = bars.nth(3).bounding_box(), bars.nth(6).bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + 2, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + 2, last["y"] + 20)
    page.mouse.up()
    says(page, len(fitting(many, {"year": {"2007", "2008", "2009", "2010"}})))
    assert page.locator("[data-year=from]").input_value() == "2007"
    page.mouse.click(first["x"] + 2, first["y"] + 20)
    says(page, len(fitting(many, {"year": {"2007"}})))
    page.mouse.click(first["x"] + 2, first["y"] + 20)  # the only one again: none
    says(page, COUNT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_country_is_chosen_on_the_map(
    browser: Browser, base: str, axe: str, many: Report, scheme: Any
) -> None:
    with visiting(browser, base, width=1280, height=1000, scheme=scheme) as visit:
        go(visit, f"{EXPLORER}?condition={RARE}")
        page = visit.page
        assert not loaded(page) & {"map.js", "trials-map.js"}
        page.locator(".map-box summary").press("Enter")
        expect(page.locator(".country").first).to_be_attached()
        counts = {
            str(words).rsplit(": ", 1)[0]: int(str(words).rsplit(": ", 1)[1].split()[0])
            for words in page.locator(".country").evaluate_all(
                "all => all.map((one) => one.ariaLabel)"
            )
        }
        titles = many.vocabularies.countries
        for name in ("china", "spain", "antigua-and-barbuda"):
            wanted = fitting(many, {"condition": {RARE}, "country": {name}})
            assert counts[titles[name].title] == len(wanted), name
        assert page.locator(".country[tabindex='0']").count() == 1
        page.locator(".country[tabindex='0']").focus()
        page.keyboard.press("ArrowUp")
        label = str(page.evaluate("document.activeElement.ariaLabel")).rsplit(": ", 1)[0]
        name = next(key for key, country in titles.items() if country.title == label)
        page.keyboard.press("Space")
        says(page, len(fitting(many, {"condition": {RARE}, "country": {name}})))
        assert page.locator(f"input[name=country][value={name}]").is_checked()
        assert page.evaluate("document.activeElement.ariaChecked") == "true"
        page.keyboard.press("Enter")
        says(page, len(fitting(many, {"condition": {RARE}})))
        page.locator(".country[aria-label^='Australia'] path").click()
        says(page, len(fitting(many, {"condition": {RARE}, "country": {"australia"}})))
        assert visit.violations(axe) + visit.sideways() + visit.complaints == []


NASTY = ("=1+1", "+1", "-1", "-1+2", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "a,b", 'a"b', "", "-12.5%",  # noqa: RUF001
         "+1,234", "1e5", "-x", "٣", "-٣", "x=1", "a\nb", "'=1", "1/2", "5-10", "2022-10-07", "1/2/2003", "٣/٤")  # fmt: skip


def test_cells_taken_away_are_as_safe_as_those_of_the_sites_own_tables(narrow: Visit) -> None:
    with narrow.page.expect_download():
        narrow.page.locator("[data-take=csv]").press("Enter")
    line = narrow.page.evaluate("(cells) => evidenceTake.line(cells)", list(NASTY))
    (cells,) = csv.reader(io.StringIO(line, newline=""))
    assert cells == [safe(cell) for cell in NASTY]
    assert narrow.page.evaluate("(cells) => cells.map(evidenceTake.safe)", list(NASTY)) == cells


def test_a_part_that_does_not_come_is_said_and_asked_for_again(
    browser: Browser, base: str, many: Report
) -> None:
    with visiting(browser, base) as visit:
        refused = re.compile(r"rows-\d+\.js")
        visit.page.route(refused, lambda route: route.abort())
        visit.open(EXPLORER)
        visit.page.wait_for_selector("#explorer.live", state="attached")
        assert len(rows(visit.page)) == 50
        visit.page.locator(f"input[name=condition][value={RARE}]").check()
        expect(visit.page.locator(".count")).to_contain_text("could not be loaded")
        visit.page.unroute(refused)
        visit.page.locator("input[name=phase]").first.check()
        wanted = fitting(many, {"condition": {RARE}, "phase": {"early-1"}})
        says(visit.page, len(wanted))
        expect(visit.page.locator(".trials tbody tr")).to_have_count(len(wanted))


def test_without_its_facets_the_table_stays_as_it_is(browser: Browser, base: str) -> None:
    with visiting(browser, base) as visit:
        visit.page.route("**/facets.js", lambda route: route.abort())
        visit.open(f"{EXPLORER}?condition={RARE}")
        expect(visit.page.locator(".trials tbody tr").first).to_be_visible()
        assert visit.page.locator(".trials tbody tr").count() == 50
