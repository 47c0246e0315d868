"""The pages of trials, the lists, the downloads and the columns of the explorer."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement

from evidence.check.site import CHECKS
from evidence.files.trial_line import VALUE_COLUMNS
from evidence.files.trial_scripts import AROUND, letter, natural, step
from evidence.finished.site import FinishedSite
from evidence.finished.words import fold
from evidence.model.report import Report
from evidence.model.trial import Trial
from evidence.model.vocabularies import Vocabularies
from evidence.numbers.status import is_old, status_of
from evidence.pages.trial_lists import (
    COLUMNS,
    FACETS,
    FIRST_LINES,
    MOST_LINES,
    first_parts,
    line_of,
    lists_of,
    ordered,
    orders_of,
    parts,
)
from evidence.problems import Problem, ProblemsFoundError
from evidence.prose.trial_wording import record_address
from evidence.run import Built
from evidence.steps.compute import compute
from evidence.steps.render import render
from evidence.store import Store
from tests.invented import assigned, explorer_files, with_trials
from tests.outline import main_of, text_of
from tests.projects import build_in_memory, change, trials_of, write

HONEY = "trials/nct00000001.html"


def row(main: HtmlElement, anchor: str) -> list[str]:
    (found,) = main.xpath(f"//tr[@id='{anchor}']")
    return [text_of(cell) for cell in found]


def hrefs(element: HtmlElement) -> list[str]:
    return [str(link.get("href")) for link in element.iter("a")]


def places(facet: dict[str, Any]) -> list[list[int]]:
    """Return the places of the values of each trial, as the script reads them."""
    held: list[list[int]] = []
    beside = False
    for mark in facet["at"]:
        if mark == "!":
            beside = True
            continue
        if not beside:
            held.append([])
        held[-1].append(place_of(mark))
        beside = False
    return held


def place_of(mark: str) -> int:
    code = ord(mark)
    return code - 0xA1 + 90 if code >= 0xA1 else code - 36 if code > 92 else code - 35


def chosen_ids(facet: dict[str, Any]) -> list[list[str]]:
    return [[facet["ids"][place] for place in own] for own in places(facet)]


def column(columns: dict[str, Any], name: str) -> list[Any]:
    held = columns[name]
    return held if isinstance(held, list) else [held["words"][place] for place in held["at"]]


@pytest.fixture(scope="module")
def many(gallery_site: Built) -> Report:
    """A report with 700 trials, enough for lists of several pages."""
    return with_trials(gallery_site.report, 700)


def problems_of(site: FinishedSite) -> list[Problem]:
    return [problem for each in CHECKS for problem in each(site)]


def test_every_trial_has_a_page_that_lists_and_the_table_lead_to(gallery_site: Built) -> None:
    files = gallery_site.site.files
    table = hrefs(main_of(files["trials/index.html"]))
    for trial in gallery_site.report.trials.values():
        assert trial.address in files
        assert f"{trial.id}.html" in table
        own = hrefs(main_of(files[f"trials/condition/{trial.condition}.html"]))
        assert f"../{trial.id}.html" in own


def test_every_fact_says_where_it_was_read(gallery_site: Built) -> None:
    main = main_of(gallery_site.site.files[HONEY])
    assert row(main, "cell") == [
        "Cells", "Cells kept in honeyprinted as “honey (hive)”", "example.org, registry page",
    ]  # fmt: skip
    assert row(main, "completion") == ["Completion", "15 January 2019", "Bee 2019, Table 2"]
    assert row(main, "enrolment")[2] == "example.org, registry pagealso Bee 2019, Table 2"


def test_readings_that_differ_stand_side_by_side(gallery_site: Built) -> None:
    main = main_of(gallery_site.site.files[HONEY])
    differing = [[text_of(cell) for cell in each] for each in main.xpath("//tr[@class='differs']")]
    assert ["Phase, differs", "Phase 2printed as “IIa”", "Bee 2019, Table 2"] in differing
    assert ["Status, differs", "Completed as of 2019", "Bee 2019, Table 2"] in differing
    assert row(main, "status")[1] == "Unknown, last known as recruiting in April 2021"
    assert "Readings differ." in text_of(main)
    agreeing = main_of(gallery_site.site.files["trials/sweet-plan.html"])
    assert "differ" not in text_of(agreeing)


def test_what_nobody_printed_is_marked_as_inferred(gallery_site: Built) -> None:
    main = main_of(gallery_site.site.files[HONEY])
    assert row(main, "sponsor-type") == [
        "Kind of sponsor", "University inferred", "From the sponsor’s name.",
    ]  # fmt: skip


def test_trial_study_and_sources_link_to_each_other(gallery_site: Built) -> None:
    files = gallery_site.site.files
    trial = hrefs(main_of(files[HONEY]))
    assert {"../studies/honey-2019.html", "../sources/honey-2019.html"} <= set(trial)
    assert "../trials/nct00000001.html" in hrefs(main_of(files["studies/honey-2019.html"]))
    assert "../trials/nct00000001.html" in hrefs(main_of(files["sources/honey-2019.html"]))


def test_every_number_of_a_trial_is_bound_to_it(gallery_site: Built) -> None:
    facts = gallery_site.site.facts[HONEY]
    assert facts.unbound == ()
    assert facts.bound >= 3  # people enrolled, and the numbers in both notes


@pytest.mark.parametrize(
    ("registry", "written", "address"),
    [
        ("clinicaltrials-gov", "NCT01541579", "https://clinicaltrials.gov/study/NCT01541579"),
        (
            "eu-ctr",
            "EudraCT 2012-000518-13",
            "https://www.clinicaltrialsregister.eu/ctr-search/search?query=2012-000518-13",
        ),
        (
            "eu-ctis",
            "EUCT 2024-514033-37-00",
            "https://euclinicaltrials.eu/ctis-public/view/2024-514033-37-00",
        ),
        (
            "irct",
            "IRCT20240618062167N1",
            "https://trialsearch.who.int/Trial2.aspx?TrialID=IRCT20240618062167N1",
        ),
        ("honey-registry", "NCT01541579", None),
        (None, None, None),
    ],
)
def test_the_registrys_record_is_linked_where_its_address_is_certain(
    gallery_site: Built, registry: str | None, written: str | None, address: str | None
) -> None:
    trial = trials_of(gallery_site.report)["nct00000001"]
    changed = trial.model_copy(update={"registry": registry, "registry_id": written})
    assert record_address(changed) == address


def test_a_source_with_very_many_trials_shows_the_first_of_them(gallery: Path) -> None:
    text = (gallery / "data/trials/sweet-plan.yaml").read_text("utf-8")
    write(gallery, {f"data/trials/plan-{number}.yaml": text for number in range(150)})
    main = main_of(build_in_memory(gallery).site.files["sources/rest-2020.html"])
    assert sum("trials/" in href and ".html" in href for href in hrefs(main)) == 150
    assert "the first 150 of 151" in text_of(main)


def test_the_table_is_in_the_order_of_conditions_then_newest_first(many: Report) -> None:
    places, full = list(many.vocabularies.conditions), trials_of(many)
    keys = [
        (
            places.index(trial.condition),
            -start.year if (start := full[trial.id].value("start")) else 9999,
        )
        for trial in ordered(many)
    ]
    assert keys == sorted(keys)


def test_every_trial_stands_in_the_lists_of_its_class_of_each_wider_one_and_of_its_end(
    many: Report,
) -> None:
    words, full = many.vocabularies, trials_of(many)
    lists = {(each.facet, each.id): each for each in lists_of(many, ordered(many))}
    standing = [
        (facet, name, trial.id) for (facet, name), each in lists.items() for trial in each.trials
    ]
    wanted = [
        (facet, name, trial.id)
        for trial in many.trials.values()
        for facet, names in (
            ("condition", words.widening("conditions", trial.condition)),
            ("cell", words.widening("cells", trial.cell or "not-stated")),
            ("status", _ends(full[trial.id], words)),
        )
        for name in names
    ]
    assert {facet for facet, *_ in standing} == {"condition", "cell", "status"}
    assert sorted(standing) == sorted(wanted)


def _ends(trial: Trial, words: Vocabularies) -> list[str]:
    status = trial.value("status")
    return [status] if status is not None and words.statuses[status].end else []


def test_a_long_list_goes_on_in_pages_that_hold_every_trial_once(many: Report) -> None:
    pages = list(parts("trials/index.html", ordered(many), FIRST_LINES))
    assert [address for address, _ in pages] == [
        "trials/index.html", "trials/page-2.html", "trials/page-3.html", "trials/page-4.html",
    ]  # fmt: skip
    assert [trial for _, shown in pages for trial in shown] == ordered(many)
    assert [len(shown) for _, shown in pages] == [50, MOST_LINES, MOST_LINES, 50]
    long = list(parts("trials/cell/haematopoietic.html", ordered(many)))
    assert [len(shown) for _, shown in long] == [MOST_LINES, MOST_LINES, 100]
    assert long[1][0] == "trials/cell/haematopoietic-page-2.html"
    assert list(parts("trials/index.html", [])) == [("trials/index.html", [])]


def test_pages_of_long_lists_link_to_each_other_and_stay_light(
    many: Report, drawings: Store
) -> None:
    site = render(compute(many, drawings), drawings)
    second = hrefs(main_of(site.files["trials/page-2.html"]))
    assert {"index.html", "page-3.html"} <= set(second)
    found = [str(each.place) for each in problems_of(site)]
    assert [place for place in found if not place.startswith("a-z/")] == []


def test_facets_hold_every_value_of_every_trial(many: Report) -> None:
    read = assigned(explorer_files(many)["trials/facets.js"])
    full = trials_of(many)
    trials = [full[trial.id] for trial in ordered(many)]
    assert read["count"] == len(trials)
    for name in (facet.name for facet in FACETS):
        found = list(map(set, chosen_ids(read["facets"][name])))
        assert found == [expected_values(name, trial, many) for trial in trials], name


def expected_values(name: str, trial: Trial, report: Report) -> set[str]:
    if name == "condition":
        return set(report.vocabularies.widening("conditions", trial.condition))
    if name == "status":
        status = status_of(trial, report)
        return {"not-stated" if status is None else status.counts_as}
    if name == "confirmed":
        status = status_of(trial, report)
        if status is None or status.as_of is None:
            return {"no-date"}
        return {"longer-ago" if is_old(status.as_of, report.today) else "recently"}
    field = {"country": "countries", "year": "start"}.get(name, name.replace("-", "_"))
    value = trial.value(field)
    if value is None:
        return {"not-stated"}
    if name == "year":
        return {str(value.year)}
    if name == "cell":
        return set(report.vocabularies.widening("cells", value))
    return set(value) if isinstance(value, tuple) else {value}


def test_values_of_a_facet_stand_in_the_order_of_their_list(many: Report) -> None:
    read = assigned(explorer_files(many)["trials/facets.js"])
    order = [name for name in many.vocabularies.phases if name in read["facets"]["phase"]["ids"]]
    assert read["facets"]["phase"]["ids"] == [*order, "not-stated"]
    years = read["facets"]["year"]["ids"]
    assert years == [*sorted(years[:-1], reverse=True), "not-stated"]


def test_facets_and_parts_say_every_cell_of_the_table(many: Report) -> None:
    files = explorer_files(many)
    read = assigned(files["trials/facets.js"])
    parts = [assigned(files[f"trials/rows-{number}.js"]) for number in range(4)]
    full = trials_of(many)
    lines = [line_of(full[trial.id], many) for trial in ordered(many)]
    assert len(lines) == 700
    assert any(line.enrolment is not None and line.status_when for line in lines)
    fields = [[part[at].split("\n") for part in parts] for at in range(5)]
    ids, registry_ids, names, people, dates = (
        [cell for part in field for cell in part] for field in fields
    )
    assert ids == [line.id for line in lines]
    printed = [
        own.upper() if written == "=" else written
        for own, written in zip(ids, registry_ids, strict=True)
    ]
    assert printed == [line.printed_id for line in lines]
    assert names == [line.name for line in lines]
    assert dates == [line.status_when for line in lines]
    for position, column in enumerate(COLUMNS):
        facet = read["facets"].get(read["columns"][position])
        said = people if facet is None else derived(facet)
        for row, line in enumerate(lines):
            own = parts[row // 200][5].get(f"{row % 200} {position}", said[row])
            assert own == line.words(column.name), (column.name, line.id)


def derived(facet: dict[str, Any]) -> list[str]:
    words = facet.get("words", facet["titles"])
    return [
        ", ".join(words[place] for place in own[: None if facet.get("several") else 1])
        for own in places(facet)
    ]


def test_a_cell_that_its_facet_says_otherwise_comes_with_the_row(gallery: Path) -> None:
    """A class of the closed list that is called "not-stated" is said; what nobody says is empty."""
    change(
        gallery,
        "data/vocabularies.yaml",
        "\ncells:\n",
        "\ncells:\n  not-stated: {title: Nobody says, definition: None.}\n",
    )
    change(gallery, "data/trials/sweet-plan.yaml", "cell: honey-cell", "cell: not-stated")
    site = build_in_memory(gallery).site
    (part,) = [assigned(raw) for path, raw in site.files.items() if "trials/rows-" in path]
    at = part[0].split("\n").index("sweet-plan")
    assert part[5] == {f"{at} 1": "Nobody says"}


def test_every_order_of_the_menu_is_that_of_a_facet_or_has_ranks(many: Report) -> None:
    files = explorer_files(many)
    facets = assigned(files["trials/facets.js"])["facets"]
    ranks = assigned(files["trials/orders.js"])
    for key, title in orders_of(many.vocabularies):
        name = key.removeprefix("-")
        assert title
        assert name in {"", *facets, *ranks}


def test_ranks_sort_as_readers_do_and_what_is_not_known_is_nothing(many: Report) -> None:
    files = explorer_files(many)
    columns = assigned(files["trials/values.js"])["columns"]
    for name, held in (
        ("enrolment", "enrolment"),
        ("start", "start"),
        ("name", "name"),
        ("id", "registry-id"),
    ):
        width, text = assigned(files["trials/orders.js"])[name]
        ranks = [rank_of(text[at : at + width]) for at in range(0, len(text), width)]
        values = column(columns, held)
        assert [rank == 0 for rank in ranks] == [value == "" for value in values]
        ranked = sorted(
            {(rank, str(value).lower()) for rank, value in zip(ranks, values, strict=True) if rank}
        )
        key = int if name == "enrolment" else str
        told = [value for _, value in ranked]
        assert told == sorted(told, key=key) or name == "name", name
        assert len(ranked) == len({rank for rank, _ in ranked})
    assert sorted(["Phase 10", "phase 9", "Évora", "estuary", ""], key=natural) == [
        "",
        "estuary",
        "Évora",
        "phase 9",
        "Phase 10",
    ]


def rank_of(text: str) -> int:
    rank = 0
    for mark in text:
        rank = rank * 90 + place_of(mark)
    return rank


def test_every_word_of_a_trial_finds_it(many: Report) -> None:
    files = explorer_files(many)
    words, steps = (text.split("\n") for text in assigned(files["trials/words.js"]))
    columns = assigned(files["trials/values.js"])["columns"]
    assert words == sorted(set(words))
    standing = {word: rows_of(own) for word, own in zip(words, steps, strict=True)}
    for name in ("id", "registry-id", "name", "condition", "sponsor", "countries"):
        for row, value in enumerate(column(columns, name)):
            for word in fold(str(value)).replace("-", " ").split():
                assert row in standing[word.strip(AROUND)], (word, row)
    assert sum(map(len, standing.values())) > 10 * 700


def rows_of(steps: str) -> set[int]:
    found, row, marks = set(), -1, iter(steps)
    for mark in marks:
        lead = place_of(mark)
        if lead < 70:
            row += lead + 1
        elif lead < 88:
            row += (lead - 70) * 90 + place_of(next(marks)) + 71
        else:
            row += rank_of(next(marks) + next(marks) + next(marks)) + 1
        found.add(row)
    return found


@pytest.mark.parametrize("number", [0, 69, 70, 1689, 1690, 9_999, 200_000])
def test_a_step_of_any_length_is_read_back(number: int) -> None:
    assert rows_of(step(number)) == {number}


def test_numbers_are_letters_that_no_script_writes_otherwise() -> None:
    marks = [letter(number) for number in range(300)]
    assert [place_of(mark) for mark in marks] == list(range(300))
    assert json.dumps("".join(marks), ensure_ascii=False) == f'"{"".join(marks)}"'
    assert "!" not in marks


def test_first_parts_are_those_of_the_first_rows_of_a_condition(many: Report) -> None:
    trials = ordered(many)
    told = first_parts(many.vocabularies, trials)
    for name in {trial.condition for trial in trials}:
        rows = [row for row, trial in enumerate(trials)
                if name in many.vocabularies.widening("conditions", trial.condition)]  # fmt: skip
        assert told[name] == sorted({row // 200 for row in rows[:50]})


def test_what_is_loaded_before_the_first_list_grows_little(many: Report) -> None:
    """Seven bytes a trial: more would make the first list of ten thousand late on a slow phone."""
    raw = explorer_files(many)["trials/facets.js"]
    short = explorer_files(replace(many, trials=dict(list(many.trials.items())[:0]), packs=()))
    assert (
        len(gzip.compress(raw, 6)) - len(gzip.compress(short["trials/facets.js"], 6))
        < 8 * 700 + 3000
    )


def test_the_explorer_and_the_table_have_the_same_values(gallery_site: Built) -> None:
    read = assigned(gallery_site.site.files["trials/values.js"])["columns"]
    rows = list(
        csv.DictReader(
            io.StringIO(gallery_site.site.files["downloads/trials.csv"].decode("utf-8-sig"))
        )
    )
    for name in VALUE_COLUMNS:
        assert [str(value) for value in column(read, name)] == [each[name] for each in rows], name


def test_the_table_says_where_each_value_was_read_and_who_differs(gallery_site: Built) -> None:
    rows = csv.DictReader(
        io.StringIO(gallery_site.site.files["downloads/trials.csv"].decode("utf-8-sig"))
    )
    (honey,) = (each for each in rows if each["id"] == "nct00000001")
    assert honey["phase-read-at"] == "https://example.org/honey-registry/1, registry page"
    assert honey["completion-read-at"] == "honey-2019, Table 2"
    assert honey["sponsor-type-read-at"] == "inferred"
    assert honey["readings-differ"] == (
        "phase: Phase 2 (honey-2019, Table 2); status: Completed as of 2019 (honey-2019, Table 2)"
    )
    assert honey["countries"] == "Spain; Norway"
    assert honey["route-read-at"] == honey["phase-read-at"]


def test_the_json_holds_every_reading_in_the_keys_of_the_files(gallery_site: Built) -> None:
    entries = json.loads(gallery_site.site.files["downloads/trials.json"])
    stated = [entry.pop("status", None) for entry in entries]
    assert {"said": "recruiting", "as-of": "2021-04", "counts-as": "unknown"} in stated
    trials = [Trial.model_validate(entry) for entry in entries]
    assert {trial.id: trial for trial in trials} == trials_of(gallery_site.report)


def test_a_site_without_trials_has_empty_downloads_and_no_lists(minimal_site: Built) -> None:
    files = minimal_site.site.files
    assert json.loads(files["downloads/trials.json"]) == []
    assert files["downloads/trials.csv"].count(b"\n") == 1
    assert not [path for path in files if re.match(r"trials/.*\.html", path)]


def test_values_that_no_list_knows_are_refused_with_their_place(gallery: Path) -> None:
    change(gallery, "data/trials/sweet-plan.yaml", "cell: honey-cell", "cell: honey-cel")
    with pytest.raises(ProblemsFoundError) as caught:
        build_in_memory(gallery)
    assert [str(each.place) for each in caught.value.problems] == [
        "data/trials/sweet-plan.yaml:8:18"
    ]


def test_a_reference_to_a_trial_may_be_typed_with_blanks(gallery: Path) -> None:
    change(
        gallery, "content/remedies/honey.md", "[[trial:nct00000001]]", "[[ trial: nct00000001 ]]"
    )
    page = build_in_memory(gallery).site.files["remedies/honey.html"].decode()
    assert re.search(r'href="../trials/nct00000001\.html"', page)
