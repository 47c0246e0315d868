from __future__ import annotations

import functools
import gzip
from collections.abc import Callable, Iterator
from datetime import date as Date
from itertools import pairwise
from pathlib import Path

import pytest

from evidence.finished.file import Files
from evidence.finished.site import FinishedSite
from evidence.finished.words import RUN, fold, other_spelling, trimmed_doi, words
from evidence.pages.scripts import minified
from evidence.run import Built
from evidence.search import files
from evidence.search.files import ASKING, search_files
from evidence.search.postings import LARGEST, file_of, shared_out, written
from evidence.search.start import START, Leads, Offers
from evidence.store import Made, Store
from tests.finished.sites import site_of
from tests.projects import ROOT, build_in_memory, change
from tests.search.texts import (
    address_of,
    called,
    calls_of,
    exact_by_address,
    index_of,
    is_aid,
    sheets_of,
    trial_lines,
    words_of,
)

TODAY = Date(2026, 11, 21)


def study(number: int) -> bytes:
    return (
        '<html lang="en"><head><title>T</title></head><body class="kind-study"><main>'
        f"<h1>Study {number}</h1><p>NCT{number:08} had 4.{number} cells.</p></main></body></html>"
    ).encode()


def studies_of(numbers: range, **changed: bytes) -> FinishedSite:
    pages = {f"studies/s{number}.html": study(number) for number in numbers}
    pages |= {f"studies/{name}.html": raw for name, raw in changed.items()}
    return site_of(pages)


def made_of(site: FinishedSite) -> Files:
    """Return the files of the search of a site."""
    return Files(
        search_files(site, Leads(Offers([], [], []), [], [], ""), b"asking();", Store(None))
    )


def asked(exact: str) -> str:
    """Return the word for which the search looks when something exact is typed."""
    folded = fold(exact)
    if folded.startswith("10.") and "/" in folded:
        return trimmed_doi(folded)
    (run,) = RUN.findall(folded)
    return str(run)


def test_every_number_id_and_doi_of_the_real_site_is_found_where_it_stands(
    real_site: Built,
) -> None:
    index = index_of(real_site.site.files)
    wanted = exact_by_address(real_site.site.files)
    missed = {
        f"{exact} on {address}"
        for exact, addresses in wanted.items()
        for address in addresses - index.get(asked(exact), set())
    }
    assert len(wanted) > 1500
    assert missed == set()


def test_everything_exact_in_a_table_of_trials_is_found_at_the_trial(real_site: Built) -> None:
    index = index_of(real_site.site.files)
    lines = [
        (page, exact)
        for path in real_site.site.pages()
        for page, exact in trial_lines(path, real_site.site.files[path])
    ]
    missed = {
        f"{each} on {page}"
        for page, exact in lines
        for each in exact
        if page not in index.get(asked(each), set())
    }
    assert len({page for page, _ in lines}) == len(real_site.report.trials)
    assert missed == set()


def test_the_ids_and_numbers_that_readers_look_for_are_among_them(real_site: Built) -> None:
    wanted = exact_by_address(real_site.site.files)
    assert {"NCT01541579", "10.1186/ar4520", "48.9", "2,439"} <= wanted.keys()


def test_every_page_but_the_finding_aids_is_an_entry(real_site: Built) -> None:
    entries = {path for path, *_ in sheets_of(real_site.site.files).values()}
    pages = {path for path in real_site.site.pages() if not is_aid(real_site.site.files[path])}
    assert entries == pages


def test_every_link_of_the_index_leads_to_an_element(real_site: Built) -> None:
    facts = real_site.site.facts
    for path, anchor, _, _, passages in sheets_of(real_site.site.files).values():
        anchors = {anchor, *(passage[0] for passage in passages)} - {""}
        assert anchors <= set(facts[path].ids), path


def test_the_start_knows_the_room_of_every_entry(real_site: Built) -> None:
    ((start,),) = calls_of(real_site.site.files, "start")
    sheets = sheets_of(real_site.site.files)
    first, entries = 0, list[str]()
    for room in start["rooms"]:
        own = {address_of(sheets[n]) for n in range(first, first + 2 ** int(room)) if n in sheets}
        assert len(own) == 1
        entries += own
        first += 2 ** int(room)
    assert len(entries) == len(set(entries)) == sum(count for _, count in start["standings"])
    assert set(map(address_of, sheets.values())) == set(entries)


def test_topic_pages_stand_before_ledgers_and_ledgers_before_sources(real_site: Built) -> None:
    sheets = sheets_of(real_site.site.files)
    order = [address_of(sheets[number]) for number in sorted(sheets)]
    places = [
        next(at for at, address in enumerate(order) if address.startswith(start))
        for start in ("autoimmune-disease/lupus", "claims/popular-article.html#", "sources/acr")
    ]
    assert places == sorted(places)


