from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date as Date
from pathlib import Path

import pytest

from evidence.finished.file import Files
from evidence.finished.site import FinishedSite
from evidence.finished.words import RUN, fold, trimmed_doi, words
from evidence.run import Built
from evidence.search import files
from evidence.search.files import CATALOGUE, search_files
from evidence.store import Made, Store
from tests.finished.sites import site_of
from tests.projects import ROOT, build_in_memory, change
from tests.search.texts import (
    address_of,
    called,
    exact_by_address,
    is_aid,
    parts_of,
    trial_lines,
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
    return Files(search_files(site, Store(None)))


def index_of(site: Mapping[str, bytes]) -> dict[str, set[str]]:
    """Return the addresses of each word of the index that the site ships."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in parts_of(site):
        addresses = [address_of(entry) for entry in part["entries"]]
        for word, fields in part["index"]["index"]:
            for entries in fields.values():
                found[word] |= {addresses[int(entry)] for entry in entries}
    return found


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
        for address in addresses - index[asked(exact)]
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
        if page not in index[asked(each)]
    }
    assert len({page for page, _ in lines}) == len(real_site.report.trials)
    assert missed == set()


def test_the_ids_and_numbers_that_readers_look_for_are_among_them(real_site: Built) -> None:
    wanted = exact_by_address(real_site.site.files)
    assert {"NCT01541579", "10.1186/ar4520", "48.9", "2,439"} <= wanted.keys()


def test_every_page_but_the_finding_aids_is_an_entry(real_site: Built) -> None:
    entries = {entry[0] for part in parts_of(real_site.site.files) for entry in part["entries"]}
    pages = {path for path in real_site.site.pages() if not is_aid(real_site.site.files[path])}
    assert entries == pages


def test_every_link_of_the_index_leads_to_an_element(real_site: Built) -> None:
    facts = real_site.site.facts
    for part in parts_of(real_site.site.files):
        for path, anchor, _, _, passages in part["entries"]:
            anchors = {anchor, *(passage[0] for passage in passages)} - {""}
            assert anchors <= set(facts[path].ids), path


def test_the_counts_of_the_catalogue_are_those_of_the_parts(real_site: Built) -> None:
    _, catalogue = called(real_site.site.files[CATALOGUE])
    counted: dict[str, int] = defaultdict(int)
    for part in parts_of(real_site.site.files):
        counted[part["kind"]] += len(part["entries"])
    assert {kind: count for kind, count, _ in catalogue["kinds"] if count} == counted


def test_a_site_without_a_search_page_has_no_index(minimal_site: Built) -> None:
    assert [path for path in minimal_site.site.files if path.startswith("search")] == []


def test_the_words_of_an_entry_are_those_of_its_text(gallery_site: Built) -> None:
    for part in parts_of(gallery_site.site.files):
        for position, (_, _, title, name, passages) in enumerate(part["entries"]):
            texts = [title, name, *(f"{heading}\n{text}" for _, heading, text, _ in passages)]
            indexed = {
                word
                for word, fields in part["index"]["index"]
                if any(str(position) in entries for entries in fields.values())
            }
            assert indexed == set(words("\n".join(texts))), title


def test_many_entries_are_shared_out_and_each_stays_in_its_file_when_others_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "MOST", 10)
    one, other = (made_of(studies_of(range(count))) for count in (35, 36))
    assert sorted(one) == ["search/catalogue.js", *(f"search/studies-{n}.js" for n in range(1, 5))]
    assert sum(one[path] != other[path] for path in one if "studies" in path) == 1


def test_a_changed_page_changes_the_file_that_it_is_in_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "MOST", 10)
    before = made_of(studies_of(range(35)))
    after = made_of(studies_of(range(35), s7=study(700)))
    assert sum(before[path] != after[path] for path in before) == 1


def test_a_changed_sentence_makes_only_the_file_of_its_kind_anew(
    gallery: Path,
    lend_gallery: Callable[[Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = Store(lend_gallery(tmp_path / "kept"))
    before = build_in_memory(gallery, cache).site.files
    made, script = list[str](), files.part_script

    @functools.wraps(script)
    def noted(kind: str, lines: list[tuple[str, str, str, str]]) -> Made:
        made.append(kind)
        return script(kind, lines)

    monkeypatch.setattr(files, "part_script", noted)
    change(gallery, "content/methods.md", "kind: plain\n", "kind: plain\norder: 7\n")
    with (gallery / "content/methods.md").open("a", encoding="utf-8") as page:
        page.write("\nA sentence about zebras.\n")
    after = build_in_memory(gallery, cache).site.files
    changed = [
        path for path in before if path.startswith("search/") and before[path] != after[path]
    ]
    assert changed == ["search/pages.js"]
    assert made == ["pages"]


def test_the_library_is_the_one_that_the_decision_names() -> None:

    record = (ROOT / "docs/decisions/0012-search.md").read_text("utf-8")
    raw = (ROOT / "templates/static/vendor/minisearch.js").read_bytes()
    assert hashlib.sha256(raw).hexdigest() in record


def test_the_library_is_published_with_its_licence(gallery_site: Built) -> None:
    licence = gallery_site.site.files["static/vendor/minisearch-licence.txt"]
    assert b"Permission is hereby granted" in licence
