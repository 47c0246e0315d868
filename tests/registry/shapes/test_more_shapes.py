"""Exports of other registries, of other times, and packed: the same study out of each."""

from __future__ import annotations

import json
import struct
from datetime import date as Date
from datetime import datetime as Moment
from pathlib import Path
from typing import Any

import pytest

from evidence.read import limits
from evidence.registry import archive
from evidence.registry.countries import country_of
from evidence.registry.normalising import Understanding
from evidence.registry.reading import read_export
from evidence.registry.record import FileRead, RegisteredStudy
from tests.registry.exporting import (
    CTIS_STUDY,
    ISRCTN_STUDY,
    PORTAL,
    PORTAL_STUDY,
    SUMMARIES,
    answer,
    api,
    classic,
    classic_xml,
    counts,
    full_study,
    isrctn_xml,
    packed,
    page,
    portal,
    portal_xml,
    project,
    provenance,
    run,
    table,
    workbook,
)

ISRCTN = table(tuple(ISRCTN_STUDY), ISRCTN_STUDY)
CTIS = table(tuple(CTIS_STUDY), CTIS_STUDY)
EXPORTS: dict[str, str] = {
    "clinicaltrials-gov-classic-json": answer(full_study()),
    "clinicaltrials-gov-classic-xml": classic_xml(),
    "ictrp-xml": portal_xml(),
    "isrctn-csv": ISRCTN,
    "isrctn-xml": isrctn_xml(),
    "eu-ctis-csv": CTIS,
    "eu-ctr-summary": SUMMARIES,
}
NCT = {"clinicaltrials-gov-classic-json", "clinicaltrials-gov-classic-xml", "ictrp-xml"}


def read(export: str | bytes) -> FileRead:
    found = read_export("any.pdf", export if isinstance(export, bytes) else export.encode())
    assert found.problems == []
    return found


def studies(export: str | bytes) -> list[RegisteredStudy]:
    understanding = Understanding(Date(2022, 10, 7))
    found = read(export)
    for record in found.records:
        understanding.see(record)
    kept = [understanding.study(record) for record in found.records]
    assert understanding.problems == []
    assert understanding.unrecognised == {}
    return [study for study in kept if study]


@pytest.mark.parametrize("name", EXPORTS)
def test_a_shape_is_recognised_by_what_a_file_holds(name: str) -> None:
    assert read(EXPORTS[name]).format == name


@pytest.mark.parametrize("name", EXPORTS)
def test_every_shape_gives_the_same_study(name: str) -> None:
    study = studies(EXPORTS[name])[0]
    texts = dict(study.texts)
    assert texts["title"].startswith("Honey Cells for the Heart")
    assert texts["conditions"].startswith("Heart Failure")
    assert study.study_type == "interventional"
    assert study.started is not None
    assert study.started.year == 2020
    if name == "eu-ctr-summary":
        return
    assert study.phase == "1/2"
    assert study.enrolment == 24
    assert "bone marrow mesenchymal stem cells" in texts["interventions"]
    if name in NCT:
        assert study.id == "NCT00000001"
        assert study.status == "recruiting"
        assert study.registered == Date(2020, 5, 1)
        assert study.updated == Date(2021, 3, 4)
        assert study.countries == ("KOR",)
    if name.startswith("clinicaltrials-gov"):
        assert study.other_ids == {"2020-001234-56"}
        assert study.sponsor == "academic-or-other"


@pytest.mark.parametrize("name", ["isrctn-csv", "isrctn-xml"])
def test_isrctn_names_its_other_registrations(name: str) -> None:
    (study,) = studies(EXPORTS[name])
    assert (study.id, study.registry) == ("ISRCTN00000001", "isrctn")
    assert {"NCT00000009", "2020-001234-56"} <= study.other_ids
    assert study.countries == ("KOR",)
    assert study.status == ("ongoing" if name == "isrctn-csv" else "not-stated")


def test_ctis_names_countries_each_with_its_status() -> None:
    (study,) = studies(CTIS)
    assert study.registry == "eu-ctis"
    assert study.countries == ("AUT", "DEU")
    assert study.status == "recruiting"
    assert study.sponsor == "industry"
    assert study.updated == Date(2021, 3, 4), "the day stands first, as the start shows"


@pytest.mark.parametrize(
    ("written", "phase"),
    [
        ("Human pharmacology (Phase I)- First administration to humans", "1"),
        ("Therapeutic confirmatory (Phase III)", "3"),
        ("Phase II and Phase III (Integrated)", "2/3"),
        ("Therapeutic use (Phase IV)", "4"),
    ],
)
def test_ctis_names_phases_in_words(written: str, phase: str) -> None:
    (study,) = studies(table(tuple(CTIS_STUDY), {**CTIS_STUDY, "Trial phase": written}))
    assert study.phase == phase