def test_one_query_loads_little(real_site: Built) -> None:
    """A query loads the start, a file for each word and ten sheets; all is small when compressed."""
    files = real_site.site.files
    weights = {
        path: len(gzip.compress(raw, 6))
        for path, raw in files.items()
        if path.startswith("search/")
    }
    words = [weight for path, weight in weights.items() if "/words-" in path]
    sheets = [weight for path, weight in weights.items() if "/sheets-" in path]
    assert weights[START] < 15_000
    assert max(words) < 10_000
    assert weights[START] + 5 * max(words) + 10 * sorted(sheets)[-len(sheets) // 20] < 90_000


def test_with_thousands_of_trials_a_word_is_still_a_small_file() -> None:
    postings = {f"nct{number:08}": [(number, 7)] for number in range(10_000)}
    lines = [f"{word} {written(found)}" for word, found in postings.items()]
    shared = dict(shared_out("nc", lines))
    assert max(sum(map(len, part)) for part in shared.values()) <= LARGEST
    assert sum(len(part) for part in shared.values()) == 10_000
    assert len(written([(number, 3) for number in range(10_000)])) <= 10_000


def test_a_site_without_a_search_page_has_no_index(minimal_site: Built) -> None:
    assert [path for path in minimal_site.site.files if path.startswith("search")] == []


def test_the_words_of_a_sheet_are_those_of_its_text(gallery_site: Built) -> None:
    index = words_of(gallery_site.site.files)
    firsts = set[str]()
    for number, sheet in sorted(sheets_of(gallery_site.site.files).items()):
        path, anchor, title, name, passages = sheet
        texts = [text for passage in passages for text in passage[1:3]]
        named = address_of(sheet) not in firsts
        firsts.add(address_of(sheet))
        wanted = set(words("\n".join([*texts, *([title, name] if named else [])])))
        if named and not anchor:
            stem = path.rpartition("/")[2].removesuffix(".html")
            wanted |= {stem, other_spelling(stem)} - {""}
        assert {word for word, found in index.items() if number in found} == wanted, path


def test_a_changed_page_changes_the_files_of_its_words_and_no_other() -> None:
    before = made_of(studies_of(range(35)))
    after = made_of(studies_of(range(35), s7=study(700)))
    changed = {path for path in after if path not in before or before[path] != after[path]}
    assert all("/words-" in path or "/sheets-" in path for path in changed - {START, ASKING})
    assert sum("/sheets-" in path for path in changed) == 1


def test_a_changed_sentence_makes_only_the_files_of_its_words_anew(
    gallery: Path,
    lend_gallery: Callable[[Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = Store(lend_gallery(tmp_path / "kept"))
    change(gallery, "content/methods.md", "kind: plain\n", "kind: plain\norder: 7\n")
    before = build_in_memory(gallery, cache).site.files
    made, gathered = list[str](), files.words_files

    @functools.wraps(gathered)
    def noted(group: str, pieces: list[tuple[list[int], bytes]]) -> Made:
        made.append(group)
        return gathered(group, pieces)

    monkeypatch.setattr(files, "words_files", noted)
    with (gallery / "content/methods.md").open("a", encoding="utf-8") as page:
        page.write("\nZebras.\n")
    after = build_in_memory(gallery, cache).site.files
    changed = [
        path
        for path in after
        if path.startswith("search/") and (path not in before or before[path] != after[path])
    ]
    assert made == ["ze"]
    assert {path for path in changed if "/words-" in path} == {"search/words-ze.js"}
    assert len(changed) <= 4  # with its sheet, and the start, which knows the new file


def test_the_script_that_asks_gets_the_table_of_all_files_of_words(gallery_site: Built) -> None:
    served = gallery_site.site.files
    asking = served[gallery_site.site.lasting["asking.js"]]
    own = minified((ROOT / "templates/static/asking.js").read_bytes())
    assert asking.startswith(own)
    name, (written_table,) = called(asking.removeprefix(own).lstrip())
    asked_for = {file_of(prefix) for prefix in _prefixes(written_table)}
    assert name == "table"
    assert asked_for == {path for path in served if path.startswith("search/words-")}


def _prefixes(tree: str) -> Iterator[str]:
    """Yield what the files of words begin with, read off their tree."""
    above = [""]
    for letter, after in pairwise(f"{tree}>"):
        if letter == ">":
            above.pop()
        elif after == "<":
            above.append(above[-1] + letter)
        elif letter != "<":
            yield above[-1] + letter
