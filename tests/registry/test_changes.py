"""A later export is compared with the one before of the same search, and what changed is kept and said."""

from __future__ import annotations

import contextlib
import io
import shutil
from pathlib import Path

import pytest

from evidence.command import main
from evidence.model.export import FORM
from evidence.registry.shapes import SHAPES
from tests.projects import Printed
from tests.registry.exporting import (
    api,
    classic,
    lay,
    page,
    portal,
    present,
    project,
    provenance,
    run,
    run_files,
    written,
)

EARLIER = ("--search", "honey cells", "--exported", "2022-10-07")
LATER = ("--search", "Honey  cells", "--exported", "2023-10-07")
FIRST, SECOND = "clinicaltrials-gov-2022-10-07", "clinicaltrials-gov-2023-10-07"
BEFORE = classic(
    {"NCT Number": "NCT00000001"},
    {"NCT Number": "NCT00000002", "Status": "Completed"},
    {"NCT Number": "NCT00000003", "Status": "Not yet recruiting"},
)
AFTER = classic(
    {"NCT Number": "NCT00000001", "Status": "Completed", "Enrollment": "20", "Results First Posted": "June 1, 2023"},
    {"NCT Number": "NCT00000002", "Status": "Completed", "Start Date": "June 2020", "Phases": "Phase 2"},
    {"NCT Number": "NCT00000004", "Status": "Recruiting", "Locations": "A, Paris, France"},
)  # fmt: skip
CHANGES = """\
id,change,field,before,after
NCT00000001,changed,status,recruiting,completed
NCT00000001,changed,enrolment,24,20
NCT00000001,changed,results,,2023-06-01
NCT00000002,changed,phase,1/2,2
NCT00000002,changed,start,2020-06-17,2020-06
NCT00000003,gone,status,not-yet-recruiting,
NCT00000004,new,status,,recruiting
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path)


def changes(root: Path, name: str = SECOND) -> str:
    return written(root)[f"{name}/changes.csv"].decode()


def compare(root: Path, *words: str) -> Printed:
    out, problems = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(problems):
        code = main(["changes", "registry", *words, "--root", str(root)])
    return Printed(code, out.getvalue(), problems.getvalue())


def test_the_first_export_has_nothing_to_be_compared_with(root: Path) -> None:
    printed = run(root, BEFORE, asked=EARLIER)
    assert "Compared" not in printed.out
    assert f"{FIRST}/changes.csv" not in written(root)
    assert "compared-with" not in provenance(root, FIRST)


def test_a_later_export_is_compared_with_the_one_before(root: Path) -> None:
    run(root, BEFORE, asked=EARLIER)
    printed = run(root, AFTER, asked=LATER)
    assert printed.code == 0
    assert changes(root) == CHANGES
    assert provenance(root, SECOND)["compared-with"] == {"export": FIRST, "exported": "2022-10-07"}
    assert (
        f"Compared with {FIRST}, exported on 2022-10-07: 1 new, 1 gone, 2 changed." in printed.out
    )
    assert "1 are recruiting that were not, and 1 no longer are." in printed.out
    for line in (
        "       1 status", "       1 phase", "  NCT00000004 (recruiting)", "  NCT00000003 (not-yet-recruiting)",
        "  NCT00000001 enrolment: 24 -> 20", "  NCT00000001 results: nothing -> 2023-06-01",
    ):  # fmt: skip
        assert line in printed.out.splitlines()


@pytest.mark.parametrize(
    ("export", "asked"),
    [
        (AFTER, ("--search", "other words", "--exported", "2023-10-07")),
        (AFTER, ("--search", "honey cells", "--exported", "2022-10-07", "--name", "again")),
        (AFTER, ("--search", "honey cells", "--exported", "2021-10-07")),
        (portal(), ("--search", "honey cells", "--exported", "2023-10-07")),
    ],
)
def test_another_search_day_or_registry_is_not_compared(
    root: Path, export: str, asked: tuple[str, ...]
) -> None:
    run(root, BEFORE, asked=EARLIER)
    printed = run(root, export, asked=asked)
    assert printed.code == 0
    assert "Compared" not in printed.out
    assert not any(name.endswith("changes.csv") for name in written(root))


def test_exports_of_one_registry_are_compared_whatever_their_shape(root: Path) -> None:
    run(root, BEFORE, asked=EARLIER)
    run(root, page(api(1), api(2), api(3)), asked=LATER)
    assert changes(root).splitlines()[1:] == [
        "NCT00000002,changed,status,completed,recruiting",
        "NCT00000003,changed,status,not-yet-recruiting,recruiting",
    ]
    run(root, present(), asked=("--search", "honey cells", "--exported", "2024-10-07"))
    assert "NCT00000002,gone,status,recruiting," in changes(root, "clinicaltrials-gov-2024-10-07")


def test_the_name_of_a_format_says_its_registry() -> None:
    known = {shape.id: shape.registry for shape in SHAPES}
    assert {name: FORM.sub("", name) for name in known} == known
    assert FORM.sub("", "clinicaltrials-gov-json") == "clinicaltrials-gov"


def test_of_several_before_the_newest_is_compared(root: Path) -> None:
    run(root, AFTER, asked=("--search", "honey cells", "--exported", "2020-10-07"))
    run(root, BEFORE, asked=EARLIER)
    run(root, AFTER, asked=LATER)
    assert changes(root) == CHANGES


def test_importing_again_compares_again_and_gives_the_same_bytes(root: Path) -> None:
    run(root, BEFORE, asked=EARLIER)
    run(root, AFTER, asked=LATER)
    files = written(root)
    run(root, AFTER, asked=LATER)
    assert written(root) == files


def test_an_import_without_the_export_before_takes_the_changes_away(root: Path) -> None:
    run(root, BEFORE, asked=EARLIER)
    run(root, AFTER, asked=LATER)
    shutil.rmtree(root / "data/registry" / FIRST)
    run(root, AFTER, asked=LATER)
    assert f"{SECOND}/changes.csv" not in written(root)
    assert "compared-with" not in provenance(root, SECOND)


def test_an_export_that_takes_the_place_of_an_earlier_one_is_not_compared_with_it(
    root: Path,
) -> None:
    run(root, BEFORE, asked=(*EARLIER, "--name", "honey"))
    printed = run(root, AFTER, asked=(*LATER, "--name", "honey"))
    assert "Compared" not in printed.out
    assert "honey/changes.csv" not in written(root)


def test_a_column_that_was_not_downloaded_is_said_and_not_compared(root: Path) -> None:
    many = [{"NCT Number": f"NCT{number:08d}"} for number in range(1, 13)]
    run(root, classic(*({**study, "Completion Date": "May 2023"} for study in many)), asked=EARLIER)
    printed = run(root, classic(*many), asked=LATER)
    assert changes(root).splitlines() == ["id,change,field,before,after"]
    assert provenance(root, SECOND)["compared-with"]["not-compared"] == ["completion"]
    assert "Not compared: completion, which one of the two exports does not have." in printed.out


def test_other_rules_are_said_apart_and_are_no_change(root: Path) -> None:
    run(root, BEFORE, asked=EARLIER)
    rules = root / "data/registry/rules.yaml"
    text = rules.read_text("utf-8")
    rules.write_text(
        text.replace("any: [bone marrow]", "any: [bones]")
        .replace("[bone marrow cells]", "[bones]")
        .replace('"test"', '"next"'),
        "utf-8",
    )
    printed = run(root, BEFORE, asked=LATER)
    assert printed.code == 0, printed.problems
    assert changes(root).splitlines() == ["id,change,field,before,after"]
    assert (
        "The rules differ (version test, then next): sorted otherwise are 0 by condition, 3 by cell."
        in printed.out
    )
    rules.write_text(text, "utf-8")
    assert "The rules differ" not in run(root, BEFORE, asked=LATER).out


def test_an_export_before_that_is_not_sound_stops_the_import(root: Path) -> None:
    run(root, BEFORE, asked=EARLIER)
    (root / "data/registry" / FIRST / "records.csv").write_text("id\nNCT1\n", "utf-8")
    printed = run(root, AFTER, asked=LATER)
    assert printed.code == 1
    assert "the records of this export are not sound" in printed.problems
    assert not any(name.startswith(SECOND) for name in written(root))


# The command


def test_the_command_prints_it_again_and_writes_nothing(root: Path) -> None:
    run(root, BEFORE, asked=EARLIER)
    imported = run(root, AFTER, asked=LATER)
    files = written(root)
    for words in ((), (SECOND,)):
        printed = compare(root, *words)
        assert (printed.code, printed.problems) == (0, "")
        assert printed.out.strip() in imported.out
        assert "1 new, 1 gone, 2 changed" in printed.out
    assert written(root) == files


def test_the_command_mends_what_an_export_in_between_made_old(root: Path) -> None:
    run(root, BEFORE, asked=EARLIER)
    run(root, AFTER, asked=LATER)
    run(root, AFTER, asked=("--search", "honey cells", "--exported", "2023-01-01"))
    printed = compare(root)
    assert (
        "Compared with clinicaltrials-gov-2023-01-01, exported on 2023-01-01: 0 new, 0 gone, 0 changed."
        in printed.out
    )
    assert f"Written: data/registry/{SECOND}/changes.csv" in printed.out
    assert changes(root).splitlines() == ["id,change,field,before,after"]
    run(root, AFTER, asked=LATER)  # the same as an import
    assert compare(root).out.count("Written") == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "no search has two exports, of two days"),
        (("clinicaltrial-gov-2022-10-07",), f"Did you mean '{FIRST}'?"),
        ((FIRST,), f"'{FIRST}' has no earlier export of the same search"),
    ],
)
def test_the_command_says_when_there_is_nothing_to_compare(
    root: Path, words: tuple[str, ...], said: str
) -> None:
    run(root, BEFORE, asked=EARLIER)
    printed = compare(root, *words)
    assert printed.code == 1
    assert said in printed.problems


def test_whoever_is_stopped_while_an_export_is_exchanged_has_the_old_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root, BEFORE, asked=EARLIER)
    files = written(root)
    rename = Path.rename

    def stopped(self: Path, target: Path) -> Path:
        if self.name.endswith("-new"):
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        run_files(root, *lay(root, AFTER), asked=EARLIER)
    assert written(root) == files
