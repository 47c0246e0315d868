"""The pages of trials, the lists, the downloads and the columns of the explorer."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement

from evidence.check.site import CHECKS
from evidence.files.trial_line import VALUE_COLUMNS
from evidence.finished.site import FinishedSite
from evidence.model.report import Report
from evidence.model.trial import Trial
from evidence.numbers.status import status_of
from evidence.pages.trial_lists import (
    COLUMNS,
    FACETS,
    MOST_LINES,
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
from tests.invented import list_of, with_trials
from tests.outline import main_of, text_of
from tests.projects import build_in_memory, change, trials_of, write

HONEY = "trials/nct00000001.html"


def row(main: HtmlElement, anchor: str) -> list[str]:
    (found,) = main.xpath(f"//tr[@id='{anchor}']")
    return [text_of(cell) for cell in found]


def hrefs(element: HtmlElement) -> list[str]:
    return [str(link.get("href")) for link in element.iter("a")]


def listed(raw: bytes) -> dict[str, Any]:
    text = raw.decode().removeprefix("globalThis.trialList=").removesuffix(";\n")
    read: dict[str, Any] = json.loads(text)
    return read


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


def test_every_trial_stands_in_the_list_of_its_class_and_of_each_wider_one(many: Report) -> None:
    words = many.vocabularies
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
        )
        for name in names
    ]
    assert sorted(standing) == sorted(wanted)


def test_a_long_list_goes_on_in_pages_that_hold_every_trial_once(many: Report) -> None:
    pages = list(parts("trials/index.html", ordered(many)))
    assert [address for address, _ in pages] == [
        "trials/index.html", "trials/page-2.html", "trials/page-3.html",
    ]  # fmt: skip
    assert [trial for _, shown in pages for trial in shown] == ordered(many)
    assert max(len(shown) for _, shown in pages) == MOST_LINES
    long = list(parts("trials/cell/haematopoietic.html", ordered(many)))
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
    read = listed(list_of(many))
    full = trials_of(many)
    trials = [full[trial.id] for trial in ordered(many)]
    assert read["count"] == len(trials)
    assert column(read["columns"], "id") == [trial.id for trial in trials]
    for name in (facet.name for facet in FACETS):
        facet = read["facets"][name]
        found = [
            {facet["ids"][place] for place in ([at] if isinstance(at, int) else at)}
            for at in facet["at"]
        ]
        assert found == [expected_values(name, trial, many) for trial in trials], name


def expected_values(name: str, trial: Trial, report: Report) -> set[str]:
    if name == "condition":
        return set(report.vocabularies.widening("conditions", trial.condition))
    if name == "status":
        status = status_of(trial, report)
        return {"not-stated" if status is None else status.counts_as}
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
    read = listed(list_of(many))
    order = [name for name in many.vocabularies.phases if name in read["facets"]["phase"]["ids"]]
    assert read["facets"]["phase"]["ids"] == [*order, "not-stated"]
    years = read["facets"]["year"]["ids"]
    assert years == [*sorted(years[:-1], reverse=True), "not-stated"]


def test_the_script_is_given_the_words_of_every_cell_of_the_table(many: Report) -> None:
    read = listed(list_of(many))
    full = trials_of(many)
    lines = [line_of(full[trial.id], many) for trial in ordered(many)]
    assert any(line.enrolment is not None and line.status_when for line in lines)
    for place, shown in zip(COLUMNS, read["shown"], strict=True):
        columns = {**read["columns"], "own": shown["words"], "notes": shown.get("notes", [])}
        own = shown["words"] if isinstance(shown["words"], str) else "own"
        assert column(columns, own) == [line.words(place.name) for line in lines]
        notes = column(columns, "notes") or [""] * len(lines)
        assert notes == [line.note(place.name) for line in lines]


def test_every_order_of_the_menu_is_that_of_a_column_of_the_download(many: Report) -> None:
    read = listed(list_of(many))
    for key, title in orders_of(many.vocabularies):
        name = key.removeprefix("-")
        assert title
        assert name in {"", *read["facets"]} or read["sortedBy"].get(name, name) in read["columns"]


def test_the_explorer_and_the_table_have_the_same_values(gallery_site: Built) -> None:
    read = listed(gallery_site.site.files["trials/list.js"])["columns"]
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
