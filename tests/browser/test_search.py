"""The search in a browser: the same words as the build, everything exact found, and its page."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from evidence.finished.words import fold, words
from tests.browser.visiting import Visit, visiting
from tests.projects import ROOT, files_below
from tests.search.patients import LATER, TUNED, UNSEEN, asked_in, missed
from tests.search.texts import calls_of, exact_by_address, index_of, sheets_of

pytestmark = pytest.mark.browser

ODD = "aZ09 .,-/:'^²⁶½–−’“”éÁβτ\u202f\u2009\xa0_()%<İßﬁ①Ω"
MISSPELT = [
    ("mesenchimal", "mesenchymal"),
    ("mesenchymel", "mesenchymal"),
    ("stromel", "stromal"),
    ("fistual", "fistula"),
    ("fistulla", "fistula"),
    ("luups", "lupus"),
    ("lupis", "lupus"),
    ("arthritus", "arthritis"),
    ("diabetis", "diabetes"),
    ("diabtes", "diabetes"),
    ("scelrosis", "sclerosis"),
    ("darvadstrocell", "darvadstrocel"),
    ("darvastrocel", "darvadstrocel"),
    ("remestemcell", "remestemcel"),
    ("olfactery", "olfactory"),
    ("neuropatic", "neuropathic"),
    ("randomizd", "randomised"),
    ("placbo", "placebo"),
    ("hematopoetic", "haematopoietic"),
    ("autologus", "autologous"),
    ("alogeneic", "allogeneic"),
    ("umbillical", "umbilical"),
    ("pluripotant", "pluripotent"),
    ("neurologcal", "neurological"),
    ("spianl", "spinal"),
    ("injurry", "injury"),
    ("remision", "remission"),
    ("confidance", "confidence"),
]
MISSED = """async (wanted) => {
    const missed = [];
    for (const [exact, addresses] of Object.entries(wanted)) {
        const found = new Set(await evidenceSearch.find(exact));
        missed.push(...addresses.filter((one) => !found.has(one)).map((one) => `${exact} on ${one}`));
    }
    return missed;
}"""


@pytest.fixture(scope="module")
def files(site: Path) -> dict[str, bytes]:
    return files_below(site)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as opened:
        go(opened, "search.html")
        yield opened
        assert opened.complaints == []


@pytest.fixture(scope="module")
def asked(browser: Browser, address: str) -> Iterator[Visit]:
    """The page of the search, opened once: what it is asked changes nothing."""
    with visiting(browser, address) as opened:
        go(opened, "search.html")
        yield opened
        assert opened.complaints == []


def go(visit: Visit, path: str) -> None:
    """Open a page of the search and wait until what was asked is answered."""
    visit.open(path)
    assert visit.page.evaluate("evidenceSearch.entries()") > 0
    query = parse_qs(urlsplit(path).query).get("q", [""])[0]
    until(visit.page, f"document.documentElement.dataset.search === {json.dumps(query)}")


def until(page: Page, holds: str) -> None:
    """Wait until something holds on a page, whose policy lets nothing wait inside it."""
    for _ in range(400):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"never: {holds}")


def find(page: Page, query: str) -> list[str]:
    found: list[str] = page.evaluate("(query) => evidenceSearch.find(query)", query)
    return found


# One table for both languages: what is typed or written, and what it is folded to
FOLDED = [
    ("TNF\u03b1", "tnf-alpha"),
    ("TNF-\u03b1", "tnf-alpha"),
    ("IFN-\u03bb", "ifn-lambda"),
    ("\u03b14\u03b27", "alpha-4-beta-7"),
    ("\u03c3 and \u03c9", "sigma and omega"),
    ("\u0395\u03bb\u03bb\u03ac\u03b4\u03b1", "\u03b5\u03bb\u03bb\u03b1\u03b4\u03b1"),
    ("Wroc\u0142aw", "wroclaw"),
    ("\u00d8resund stra\u00dfe", "oresund strasse"),
    ("\u00c6ther \u0152uvre \u0110or\u0111e", "aether oeuvre dorde"),
    ("I\u00b2 = 2\u2009439", "i^2 = 2,439"),
    ("\u2018Crohn\u2019s\u2019", "'crohn's'"),
    ("Besan\u00e7on \u2013 \u00bd", "besancon -  1/2"),
]


def test_letters_are_folded_by_one_rule_in_both_languages(browser: Browser, address: str) -> None:
    for path in ("search.html", "trials/index.html"):
        with visiting(browser, address) as visit:
            visit.open(path)
            if path != "search.html":  # which folds nothing before somebody types
                visit.page.locator("#find").fill("lupus")
            until(visit.page, "Boolean(globalThis.evidenceFolding)")
            found = visit.page.evaluate(
                "(texts) => texts.map(evidenceFolding.fold)", [text for text, _ in FOLDED]
            )
            assert found == [folded for _, folded in FOLDED] == [fold(text) for text, _ in FOLDED]


def test_both_languages_find_the_same_words_in_every_text_of_the_site(
    asked: Visit, files: dict[str, bytes]
) -> None:
    chance = random.Random(7)  # noqa: S311 - made-up texts, the same each time
    texts = ["".join(chance.choices(ODD, k=chance.randint(1, 40))) for _ in range(3000)]
    for _, _, title, name, passages in sheets_of(files).values():
        texts += [title, name, *(text for passage in passages for text in passage[1:3])]
    found = asked.page.evaluate(
        "(texts) => texts.map((text) => [evidenceSearch.fold(text), evidenceSearch.words(text)])",
        texts,
    )
    for text, (folded, split) in zip(texts, found, strict=True):
        assert folded == fold(text)
        assert split == list(words(text))


def test_every_number_id_and_doi_of_the_site_is_found_where_it_stands(
    asked: Visit, files: dict[str, bytes]
) -> None:
    wanted = {exact: sorted(found) for exact, found in exact_by_address(files).items()}
    missed = asked.page.evaluate(
        MISSED,
        wanted,
    )
    assert len(wanted) > 1500
    assert missed == []


def test_a_number_with_a_typing_error_is_another_number(asked: Visit) -> None:
    assert find(asked.page, "48.9")
    assert set(find(asked.page, "NCT01541579")).isdisjoint(find(asked.page, "NCT01541578"))
    assert find(asked.page, "NCT01541578") == []
    assert find(asked.page, "10.1186/ar4521") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stem-cell", "stem cell"),
        ("2439", "2,439"),
        ("I2", "I²"),
        ("tumor", "tumour"),
        ("allogenic", "allogeneic"),
        ("hematopoietic", "haematopoietic"),
        ("ALVARO-GARCIA", "Álvaro-García"),
        ("https://doi.org/10.1186/ar4520", "10.1186/ar4520"),
    ],
)
def test_two_ways_of_writing_find_the_same(asked: Visit, one: str, other: str) -> None:
    assert find(asked.page, one)
    assert sorted(find(asked.page, one)) == sorted(find(asked.page, other))


@pytest.mark.parametrize(("misspelt", "meant"), MISSPELT)
def test_a_misspelt_word_finds_what_was_meant(asked: Visit, misspelt: str, meant: str) -> None:
    wanted = find(asked.page, meant)
    assert wanted
    assert set(wanted[:5]) <= set(find(asked.page, misspelt))


def test_what_is_called_exactly_so_comes_first(asked: Visit) -> None:
    assert find(asked.page, "stem cell")[0] == "glossary.html#term-stem-cell"
    assert set(find(asked.page, "Shang 2022")[:2]) == {
        "sources/shang-2022.html",
        "studies/shang-2022.html",
    }
    assert find(asked.page, "NCT01541579")[0] in {
        "trials/nct01541579.html",
        "studies/admire-cd.html",
    }


def test_words_in_quotation_marks_stand_together(asked: Visit) -> None:
    together = find(asked.page, '"AIS grade"')
    apart = find(asked.page, "AIS grade")
    assert 0 < len(together) < len(apart)
    assert set(together) <= set(apart)


def test_patients_find_the_right_page_first_or_second(asked: Visit) -> None:
    queries = asked_in(TUNED)
    assert len(queries) == 40
    wrong = list(missed(asked.page, asked.base, queries))
    assert len(wrong) <= 1, wrong
    assert list(missed(asked.page, asked.base, asked_in(UNSEEN) + asked_in(LATER))) == []


@pytest.mark.parametrize(
    "typed",
    [
        "NCT 01231893",
        "https://clinicaltrials.gov/study/NCT01231893",
        "clinicaltrials.gov/ct2/show/NCT01231893",
        "NCT: 01231893",
        "nct01231893",
    ],
)
def test_a_registry_number_is_found_however_it_is_typed(asked: Visit, typed: str) -> None:
    assert find(asked.page, typed)[0] == "trials/nct01231893.html"


def test_a_near_spelling_never_beats_an_exact_word(visit: Visit) -> None:
    visit.page.locator("#search-text").fill("paralysis")
    expect(visit.page.locator(".result").first).to_contain_text("Spinal cord injury")
    assert visit.page.locator(".result-similar").count() == 0


def test_recruiting_lupus_offers_the_filtered_list(visit: Visit) -> None:
    go(visit, "search.html?q=recruiting+lupus")
    visit.page.locator(".seek-offer a").click()
    expect(visit.page.locator(".chosen")).to_contain_text("Lupus")
    expect(visit.page.locator(".trials tbody tr").first).to_be_visible()


ALL_OFFERS = """async (queries) => {
    const offers = [];
    for (const query of queries) offers.push(await evidenceSearch.offer(query));
    return offers;
}"""


def test_an_offer_leads_to_trials_or_says_that_there_are_none(
    asked: Visit, files: dict[str, bytes]
) -> None:
    ((start,),) = calls_of(files, "start")
    (_, ills, ill_titles), (_, statuses, status_titles), _ = start["facets"]
    wanted = [status for _ in ills for status in statuses]
    titles = [f"{status} {ill}" for ill in ill_titles for status in status_titles]
    counts = trials_by_condition_and_status(files)
    offers = asked.page.evaluate(ALL_OFFERS, titles)
    assert len(wanted) > 100
    for status, offer in zip(wanted, offers, strict=True):
        chosen = dict(parse_qsl(urlsplit(offer["address"]).query))
        ill = chosen["condition"]  # two of the same words may be meant
        own = counts[ill, status]
        assert chosen.get("status") == (status if own else None)
        assert bool(offer["without"]) == (own == 0)
        every = sum(count for (name, _), count in counts.items() if name == ill)
        assert offer["count"] == (own or every) > 0


def trials_by_condition_and_status(files: dict[str, bytes]) -> Counter[tuple[str, str]]:
    """Count the trials of each condition, and of the wider one that it is part of, by status today."""
    vocabularies = yaml.safe_load((ROOT / "data/vocabularies.yaml").read_text("utf-8"))
    counts = Counter[tuple[str, str]]()
    for trial in json.loads(files["downloads/trials.json"]):
        told = trial.get("status", {"said": "", "counts-as": ""})
        status = told["said"] if told["said"] == told["counts-as"] else ""  # or grown old
        name = trial["condition"]
        while name:
            counts[name, status] += 1
            name = vocabularies["conditions"][name].get("part-of")
    return counts


def test_a_list_that_would_be_empty_is_not_offered(visit: Visit) -> None:
    go(visit, "search.html?q=terminated+lupus+france")
    offer = visit.page.locator(".seek-offer")
    expect(offer).to_contain_text("known to be")
    offer.locator("a").click()
    expect(visit.page.locator(".trials tbody tr").first).to_be_visible()


def test_words_of_another_language_get_a_sentence_in_it(visit: Visit) -> None:
    go(visit, "search.html?q=R\u00fcckenmark")
    expect(visit.page.locator(".seek-offer")).to_contain_text("written in English")
    expect(visit.page.locator('.seek-offer [lang="de"]')).to_contain_text("Englisch")
    go(visit, "search.html?q=\u810a\u9ad3")
    expect(visit.page.locator(".seek-offer")).to_contain_text("written in English")
    go(visit, "search.html?q=lupus")
    expect(visit.page.locator(".seek-offer")).to_be_hidden()


def test_a_result_opens_the_page_at_the_passage(visit: Visit) -> None:
    go(visit, "search.html?q=48.9&kind=claims")
    link = visit.page.locator(".result-title").last
    assert ":~:text=" in str(link.get_attribute("href"))
    link.click()
    visit.page.wait_for_load_state("load")
    until(visit.page, "document.querySelector(':target')?.textContent.includes('48.9')")
    until(visit.page, "window.scrollY > 100")


MOVED = """
window.moved = 0;
new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.moved += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [320, 1280])
def test_results_move_nothing(browser: Browser, address: str, width: int) -> None:
    with visiting(browser, address, width=width) as visit:
        visit.page.add_init_script(MOVED)
        for query in ("lupus", "48.9", "recruiting lupus", "qwertyuiopasdf"):
            go(visit, f"search.html?q={query}")
            visit.page.wait_for_timeout(200)
            assert visit.page.evaluate("window.moved") == 0


