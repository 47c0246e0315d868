"""Whole imports: what is written, that it adds up, and that it is the same every time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from evidence.command import main
from evidence.model.export import Export
from evidence.read.binding import bind
from evidence.read.registered import COLUMNS
from evidence.read.yaml_file import read_yaml
from evidence.registry import storing
from tests.projects import ROOT, files_below
from tests.registry.exporting import (
    SEARCH,
    api,
    classic,
    counts,
    lay,
    page,
    portal,
    present,
    project,
    provenance,
    records,
    run,
    run_files,
    written,
)

NAME = "clinicaltrials-gov-2022-10-07"
MIXED = classic(
    {},
    {"NCT Number": "NCT00000002", "Conditions": "Burns", "Title": "Deep", "Locations": "A, Paris, France|B, Rome, Italy"},
    {"NCT Number": "NCT00000003", "Status": "Withdrawn", "Phases": "", "Start Date": "", "Locations": ""},
    {"NCT Number": "NCT00000004", "Study Type": "Observational", "Funded Bys": "NIH", "Conditions": "Bees", "Title": "Bees"},
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path)


def test_a_table_counts_what_is_there(root: Path) -> None:
    assert run(root, MIXED).code == 0
    assert counts(root, NAME, "country") == {
        ("other", "KOR", "South Korea"): 1,
        ("other", "", "several countries"): 1,
        ("other", "", "not stated"): 1,
        ("unclassified", "KOR", "South Korea"): 1,
    }
    assert counts(root, NAME, "condition") == {
        ("other", "heart"): 2,
        ("other", "skin"): 1,
        ("unclassified", "unclassified"): 1,
    }
    assert sum(counts(root, NAME, "status").values()) == 4
    assert counts(root, NAME, "status")["other", "withdrawn"] == 1
    assert counts(root, NAME, "year")["other", "not-stated"] == 1
    assert counts(root, NAME, "phase")["other", "not-stated"] == 1
    assert counts(root, NAME, "sponsor-class")["unclassified", "government"] == 1


def test_the_provenance_says_what_was_done(root: Path) -> None:
    other = portal({"TrialID": "ISRCTN00000001", "Secondary IDs": "NCT00000001"})
    run(root, MIXED + MIXED.split("\n")[1] + "\n", other, asked=(*SEARCH, "--name", "honey"))
    facts = provenance(root, "honey")
    assert facts["search"] == "honey cells"
    assert facts["exported"] == "2022-10-07"
    assert facts["newest-update"] == "2021-03-04"
    assert [each["rows"] for each in facts["files"]] == [5, 1]
    assert (facts["read"], facts["kept"]) == (6, 4)
    assert facts["dropped"] == {"same-row": 1, "same-trial": 1}


def test_what_was_written_can_be_bound_to_the_model(root: Path) -> None:
    run(root, MIXED)
    files = written(root)
    document = read_yaml("provenance.yaml", files[f"{NAME}/provenance.yaml"].decode())
    export, problems = bind(document, Export, {"id": NAME})
    assert problems == []
    assert export is not None
    kept = records(root, NAME)
    assert [record.id for record in kept] == sorted(record.id for record in kept)
    assert len(kept) == export.kept


def test_a_record_is_kept_as_the_registry_says_it_and_as_the_rules_sort_it(root: Path) -> None:
    changes = {
        "Sponsor/Collaborators": "Apiary Ltd|Hive", "Completion Date": "May 2022",
        "Results First Posted": "June 1, 2022", "Other IDs": "2012-000518-13",
    }  # fmt: skip
    run(root, classic(changes))
    (record,) = records(root, NAME)
    assert (record.condition, record.condition_by) == ("heart", "heart")
    assert (record.cell, record.cell_by) == ("bone-marrow", "bone marrow")
    assert (record.sponsor, record.sponsor_class) == ("Apiary Ltd", "academic-or-other")
    assert (str(record.start), str(record.completion)) == ("2020-06-17", "2022-05")
    assert (record.results, record.place, record.countries) == ("2022-06-01", "Seoul", ("KOR",))
    assert record.interventions == "Biological: bone marrow mesenchymal stem cells"


def test_every_column_of_a_record_is_written_by_its_name(root: Path) -> None:
    run(root, classic())
    header = written(root)[f"{NAME}/records.csv"].decode().split("\n")[0]
    assert tuple(header.split(",")) == COLUMNS


def test_the_same_input_gives_the_same_bytes_wherever_it_lies(tmp_path: Path) -> None:
    first, second = project(tmp_path / "one"), project(tmp_path / "two/deeper")
    run(first, MIXED)
    (path,) = lay(second, MIXED)
    moved = Path(path).rename(second / "another name.txt")
    run_files(second, str(moved))
    assert written(first) == written(second)
    run(first, MIXED)
    assert written(first) == written(second)


def test_the_same_bytes_come_from_another_process(root: Path) -> None:
    run(root, MIXED)
    here = written(root)
    command = [sys.executable, "build.py", "import", "registry", *lay(root, MIXED), *SEARCH]
    for seed in ("1", "2"):
        subprocess.run(
            [*command, "--root", str(root)],
            cwd=ROOT, env={"PYTHONHASHSEED": seed}, check=True, capture_output=True,
        )  # fmt: skip
        assert written(root) == here


def test_no_title_and_no_outcome_of_an_export_goes_into_the_output(root: Path) -> None:
    told = {"Outcome Measures": "Sweetness of the heart"}
    run(root, classic(told), present({"NCT Number": "NCT00000007"}), page(api(8)))
    everything = b"".join(written(root).values()).decode()
    for words in ("Honey Cells for the Heart", "Sweetness", "Apiary Hospital", "download"):
        assert words not in everything


def test_an_export_that_is_there_is_replaced_whole(root: Path) -> None:
    run(root, MIXED)
    (root / "data/registry" / NAME / "old.csv").write_text("old", "utf-8")
    run(root, classic())
    assert f"{NAME}/old.csv" not in written(root)
    assert provenance(root, NAME)["kept"] == 1
    assert [path.name for path in (root / "data/registry").iterdir()] != []
    assert not list((root / "data/registry").glob(".*"))


def test_a_failure_while_writing_leaves_what_was_there(root: Path) -> None:
    run(root, MIXED)
    before = files_below(root / "data")

    def breaking(after: int) -> Iterator[bytes]:
        yield from [b"new"] * after
        raise OSError("the disk is full")

    for whole in range(3):
        files: dict[str, Iterable[bytes]] = {f"{number}.csv": (b"new",) for number in range(whole)}
        files["last.csv"] = breaking(whole)
        with pytest.raises(OSError, match="the disk is full"):
            storing.store(files, root / "data/registry" / NAME)
        assert files_below(root / "data") == before


def test_a_failure_at_the_last_step_brings_back_what_was_there(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root, MIXED)
    before = files_below(root / "data")
    real = Path.rename

    def breaking(self: Path, target: Path) -> Path:
        if self.name.endswith("-new"):
            raise OSError("the folder is in use")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", breaking)
    with pytest.raises(OSError, match="in use"):
        storing.store({"year.csv": (b"new",)}, root / "data/registry" / NAME)
    assert files_below(root / "data") == before


def test_the_name_may_be_given(root: Path) -> None:
    run(root, classic(), asked=(*SEARCH, "--name", "honey-cells"))
    assert provenance(root, "honey-cells")["kept"] == 1


def test_options_may_stand_before_and_after_the_files(root: Path) -> None:
    (path,) = lay(root, classic())
    assert main(["--root", str(root), "import", "registry", *SEARCH, path]) == 0
    assert main(["import", *SEARCH, "registry", path, "--root", str(root)]) == 0


def test_import_without_more_tells_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import"]) == 2
    assert "build.py import registry FILE" in capsys.readouterr().err
    assert main(["import", "bees"]) == 2