def test_summaries_of_the_european_register_are_studies() -> None:
    first, second = read(SUMMARIES).records
    assert first.title == "Honey Cells for the Heart: a study of cells from bone marrow"
    assert [country_of(name) for name in first.countries] == ["GBR", "SWE", "DNK"]
    assert [country_of(name) for name in second.countries] == ["ESP"]
    assert (first.place.line, second.place.line) == (1, 14)
    assert [study.id for study in studies(SUMMARIES)] == ["2012-000518-13", "2012-000519-14"]


def test_a_summary_that_is_cut_off_is_said() -> None:
    text = SUMMARIES.partition("Trial protocol:          ES")[0]
    (problem,) = read_export("a", text.encode()).problems
    assert (problem.rule, problem.place.line) == ("export-whole", 14)
    assert "'Trial protocol'" in problem.message


# XML


def test_each_study_of_xml_has_its_line() -> None:
    records = read(portal_xml({}, {"TrialID": "DRKS00000002"})).records
    text = portal_xml({}, {"TrialID": "DRKS00000002"}).split("\n")
    assert [text[record.place.line - 1].strip() for record in records] == ["<Trial>"] * 2


def test_xml_of_the_portal_has_markup_in_its_texts() -> None:
    (study,) = studies(portal_xml({"Condition": "Heart Failure;<br>Burns"}))
    assert dict(study.texts)["conditions"] == "Heart Failure;|Burns"


@pytest.mark.parametrize(
    ("xml", "rule", "words"),
    [
        (portal_xml()[:-60], "export-whole", "ends before its XML"),
        (portal_xml().replace("</Trial>", "</Trail>"), "export-row", "cannot be read"),
        ("<html><body>Not found</body></html>", "export-known", "<html>"),
        ("<Trials_downloaded_from_ICTRP/>", "file-not-empty", "no study"),
    ],
)
def test_what_is_wrong_with_xml_is_said(xml: str, rule: str, words: str) -> None:
    problems = read_export("a", xml.encode()).problems
    assert problems[-1].rule == rule
    assert words in f"{problems[-1].message} {problems[-1].hint}"


def test_entities_of_xml_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    xml = portal_xml().replace("?>\n", f"?>\n{entity}", 1).replace("Honey Cells", "&e; Cells")
    found = read_export("a", xml.encode())
    assert not any("secret" in record.title for record in found.records)


def test_a_bomb_of_entities_does_no_harm() -> None:
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    xml = portal_xml().replace("?>\n", f'?>\n<!DOCTYPE x [<!ENTITY e0 "ha">{bomb}]>', 1)
    found = read_export("a", xml.replace("Honey", "&e12;").encode())
    assert sum(len(record.title) for record in found.records) < 1000


def test_utf_16_xml_is_read() -> None:
    xml = portal_xml().replace("UTF-8", "UTF-16")
    assert len(read(xml.encode("utf-16")).records) == 1


# JSON in pieces


def test_json_of_several_kinds_of_nesting_is_read() -> None:
    assert len(read(answer(full_study(1), full_study(2))).records) == 2
    assert len(read(json.dumps({"FullStudy": full_study()})).records) == 1
    assert len(read(json.dumps(full_study()["Study"])).records) == 1


def test_an_answer_that_is_one_of_several_is_refused() -> None:
    (problem,) = read_export("a", answer(full_study(), available=9).encode()).problems
    assert (problem.rule, "1 of 9" in problem.message) == ("export-whole", True)


def test_a_long_page_is_read_in_pieces_with_the_place_of_each_study() -> None:
    text = page(*(api(number) for number in range(1, 1500)), totalCount=1499)
    assert len(text) > 1_000_000
    lines = text.split("\n")
    records = read(text).records
    assert [record.id for record in records] == [f"NCT{number:08d}" for number in range(1, 1500)]
    for record in records:
        line = lines[record.place.line - 1]
        assert line[record.place.column - 1 :].startswith(f'"nctId": "{record.id}"')


def test_pages_on_lines_are_one_export() -> None:
    lines = [json.dumps({"studies": [api(n)], "nextPageToken": "x"}) for n in (1, 2)]
    lines.append(json.dumps({"studies": [api(3)]}))
    assert len(read("\n".join(lines)).records) == 3


# Workbooks


def rows(columns: tuple[str, ...], *studies: dict[str, Any]) -> list[list[Any]]:
    return [list(columns), *([study.get(name) for name in columns] for study in studies)]


