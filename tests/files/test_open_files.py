"""The open data: the package holds for the tool of its makers, the database has the same rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence.files.open_database import database, in_database
from evidence.model.columns import Column
from evidence.model.open_data import LEADING, OF_TRIALS, TABLES
from evidence.model.open_table import OpenTable
from evidence.model.open_views import VIEWS
from evidence.numbers.status import CONFIRMED, confirmed_of, status_of
from evidence.run import Built
from evidence.workers import Workers
from tests.files.opened import DATABASE, PACKAGE, opened, read, rows, validated, written
from tests.projects import MINIMAL, Drawn, build_in_memory, change, make_project, trials_of

NUMBERS = {"whole": "INTEGER", "truth": "INTEGER", "number": "REAL"}


@pytest.fixture(params=["minimal_site", "gallery_site", "real_site"])
def site(request: pytest.FixtureRequest) -> Built:
    """Each of the sites that are built for all."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Built)
    return found


def test_frictionless_finds_no_error_in_the_package(site: Built, tmp_path: Path) -> None:
    report = validated(written(site, tmp_path))
    assert report.flatten(["name", "type", "note"]) == []
    assert report.valid
    assert [task.name for task in report.tasks] == [table.name for table in TABLES]
    counted = {task.name: task.stats.get("rows", 0) for task in report.tasks}
    assert counted == {table.name: len(rows(site, table)) for table in TABLES}


def broken(table: str, before: str, after: str) -> Callable[[Path], None]:
    def breaking(folder: Path) -> None:
        change(folder, f"downloads/{table}.csv", before, after)

    return breaking


@pytest.mark.parametrize(
    ("breaking", "kind"),
    [
        (broken("claim-findings", "strong,honey-2019,cough-free\n", "strong,honey-2019,cough-gone\n"), "foreign-key"),
        (broken("sources", "honey-2019,", "money-2019,"), "foreign-key"),
        (broken("study-trials", ",nct00000001\n", ",nct00000099\n"), "foreign-key"),
        (broken("countries", "spain,", ","), "constraint-error"),
        (broken("discrepancies", ",reported,", ",told,"), "constraint-error"),
        (broken("search-queries", "honey,2,", "honey,two,"), "type-error"),
        (broken("source-readings", ",2026-11-20,", ",20 November,"), "constraint-error"),
        (broken("countries", ",Spain,", ",Spein,"), "hash-count"),
    ],
)  # fmt: skip
def test_the_tool_would_find_a_broken_key_cell_or_checksum(
    breaking: Callable[[Path], None], kind: str, gallery_site: Built, tmp_path: Path
) -> None:
    package = written(gallery_site, tmp_path)
    breaking(tmp_path)
    if kind != "hash-count":  # which would be told first, and nothing else
        told = json.loads(package.read_text("utf-8"))
        for resource in told["resources"]:
            del resource["hash"], resource["bytes"]
        package.write_text(json.dumps(told), "utf-8")
    assert kind in {row[0] for row in validated(package).flatten(["type"])}


def test_the_package_says_bytes_and_hash_of_each_file_and_every_source(gallery_site: Built) -> None:
    files = gallery_site.site.files
    package = json.loads(files[PACKAGE])
    assert [each["name"] for each in package["resources"]] == [table.name for table in TABLES]
    for resource in package["resources"]:
        raw = files[f"downloads/{resource['path']}"]
        assert resource["bytes"] == len(raw)
        assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    titles = [each["title"] for each in package["sources"]]
    assert titles == [
        f"{each.short}: {each.title}" for each in gallery_site.report.sources.values()
    ]
    assert [each["name"] for each in package["licenses"]] == ["CC-BY-4.0"]


def test_types_units_and_keys_in_the_package_are_those_of_the_columns(gallery_site: Built) -> None:
    package = json.loads(gallery_site.site.files[PACKAGE])
    schemas = {each["name"]: each["schema"] for each in package["resources"]}
    fields = {each["name"]: each for each in schemas["findings"]["fields"]}
    assert schemas["findings"]["primaryKey"] == ["study", "finding"]
    assert {"fields": ["rating-source"], "reference": {"resource": "sources", "fields": ["source"]}} in (
        schemas["findings"]["foreignKeys"]
    )  # fmt: skip
    assert fields["arms-treated-percent"]["type"] == "number"
    assert fields["arms-treated-percent"]["unit"] == "percent"
    assert fields["arms-treated-n"]["type"] == "integer"
    assert fields["p"]["type"] == fields["date"]["type"] == "string"
    assert fields["counts"]["constraints"] == {"required": True, "enum": ["reported", "derived"]}
    design = {each["name"]: each for each in schemas["studies"]["fields"]}["design-phase"]
    assert "'1/2" in design["constraints"]["enum"]  # as the cell is written
    assert schemas["sources"]["fields"][0]["constraints"] == {"required": True, "unique": True}


def test_no_column_of_numbers_or_dates_can_have_the_apostrophe_of_a_spreadsheet(
    site: Built,
) -> None:
    guarded = {
        column.shape
        for table in TABLES
        for row in rows(site, table)
        for column in table.columns
        if row[column.name].startswith("'")
    }
    assert guarded <= {"text", "listed"}


