"""Tables go out as workbooks, and come back in."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from evidence.files.packed import packed
from evidence.files.workbooks import SHEETS, WRITTEN_ON, workbook
from evidence.model.columns import Column
from evidence.model.study import Study
from evidence.read.sheet import text_of_sheet
from evidence.run import Built
from evidence.steps.load import load
from evidence.steps.validate import validate
from evidence.store import Store
from tests.projects import GALLERY, TODAY, make_project, problems_of

TEXT, NUMBER = Column("text", ("text",)), Column("number", ("number",), "number")


def opened(raw: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw))


def book(*rows: tuple[str, str]) -> bytes:
    return workbook({"table": ((TEXT, NUMBER), rows)})


def listed(study: Study) -> bool:
    """Tell whether a finding of a study has a list, which no cell holds."""
    return any(
        found.also or [mark.kind for mark in found.marks] not in ([], ["uncertain"])
        for found in study.findings.values()
    )


def with_tables(built: Built, root: Path, names: list[str]) -> Path:
    """Return the gallery with the workbooks of studies in place of their findings."""
    project = make_project(root, GALLERY)
    for name in names:
        file = project / f"data/studies/{name}.yaml"
        text = re.sub(
            r"^(findings|table):.*\n((?:[ #].*)?\n)*",
            "",
            file.read_text("utf-8"),
            flags=re.MULTILINE,
        )
        file.write_text(f"{text}\ntable: {name}-again.xlsx\n", "utf-8")
        (project / "data/tables").mkdir(exist_ok=True)
        (project / f"data/tables/{name}-again.xlsx").write_bytes(
            built.site.files[f"studies/{name}.xlsx"]
        )
    return project


def test_what_went_out_comes_back_in(gallery_site: Built, tmp_path: Path) -> None:
    written = {path.stem for path in (GALLERY / "data/studies").glob("*.yaml")}
    studies = {
        name: study
        for name, study in gallery_site.report.studies.items()
        if name in written and study.findings
    }
    names = [name for name, study in studies.items() if not listed(study)]
    assert len(names) > 5
    project = with_tables(gallery_site, tmp_path, names)
    again = validate(load(project), TODAY, Store(None)).studies
    for name in names:
        assert again[name].findings == studies[name].findings, name


def test_a_list_that_comes_back_in_is_told(gallery_site: Built, tmp_path: Path) -> None:
    studies = gallery_site.report.studies
    name = next(
        name
        for name, study in studies.items()
        if listed(study) and (GALLERY / f"data/studies/{name}.yaml").exists()
    )
    found = problems_of(with_tables(gallery_site, tmp_path, [name]))
    hints = {problem.hint for problem in found if problem.rule == "csv-shape"}
    assert hints == {
        "A list has no place in a cell: write such a finding under 'findings:' in the file of the study."
    }


def test_every_study_links_its_workbook(gallery_site: Built) -> None:
    for name, study in gallery_site.report.studies.items():
        page = gallery_site.site.files[f"studies/{name}.html"].decode()
        assert (f'href="{name}.xlsx"' in page) == bool(study.findings), name
        assert (f"studies/{name}.xlsx" in gallery_site.site.files) == bool(study.findings), name


def test_the_open_data_is_one_workbook(gallery_site: Built) -> None:
    whole = opened(gallery_site.site.files["downloads/findings.xlsx"])
    assert whole.sheetnames == [table.name for table in SHEETS]
    findings = [[cell.value for cell in row] for row in whole["findings"].iter_rows()]
    assert findings[0] == [column.name for column in SHEETS[0].columns]
    assert len(findings) - 1 == sum(
        len(study.findings) for study in gallery_site.report.studies.values()
    )
    assert 'href="findings.xlsx"' in gallery_site.site.files["downloads/index.html"].decode()


@pytest.mark.parametrize("written", ["48.90", "37", "-3.2", "0.00001", "123456789012345", "0.10"])
def test_a_number_is_one_and_keeps_its_digits(written: str) -> None:
    cell = opened(book(("a", written))).active["B2"]
    assert cell.data_type == "n"
    assert Decimal(str(cell.value)) == Decimal(written)
    assert text_of_sheet("a.xlsx", book(("a", written))) == f"text,number\na,{written}\n"


def test_a_number_with_more_digits_than_a_program_keeps_is_text() -> None:
    cell = opened(book(("a", "1234567890.1234567"))).active["B2"]
    assert (cell.data_type, cell.value) == ("s", "1234567890.1234567")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1+2", "@SUM(A1)", "1/2", "3-6", "2026-02-01", "00123", "1e5", "TRUE", "#REF!"],
)
def test_text_is_text_whatever_it_looks_like(text: str) -> None:
    cell = opened(book((text, ""))).active["A2"]
    assert (cell.data_type, cell.value, cell.number_format) == ("s", text, "@")
    assert cell.quotePrefix == (text[0] in "=+-@")


def test_the_same_table_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = book(("a", "1.50"))
    assert WRITTEN_ON.encode() in zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml")
    later = SimpleNamespace(now=lambda tz: datetime(2044, 4, 4, tzinfo=tz))
    clock = SimpleNamespace(datetime=later, timezone=timezone)
    monkeypatch.setattr("openpyxl.writer.excel.datetime", clock)
    assert book(("a", "1.50")) == first
    assert {part.date_time for part in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }


def test_parts_are_packed_as_the_format_asks() -> None:
    parts = {"a/b.txt": b"one " * 1000, "é.txt": b"", "c": bytes(range(256))}
    with zipfile.ZipFile(io.BytesIO(packed(parts))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts
    assert len(packed(parts)) < 1000