def test_one_query_loads_no_more_than_its_part(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        asked = list[str]()
        visit.page.on("response", lambda answer: asked.append(answer.url))
        go(visit, "search.html?q=lupus")
        own = [url for url in asked if "/search/" in url]
        assert sum("/words-" in url for url in own) == 1
        assert len(own) <= 12


def test_a_word_that_begins_is_found_before_it_is_finished(asked: Visit) -> None:
    assert set(find(asked.page, "darvadstrocel")) <= set(find(asked.page, "darvads"))


def test_a_sample_of_all_words_is_found(asked: Visit, files: dict[str, bytes]) -> None:
    listed = {
        word: sorted(addresses)
        for word, addresses in sorted(index_of(files).items())
        if (word.isalnum() or "." in word) and len(addresses) < 400
    }
    sample = dict(list(listed.items())[::37])
    assert asked.page.evaluate(MISSED, sample) == []


def test_a_shared_address_shows_its_results(browser: Browser, addresses: dict[str, str]) -> None:
    for base in addresses.values():  # at the top, below a path, and from a folder
        with visiting(browser, base) as visit:
            go(visit, "search.html?q=48.9&kind=claims")
            page = visit.page
            expect(page.locator(".seek-status")).to_contain_text("results for “48.9”")
            expect(page.locator(".result mark").first).to_have_text("48.9")
            assert set(page.locator(".result-kind").all_inner_texts()) != set()
            first = page.locator(".result-title").first
            assert "/claims/" in str(first.evaluate("(link) => link.href"))
            first.click()
            expect(page.locator(".claim :target, .claim:target").first).to_be_visible()
            assert visit.complaints == []


def test_the_form_in_the_head_of_a_page_leads_to_the_results(
    browser: Browser, addresses: dict[str, str]
) -> None:
    for base in addresses.values():
        with visiting(browser, base) as visit:
            visit.open("studies/shang-2022.html")
            visit.page.keyboard.press("/")
            expect(visit.page.locator("#find-field")).to_be_focused()
            visit.page.keyboard.type("NCT01541579")
            visit.page.keyboard.press("Enter")
            expect(visit.page.locator(".result mark").first).to_have_text("NCT01541579")
            assert visit.complaints == []


def test_the_key_can_be_switched_off_and_does_not_stop_a_slash(visit: Visit) -> None:
    page = visit.page
    field = page.locator("#search-text")
    field.fill("")
    field.press("/")
    expect(field).to_have_value("/")
    field.blur()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.locator(".seek-key input").uncheck()
    page.keyboard.press("/")
    expect(field).not_to_be_focused()


def test_results_follow_the_typing_and_escape_clears_them(visit: Visit) -> None:
    page = visit.page
    page.locator("#search-text").press_sequentially("lupus")
    expect(page.locator(".result")).to_have_count(10)
    expect(page.locator(".seek-status")).to_contain_text("for “lupus”")
    assert "q=lupus" in page.url
    page.keyboard.press("Enter")
    expect(page.locator("#search-text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".result")).to_have_count(0)
    expect(page.locator("#search-text")).to_have_value("")
    assert "q=" not in page.url


def test_more_results_are_shown_ten_at_a_time_and_the_first_new_one_is_reached(
    visit: Visit,
) -> None:
    page = visit.page
    page.locator("#search-text").fill("cell")
    expect(page.locator(".result")).to_have_count(10)
    page.locator(".results-more").click()
    expect(page.locator(".result")).to_have_count(20)
    expect(page.locator(".result-title").nth(10)).to_be_focused()


def test_results_can_be_narrowed_to_a_kind_with_the_keyboard(visit: Visit) -> None:
    page = visit.page
    page.locator("#search-text").fill("fistula")
    expect(page.locator(".result")).to_have_count(10)
    page.locator('.seek-kinds input[value=""]').focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('.seek-kinds input[value="pages"]')).to_be_checked()
    kinds = page.locator(".result-kind").all_inner_texts()
    assert all(kind.startswith("Page") for kind in kinds)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("qwertyuiopasdf", "Nothing found for “qwertyuiopasdf”"),
        ("mesenchymel", "Nothing has exactly “mesenchymel”"),
        ("zebra 48.9", "Nothing has all these words"),
        ("%%", "Type a word, a name or a number"),
        ("NCT01541579", "for “NCT01541579”"),
    ],
)
def test_the_page_says_what_it_found(visit: Visit, query: str, said: str) -> None:
    visit.page.locator("#search-text").fill(query)
    expect(visit.page.locator(".seek-status")).to_contain_text(said)