def test_the_database_is_whole_and_its_keys_lead_somewhere(site: Built) -> None:
    with opened(site.site.files[DATABASE]) as base:
        assert [tuple(row) for row in base.execute("PRAGMA integrity_check")] == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        names = {
            row["name"]
            for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    assert names == {in_database(table.name) for table in TABLES}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_database_has_the_rows_of_the_file_in_their_order(
    table: OpenTable, site: Built
) -> None:
    with opened(site.site.files[DATABASE]) as base:
        found = [
            tuple(row)
            for row in base.execute(f"SELECT * FROM {in_database(table.name)} ORDER BY rowid")  # noqa: S608
        ]
    wanted = [
        tuple(read(column, row[column.name]) for column in table.columns)
        for row in rows(site, table)
    ]
    assert found == wanted


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_database_has_the_types_and_keys_of_the_columns(
    table: OpenTable, minimal_site: Built
) -> None:
    name = in_database(table.name)
    with opened(minimal_site.site.files[DATABASE]) as base:
        columns = base.execute(f"PRAGMA table_info({name})").fetchall()
        leading = base.execute(f"PRAGMA foreign_key_list({name})").fetchall()

    def told(column: Column) -> tuple[str, str, int]:
        return in_database(column.name), NUMBERS.get(column.shape, "TEXT"), int(column.filled)

    assert [tuple(row)[1:4] for row in columns] == [told(column) for column in table.columns]
    key = sorted((row["pk"], row["name"]) for row in columns if row["pk"])
    assert [column for _, column in key] == [in_database(column) for column in table.key]
    found = {(row["table"], row["from"], row["to"]) for row in leading}
    assert found == {
        (in_database(own.table), in_database(ours), in_database(other))
        for own in LEADING[table.name]
        for ours, other in zip(own.columns, own.key, strict=True)
    }


def test_text_in_the_database_is_as_it_was_written(tmp_path: Path) -> None:
    root = make_project(tmp_path, MINIMAL)
    for name in ("note: '=1+2 is no sum'", "page: 1-4", 'publisher: "\'=kept"'):
        change(root, "data/sources/smith-2020.yaml", "kind:", f"{name}\nkind:")
    built = build_in_memory(root)
    (row,) = (each for each in rows(built, table_of("sources")) if each["source"] == "smith-2020")
    assert (row["note"], row["page"], row["publisher"]) == ("'=1+2 is no sum", "'1-4", "'=kept")
    with opened(built.site.files[DATABASE]) as base:
        found = base.execute("SELECT note, page, publisher FROM sources").fetchone()
    assert tuple(found) == ("=1+2 is no sum", "1-4", "'=kept")


def table_of(name: str) -> OpenTable:
    return next(table for table in TABLES if table.name == name)


def test_counts_are_those_of_the_site(site: Built) -> None:
    report = site.report
    counted = {
        "findings": len(report.findings),
        "studies": len(report.studies),
        "sources": len(report.sources),
        "claims": len(report.claims()),
        "trials": len(report.trials),
        "searches": len(report.searches),
        "exports": len(report.exports),
        "records": sum(export.kept for export in report.exports.values()),
        "source_readings": sum(len(each.reading) for each in report.sources.values()),
        "search_items": sum(len(each.items) for each in report.searches.values()),
    }
    with opened(site.site.files[DATABASE]) as base:
        for name, count in counted.items():
            assert base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] == count, name  # noqa: S608


def test_views_show_findings_with_their_sources_and_trials_that_were_confirmed(site: Built) -> None:
    report = site.report
    with opened(site.site.files[DATABASE]) as base:
        found = {view.name: base.execute(f"SELECT * FROM {view.name}").fetchall() for view in VIEWS}  # noqa: S608
    assert len(found["findings_with_sources"]) == len(report.findings)
    for row in found["findings_with_sources"]:
        finding = report.findings[f"{row['study']}/{row['finding']}"]
        assert row["source_title"] == report.sources[finding.source].title
        assert row["study_title"] == report.studies[row["study"]].title
    arms = [address for address, finding in report.findings.items() if finding.arms is not None]
    assert {f"{row['study']}/{row['finding']}" for row in found["comparisons"]} == set(arms)
    assert {row["claim"] for row in found["claims_with_findings"]} == {
        claim.id for claim in report.claims().values()
    }
    confirmed = {row["id"]: row["status-confirmed"] for row in rows(site, table_of("trials"))}
    assert confirmed == {
        trial.id: CONFIRMED[confirmed_of(status_of(trial, report), report.today)]
        for trial in trials_of(report).values()
    }
    recently = {name for name, when in confirmed.items() if when == CONFIRMED["recently"]}
    assert {row["id"] for row in found["confirmed_trials"]} == recently


def test_datasette_is_told_of_every_table_column_and_view(gallery_site: Built) -> None:
    told = json.loads(gallery_site.site.files["downloads/datasette.json"])
    assert told["license_url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told["source_url"] == "https://example.org/colds/"
    described = told["databases"]["evidence"]["tables"]
    with opened(gallery_site.site.files[DATABASE]) as base:
        for name, about in described.items():
            columns = [row["name"] for row in base.execute(f"PRAGMA table_info({name})")]
            assert about["title"]
            assert about["description"]
            assert list(about.get("columns", columns)) == columns
        listed = {
            row["name"]
            for row in base.execute("SELECT name FROM sqlite_master WHERE type != 'index'")
        }
    assert listed == described.keys()


def test_the_open_data_has_the_same_bytes_with_any_number_of_workers(gallery: Path) -> None:
    alone = build_in_memory(gallery, Drawn()).site.files
    with Workers(3) as workers:
        shared = build_in_memory(gallery, Drawn(workers)).site.files
    paths = [path for path in alone if path.startswith("downloads/")]
    assert len(paths) > len(TABLES)
    assert [path for path in paths if alone[path] != shared[path]] == []


def test_the_database_says_nothing_of_when_it_was_made() -> None:
    tables: dict[str, list[list[str]]] = {
        table.name: [] for table in TABLES if table not in OF_TRIALS
    }
    assert database(tables, []).body == database(tables, []).body
