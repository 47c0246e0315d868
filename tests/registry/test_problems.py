"""What is wrong with an export is said with its place, and nothing is written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from evidence.read.limits import HIDDEN
from evidence.registry.importing import MOST_OF_A_RULE
from evidence.registry.record import EXPORT_RULES
from evidence.rules import RULES as BUILD_RULES
from tests.projects import ROOT, files_below
from tests.registry.exporting import (
    CLASSIC,
    CLASSIC_STUDY,
    PRESENT_STUDY,
    SEARCH,
    api,
    classic,
    page,
    portal,
    present,
    project,
    run,
    run_files,
    table,
    written,
)

WHOLE = classic({}, {"NCT Number": "NCT00000002"})
ROWS = WHOLE.split("\n")
CASES: dict[str, tuple[str | bytes, str, str]] = {
    # what is wrong: the file, the place and rule, words of the message
    "empty": ("", "download-0:1:1 file-not-empty", "empty"),
    "nothing but spaces": ("\n  \n", "download-0:1:1 file-not-empty", "empty"),
    "only a mark": (b"\xef\xbb\xbf", "download-0:1:1 file-not-empty", "empty"),
    "only a header": (table(CLASSIC), "download-0:1:1 file-not-empty", "no study"),
    "an empty page": (page(), "download-0:1:1 file-not-empty", "no study"),
    "utf-16 without a mark": (WHOLE.encode("utf-16-le"), "file-encoding", "UTF-16"),
    "two encodings": (
        classic({"Title": "Médecine"}).encode("latin-1") + "é".encode(),
        "download-0:2:21 file-encoding",
        "UTF-8 in some places",
    ),
    "bytes that are no letters": (
        WHOLE.encode().replace(b"Honey", b"Hon\x81y"),
        "download-0:2:23 file-encoding",
        "neither",
    ),
    "utf-16 cut off": (WHOLE.encode("utf-16")[:-1], "file-encoding", "broken UTF-16"),
    "half an archive": (b"PK\x03\x04 and more", "export-whole", "cannot be read"),
    "a gzip archive": (b"\x1f\x8b\x08\x00 and more", "file-encoding", "gzip"),
    "prose": ("Dear reader,\nthis is a letter.\n", "download-0:1:1 export-known", "not an export"),
    "another table": ("a,b,c\n1,2,3\n", "download-0:1:1 export-known", "ICTRP"),
    "a column twice": (
        WHOLE.replace('"Acronym"', '"Status"', 1),
        "download-0:1:5 export-columns",
        "'Status' stands twice",
    ),
    "a column missing": (
        table(tuple(name for name in CLASSIC if name != "Phases"), CLASSIC_STUDY),
        "download-0:1:1 export-columns",
        "'Phases' is missing",
    ),
    "a column missing in the present format": (
        table(tuple(name for name in PRESENT_STUDY if name != "Study Status"), PRESENT_STUDY),
        "download-0:1:1 export-columns",
        "'Study Status' is missing",
    ),
    "too few cells": (
        "\n".join([ROWS[0], ROWS[1].rpartition(',"')[0], ROWS[2], ""]),
        "download-0:2:26 export-row",
        "26 cells",
    ),
    "too many cells": (
        "\n".join([ROWS[0], ROWS[1] + ',"more"', ROWS[2], ""]),
        "download-0:2:27 export-row",
        "28 cells",
    ),
    "cut off between cells": (
        "\n".join(ROWS[:2]) + '\n"2","NCT00000002","Honey"',
        "download-0:3:3 export-whole",
        "after 'Title'",
    ),
    "cut off in a cell": (WHOLE[:-60], "download-0:3:1 export-whole", "inside a quoted cell"),
    "a quote inside a cell, and a row that can be cut in two ways": (
        WHOLE.replace('"Honey', '"Honey "', 1)
        .replace('"Recruiting",', '"Recruiting",,', 1)
        .replace('"Heart Failure",', '"Heart Failure",,', 1),
        "download-0:2:1 export-row",
        "several ways",
    ),
    "a quote inside a cell, and a cell too many": (
        WHOLE.replace('"Honey Cells', '"Honey "Cells","more', 1),
        "download-0:2:1 export-row",
        "cannot be read",
    ),
    "a bad id": (classic({"NCT Number": "NCT0000001"}), "download-0:2:2 export-id", "'NCT0000001'"),
    "a bad id in json": (page(api(identificationModule={"nctId": "NCT7"})), "export-id", "'NCT7'"),
    "no id": (classic({"NCT Number": ""}), "download-0:2:2 export-id", "no id"),
    "no id in the portal": (portal({"TrialID": " "}), "download-0:2:1 export-id", "no id"),
    "a record from the future": (
        classic({"Last Update Posted": "October 8, 2022"}),
        "download-0:2:2 export-date",
        "2022-10-08",
    ),
    "a record from the future in the present format": (
        present({"Last Update Posted": "2022-10-08"}),
        "download-0:2:1 export-date",
        "2022-10-08",
    ),
    "json cut off": (page(api())[:-30], "export-whole", "ends before its JSON"),
    "json cut off in text": (page(api())[:120], "export-whole", "ends before its JSON"),
    "a line cut off": (
        f"{json.dumps(api(1))}\n{json.dumps(api(2))[:-9]}",
        "download-0:2:",
        "ends before its JSON",
    ),
    "json of another kind": ('{"bees": 12}', "download-0:1:1 export-known", "'bees'"),
    "a list of numbers": ("[1, 2]", "download-0:1:2 export-known", "protocolSection"),
    "a comma too many": (page(api()).replace("},", "},,", 1), "export-row", "cannot be read"),
    "json nested without end": ("[" * 100_000, "export-row", "nested"),
    "a page of several": (page(api(), totalCount=7), "export-whole", "1 of 7"),
    "a page before another": (page(api(), nextPageToken="x"), "export-whole", "another follows"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_said_with_its_place_and_nothing_is_written(name: str, root: Path) -> None:
    export, place, words = CASES[name]
    printed = run(root, export)
    assert printed.code == 1
    first = printed.entries[0]
    said, rule = first.split("\n")[0].rsplit(" ", 1)
    wanted_place, _, wanted_rule = place.rpartition(" ")
    assert said.startswith(wanted_place)
    assert wanted_rule in f"{said} {rule}"
    assert words in first
    assert "\n    " in first, "a hint stands below"
    assert printed.problems.endswith("Nothing was written.\n")
    assert written(root) == {}


@pytest.mark.parametrize("name", CASES)
def test_every_rule_is_one_of_a_table(name: str, root: Path) -> None:
    rules = set(re.findall(r"\[([a-z-]+)\]$", run(root, CASES[name][0]).problems, re.MULTILINE))
    assert rules
    assert rules <= EXPORT_RULES.keys() | BUILD_RULES.keys()


def test_the_rules_of_the_importer_are_documented() -> None:
    text = (ROOT / "docs/importing.md").read_text("utf-8")
    for rule, sentence in EXPORT_RULES.items():
        assert f"| `{rule}` | {sentence} |" in text


def test_all_problems_come_at_once_and_the_many_of_one_rule_are_counted(root: Path) -> None:
    bad = [{"NCT Number": f"NCT{number}"} for number in range(30)]
    late = {"NCT Number": "NCT00000001", "Last Update Posted": "May 1, 2030"}
    printed = run(root, classic(*bad, late))
    assert sum("[export-id]" in entry for entry in printed.entries) == MOST_OF_A_RULE + 1
    assert "and 10 more of the same rule" in printed.problems
    assert sum("[export-date]" in entry for entry in printed.entries) == 1


def test_a_near_name_of_a_missing_column_is_offered(root: Path) -> None:
    printed = run(root, WHOLE.replace('"Phases"', '"Phasses"', 1))
    assert "Is it 'Phasses'?" in printed.problems


def test_columns_that_are_missing_are_all_named(root: Path) -> None:
    columns = tuple(name for name in CLASSIC if name not in {"Phases", "Locations"})
    printed = run(root, table(columns, CLASSIC_STUDY))
    assert "'Phases' is missing" in printed.problems
    assert "'Locations' is missing" in printed.problems


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--search", "honey"), "--exported is missing"),
        (("--exported", "2022-10-07"), "--search is missing"),
        (("--search", "honey", "--exported", "soon"), "'soon' is not a day"),
        (("--search", "honey", "--exported", "2022-02-30"), "'2022-02-30' is not a day"),
        (("--search", "honey", "--exported", "2022-10"), "'2022-10' is not a day"),
        ((*SEARCH, "--name", "Not An Id"), "'Not An Id' is not an id"),
        ((*SEARCH, "--name", "../away"), "'../away' is not an id"),
        ((*SEARCH, "--rules", "nowhere.yaml"), "cannot be opened"),
    ],
)
def test_what_is_asked_wrongly_is_a_problem(asked: tuple[str, ...], words: str, root: Path) -> None:
    printed = run(root, WHOLE, asked=asked)
    assert (printed.code, words in printed.problems) == (1, True), printed.problems
    assert written(root) == {}


def test_no_file_and_a_file_that_is_not_there_are_problems(root: Path) -> None:
    assert "no file is named" in run_files(root).problems
    assert "cannot be opened" in run_files(root, str(root / "nowhere.csv")).problems
    assert "cannot be opened" in run_files(root, str(root)).problems


def test_one_bad_file_of_two_stops_the_import(root: Path) -> None:
    assert run(root, WHOLE, "").code == 1
    assert written(root) == {}


def test_a_problem_leaves_the_export_that_was_there(root: Path) -> None:
    assert run(root, WHOLE).code == 0
    before = files_below(root / "data")
    assert run(root, WHOLE[:-60]).code == 1
    assert files_below(root / "data") == before


def test_a_folder_that_no_import_made_is_left_alone(root: Path) -> None:
    folder = root / "data/registry/mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", "utf-8")
    printed = run(root, WHOLE, asked=(*SEARCH, "--name", "mine"))
    assert "holds something that no import made" in printed.problems
    assert files_below(folder) == {"notes.txt": b"mine"}


def test_values_that_no_vocabulary_knows_are_counted_as_not_stated_and_listed(root: Path) -> None:
    export = classic(
        {"Phases": "Phase 9", "Status": "Buzzing", "Locations": "Hive, Atlantis"},
        {"NCT Number": "NCT00000002", "Phases": "Phase 9", "Start Date": "soon"},
        {"NCT Number": "NCT00000003", "Phases": "x" * 90, "Funded Bys": "Bees"},
    )
    printed = run(root, export)
    assert printed.code == 0
    assert "'Phase 9' (2)" in printed.out
    text = written(root)["clinicaltrials-gov-2022-10-07/provenance.yaml"].decode()
    for value in ("Phase 9", "Buzzing", "Atlantis", "soon", "Bees", "longer than 60 characters"):
        assert value in text
    assert "x" * 61 not in text


def test_columns_without_end_cost_a_message(root: Path) -> None:
    printed = run(root, "NCT Number," * 1_000_000 + "Title\n")
    assert printed.code == 1
    (entry,) = printed.entries
    assert "this file has 1,000,001 columns, more than the 500 that are read" in entry


def test_rules_without_end_cost_a_message(root: Path) -> None:
    (root / "data/registry/rules.yaml").write_text("a" * 2_000_001, "utf-8")
    printed = run(root, classic())
    (entry,) = printed.entries
    assert "this file has 2,000,001 bytes, more than the 2,000,000 that are read" in entry


@pytest.mark.parametrize("hidden", ["\x01", "\x1b", "\x9f", "\ud800", "\ufffe"])
def test_what_nobody_sees_in_an_export_is_written_nowhere(root: Path, hidden: str) -> None:
    study = api(1, contactsLocationsModule={"locations": [{"country": f"Nor{hidden}way"}]})
    assert run(root, json.dumps(study)).code == 0
    for raw in written(root).values():
        assert hidden not in raw.decode()
    csv = classic({"Locations": "Nor\x01way", "Status": "Odd\x02"})
    assert run(root, csv).code == 0
    for raw in written(root).values():
        assert not HIDDEN.search(raw.decode())
        assert "\\x0" not in raw.decode()
