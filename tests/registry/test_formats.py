"""A file is recognised by what it holds, and every format gives the same study."""

from __future__ import annotations

import codecs
import json
from datetime import date as Date
from pathlib import Path

import pytest

from evidence.registry.normalising import Understanding
from evidence.registry.reading import read_export
from evidence.registry.record import RegisteredStudy
from tests.registry.exporting import (
    CLASSIC,
    CLASSIC_STUDY,
    PORTAL,
    PORTAL_STUDY,
    PRESENT_STUDY,
    api,
    classic,
    counts,
    page,
    portal,
    present,
    project,
    run,
    table,
)

EXPORTS = {
    "clinicaltrials-gov-classic-csv": classic(),
    "clinicaltrials-gov-csv": present(),
    "clinicaltrials-gov-json": page(api()),
    "ictrp-csv": portal(),
}
JSON = {
    "one study": json.dumps(api()),
    "a page": page(api()),
    "the last page": page(api(), totalCount=1),
    "a plain list": json.dumps([api()]),
    "a study a line": json.dumps(api()) + "\n",
    "spaces first": "\n  " + json.dumps(api()),
}


def studies(text: str | bytes) -> list[RegisteredStudy]:
    read = read_export("an export", text if isinstance(text, bytes) else text.encode())
    assert read.problems == []
    understanding = Understanding(Date(2022, 10, 7))
    for record in read.records:
        understanding.see(record)
    found = [understanding.study(record) for record in read.records]
    assert understanding.problems == []
    assert understanding.unrecognised == {}
    return [study for study in found if study]


@pytest.mark.parametrize("name", EXPORTS)
def test_a_format_is_recognised_by_what_a_file_holds(name: str) -> None:
    assert read_export("any name at all.pdf", EXPORTS[name].encode()).format == name


@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_gives_the_same_study(name: str) -> None:
    (study,) = studies(EXPORTS[name])
    assert study.id == "NCT00000001"
    assert study.registry == "clinicaltrials-gov"
    assert study.phase == "1/2"
    assert study.status == "recruiting"
    assert study.study_type == "interventional"
    assert study.sponsor == ("not-stated" if name == "ictrp-csv" else "academic-or-other")
    assert study.enrolment == 24
    assert study.started is not None
    assert study.started.year == 2020
    assert study.registered == Date(2020, 5, 1)
    assert study.updated == Date(2021, 3, 4)
    assert study.countries == ("KOR",)
    texts = dict(study.texts)
    assert texts["title"] == "Honey Cells for the Heart"
    assert texts["conditions"] == "Heart Failure"
    assert texts["interventions"] == "Biological: bone marrow mesenchymal stem cells" or (
        name == "clinicaltrials-gov-csv"
    )


@pytest.mark.parametrize("shape", JSON)
def test_json_may_be_a_study_a_page_a_list_or_lines(shape: str) -> None:
    assert [study.id for study in studies(JSON[shape])] == ["NCT00000001"]


def test_json_lines_give_a_study_each_with_its_line() -> None:
    text = "\n".join(json.dumps(api(number)) for number in (1, 2, 3))
    found = studies(text)
    assert [(study.id, study.at.line) for study in found] == [
        ("NCT00000001", 1),
        ("NCT00000002", 2),
        ("NCT00000003", 3),
    ]


def test_a_study_of_a_page_is_placed_where_its_id_stands() -> None:
    text = page(api(1), api(2))
    for study in studies(text):
        line = text.split("\n")[study.at.line - 1]
        assert line[study.at.column - 1 :].startswith(f'"nctId": "{study.id}"')


def test_keywords_and_secondary_ids_of_json_are_read() -> None:
    more = {"nctId": "NCT00000009", "secondaryIdInfos": [{"id": "2020-001234-56"}]}
    (study,) = studies(json.dumps(api(identificationModule=more)))
    assert study.other_ids == {"2020-001234-56"}
    assert dict(study.texts)["keywords"] == "bees"


def test_a_study_of_which_the_interface_gives_next_to_nothing_is_kept() -> None:
    bare = {"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}}
    (study,) = studies(json.dumps(bare))
    assert (study.phase, study.status, study.started, study.countries) == (
        "not-stated",
        "not-stated",
        None,
        (),
    )


@pytest.mark.parametrize("start", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_mark_at_the_start_and_any_line_ends_are_fine(start: bytes, ending: str) -> None:
    text = classic({}, {"NCT Number": "NCT00000002"}).replace("\n", ending)
    assert [study.at.line for study in studies(start + text.encode())] == [2, 3]


def test_the_line_of_a_row_is_the_physical_one() -> None:
    text = classic({"Title": "Two\nlines"}, {"NCT Number": "NCT00000002"})
    assert [study.at.line for study in studies(text)] == [2, 4]


def test_only_the_columns_that_are_needed_must_be_there() -> None:
    columns = tuple(PRESENT_STUDY)
    without = tuple(
        name for name in columns if name not in {"First Posted", "Last Update Posted", "Enrollment"}
    )
    (study,) = studies(table(without, PRESENT_STUDY))
    assert (study.updated, study.registered, study.enrolment) == (None, None, None)


@pytest.mark.parametrize(
    "spelling",
    [
        {"TrialID": "Trial_ID", "Public title": "public_title", "Secondary IDs": "SecondaryIDs"},
        {"Date enrollement": "Date_enrollement", "Target size": "TARGET SIZE"},
        {"Date enrollement": "Date enrolment", "Countries": "countries"},
        {"Public title": "Scientific_title", "Secondary IDs": "Secondary ID"},
    ],
)
def test_columns_of_the_portal_are_compared_without_case_spaces_and_underscores(
    spelling: dict[str, str],
) -> None:
    columns = tuple(spelling.get(name, name) for name in PORTAL if name != "Scientific title")
    study = {spelling.get(name, name): value for name, value in PORTAL_STUDY.items()}
    (found,) = studies(table(columns, study))
    assert dict(found.texts)["title"] == "Honey Cells for the Heart"
    assert found.started is not None
    assert found.started.year == 2020


def test_the_portal_lists_countries_in_several_ways() -> None:
    ways = ["China;Japan", "China | Japan", "China, Japan", "China;Japan;China", "China\nJapan"]
    found = studies(portal(*({"Countries": way, "TrialID": f"ISRCTN0000000{n}"} for n, way in enumerate(ways))))  # fmt: skip
    assert {study.countries for study in found} == {("CHN", "JPN")}


def test_a_very_long_cell_is_read() -> None:
    places = "|".join(f"Hospital {number}, Lyon, France" for number in range(9000))
    (study,) = studies(classic({"Locations": places}))
    assert study.countries == ("FRA",)


def test_several_files_are_one_import(tmp_path: Path) -> None:
    root = project(tmp_path)
    printed = run(
        root, classic({}, {"NCT Number": "NCT00000002"}), portal({"TrialID": "DRKS00000001"})
    )
    assert printed.code == 0, printed.problems
    assert counts(root, "registries-2022-10-07", "phase") == {("other", "1/2"): 3}


def test_columns_may_stand_in_any_order() -> None:
    (study,) = studies(table(tuple(reversed(CLASSIC)), CLASSIC_STUDY))
    assert study.id == "NCT00000001"