def test_where_nothing_is_found_other_ways_are_shown(visit: Visit) -> None:
    go(visit, "search.html?q=qwertyuiopasdf")
    expect(visit.page.locator(".seek-offer a").first).to_be_in_viewport()
    visit.page.locator("#search-text").fill("lupus")
    expect(visit.page.locator(".seek-offer")).to_be_hidden()


def test_a_topic_is_shown_with_its_answer_and_not_with_its_section(visit: Visit) -> None:
    visit.page.locator("#search-text").fill("lupus")
    expect(visit.page.locator(".result-text").first).to_contain_text("is not known")


def test_similar_words_are_said_to_be_similar(visit: Visit) -> None:
    visit.page.locator("#search-text").fill("mesenchimal")
    expect(visit.page.locator(".result-similar").first).to_contain_text("mesenchymal")


def test_markup_in_a_query_is_only_text(visit: Visit) -> None:
    visit.page.locator("#search-text").fill("<img src=x onerror=alert(1)> lupus")
    expect(visit.page.locator(".seek-status")).to_contain_text("<img")
    assert visit.page.locator(".seek img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_results_meet_wcag_and_never_scroll_sideways(
    browser: Browser, address: str, axe: str, width: int, scheme: Any
) -> None:
    with visiting(browser, address, width=width, scheme=scheme) as visit:
        for query in ("48.9", "mesenchimal", "zebra", "10.1186/ar4520"):
            go(visit, f"search.html?q={query}")
            assert visit.violations(axe) == []
            assert visit.sideways() == []
            assert visit.complaints == []


def test_without_a_script_the_page_leads_to_everything_by_name(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, script=False) as visit:
        visit.open("search.html")
        page = visit.page
        expect(page.get_by_text("needs JavaScript")).to_be_visible()
        page.locator('.seek-help a[href="a-z.html"]').click()
        expect(page.locator("h1")).to_have_text("A to Z")
        page.locator(".letters a", has_text=re.compile("^S$")).click()
        page.locator(".letter a", has_text="Shang 2022").first.click()
        expect(page.locator("h1")).to_contain_text("spinal cord injury")
