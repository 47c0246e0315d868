"""Trials are read in packs; a pack that was found sound is not read again while that can stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evidence.model.report import Report
from evidence.problems import ProblemsFoundError
from evidence.read.reading import Reading
from evidence.steps.load import load
from evidence.steps.validate import validate
from evidence.store import Store
from tests.conftest import MakeProject
from tests.invented import invented_files, real_words
from tests.projects import TODAY, change, trials_of, write

COUNT = 250
FIRST = "data/trials/nct90000000.yaml"


@pytest.fixture
def project(with_files: MakeProject) -> Path:
    words = real_words().model_dump(by_alias=True, exclude_none=True)
    words["conditions"]["cold"] = {"title": "Common cold", "definition": "A runny nose."}
    lists: dict[str, str | bytes] = {"data/vocabularies.yaml": json.dumps(words)}
    return with_files({**lists, **invented_files(COUNT, real_words())})


def validated(root: Path, cache: Store) -> Report:
    return validate(load(root), TODAY, cache)


def rules(root: Path, cache: Store) -> set[tuple[str, str]]:
    """Return what is wrong, as rule and file."""
    with pytest.raises(ProblemsFoundError) as raised:
        validated(root, cache)
    return {(problem.rule, problem.place.file) for problem in raised.value.problems}


def test_after_one_edit_only_its_pack_is_read(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Store(tmp_path / "kept")
    validated(project, kept)
    change(project, FIRST, '"registry-id": "NCT90000000"', '"registry-id":  "NCT90000000"')
    read = []
    document = Reading.document

    def noted(self: Reading, file: str, text: str | None = None, first_line: int = 1) -> object:
        read.append(file)
        return document(self, file, text, first_line)

    monkeypatch.setattr(Reading, "document", noted)
    warm = validated(project, kept)
    assert FIRST in read
    assert {file.rpartition("/")[0] for file in read} == {"data/trials"}
    assert len(read) < COUNT / 2
    monkeypatch.undo()
    clean = validated(project, Store(None))
    assert warm.trials == clean.trials
    assert list(warm.trials) == list(clean.trials) == sorted(clean.trials)
    assert trials_of(warm) == trials_of(clean)
    assert [pack.key for pack in warm.packs] == [pack.key for pack in clean.packs]


def test_a_sound_pack_is_read_again_when_a_word_has_gone(project: Path, tmp_path: Path) -> None:
    kept = Store(tmp_path / "kept")
    used = validated(project, kept).trials["nct90000000"].condition
    words = json.loads((project / "data/vocabularies.yaml").read_text("utf-8"))
    del words["conditions"][used]
    write(project, {"data/vocabularies.yaml": json.dumps(words)})
    assert ("value-known", FIRST) in rules(project, kept)


def test_a_sound_pack_is_read_again_when_a_source_has_gone(project: Path, tmp_path: Path) -> None:
    kept = Store(tmp_path / "kept")
    source = (project / "data/sources/smith-2020.yaml").read_text("utf-8")
    write(project, {"data/sources/another.yaml": source})
    change(project, FIRST, '"url": "https://example.org/records/0"', '"source": "another"')
    validated(project, kept)
    (project / "data/sources/another.yaml").unlink()
    assert rules(project, kept) == {("source-exists", FIRST)}


def test_a_file_of_another_name_than_its_record_is_found_among_sound_packs(
    project: Path, tmp_path: Path
) -> None:
    kept = Store(tmp_path / "kept")
    validated(project, kept)
    change(project, FIRST, '"registry-id": "NCT90000000"', '"registry-id": "NCT90000009"')
    (found,) = rules(project, kept)
    assert found == ("trial-named", FIRST)


def test_a_broken_trial_is_reported_in_every_run(project: Path, tmp_path: Path) -> None:
    kept = Store(tmp_path / "kept")
    validated(project, kept)
    change(project, FIRST, '"registry-id"', '"registry-idd"')
    for _ in range(2):
        assert rules(project, kept) == {("key-known", FIRST)}