def test_a_workbook_gives_what_its_table_does() -> None:
    typed = {
        **PORTAL_STUDY,
        "Date enrollement": Moment.fromisoformat("2020-06-17"),
        "Date registration": Date(2020, 5, 1),
        "Target size": 24.0,
    }
    book = workbook(("Results", rows(PORTAL, typed)))
    (study,) = studies(book)
    (plain,) = studies(portal())
    assert study == plain
    found = read(book)
    assert found.format == "ictrp-csv"
    assert found.notes == ["It is a workbook; its sheet 'Results' was read."]
    assert found.records[0].place.line == 2


def test_a_sheet_that_is_no_export_is_left_out_and_said() -> None:
    book = workbook(("Notes", [["Dear reader"]]), ("Results", rows(PORTAL, PORTAL_STUDY)))
    found = read(book)
    assert len(found.records) == 1
    assert found.notes[-1] == "Sheets that are no export were left out: 'Notes'."


@pytest.mark.parametrize(
    ("book", "rule"),
    [
        (workbook(("A", [["a", "b"], [1, 2]])), "export-known"),
        (workbook(("A", [])), "file-not-empty"),
        (workbook(("A", [list(PORTAL)])), "file-not-empty"),
        (workbook(("A", rows(tuple(n for n in PORTAL if n != "Phase"), PORTAL_STUDY))),
         "export-columns"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_workbook_is_said(book: bytes, rule: str) -> None:
    assert read_export("a", book).problems[0].rule == rule


# Archives


def test_an_archive_of_any_exports_is_one(tmp_path: Path) -> None:
    root = project(tmp_path)
    archive = packed(
        {
            "b/NCT00000001.xml": classic_xml(1),
            "b/NCT00000002.xml": classic_xml(2),
            "a.csv": classic({"NCT Number": "NCT00000003"}),
            "c.xlsx": workbook(("A", rows(PORTAL, {**PORTAL_STUDY, "TrialID": "DRKS00000001"}))),
            "__MACOSX/._a.csv": b"\x00\x05",
            ".DS_Store": b"\x00",
            "empty/": "",
        }
    )
    printed = run(root, archive)
    assert printed.code == 0, printed.problems
    assert printed.out.startswith("4 rows read, 4 studies kept")
    assert counts(root, "registries-2022-10-07", "phase") == {("other", "1/2"): 4}
    (file,) = provenance(root, "registries-2022-10-07")["files"]
    assert (file["format"], file["rows"]) == ("registries", 4)


def test_an_archive_of_one_shape_is_of_that_shape() -> None:
    found = read(packed({"1.xml": classic_xml(1), "2.xml": classic_xml(2)}))
    assert (found.format, len(found.records)) == ("clinicaltrials-gov-classic-xml", 2)
    assert [record.place.file for record in found.records] == ["any.pdf/1.xml", "any.pdf/2.xml"]


def test_a_problem_in_an_archive_has_the_name_of_its_file() -> None:
    found = read_export("a.zip", packed({"x/letter.txt": "Dear reader"}))
    assert found.problems[0].place.file == "a.zip/x/letter.txt"
    assert found.problems[0].rule == "export-known"


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (packed({}), "file-not-empty"),
        (packed({"a.csv": classic()})[:-30], "export-whole"),
        (packed({"a.zip": packed({"a.csv": classic()})}), "export-known"),
        (b"PK\x03\x04 and more", "export-whole"),
    ],
)
def test_what_is_wrong_with_an_archive_is_said(raw: bytes, rule: str) -> None:
    assert read_export("a", raw).problems[0].rule == rule


def test_an_archive_that_grows_beyond_reason_is_not_unpacked() -> None:
    raw = packed({"a.csv": b" " * (archive.LEAST_TO_JUDGE + 1)})
    (problem,) = read_export("a", raw).problems
    assert problem.rule == "file-limits"
    assert "times its size" in problem.message


def test_an_archive_beyond_the_limits_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_PACKED", 1)
    monkeypatch.setattr(archive, "MOST_UNPACKED_BYTES", 100)
    found = read_export("a", packed({"1.xml": classic_xml(1), "2.xml": classic_xml(2)}))
    assert [problem.rule for problem in found.problems] == ["file-limits"] * 2
    assert limits.MOST_PACKED > 1


def test_an_archive_that_lies_about_its_size_is_not_read_further() -> None:
    raw = packed({"a.csv": classic({"Title": "x" * 500_000})})
    at = raw.rindex(b"PK\x01\x02") + 24
    lying = raw[:at] + struct.pack("<I", 1000) + raw[at + 4 :]
    assert read_export("a", lying).problems


def test_a_locked_archive_is_said() -> None:
    raw = bytearray(packed({"a.csv": classic()}))
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    (problem,) = read_export("a", bytes(raw)).problems
    assert "password" in problem.message
