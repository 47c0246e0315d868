"""A trial's page is made anew when something that it shows has changed, and only then."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from evidence.model.trial import Trial
from evidence.pages.trial import TrialFrame, trial_pages
from evidence.steps import render
from evidence.store import Made, Store
from tests.conftest import MakeProject
from tests.projects import MINIMAL, build_in_memory, change

WORDS = (
    (MINIMAL / "data/vocabularies.yaml").read_text("utf-8")
    + """\
phases:
  "1": {title: Phase 1, definition: One.}
statuses:
  recruiting: {title: Recruiting, definition: People are let in., ages: true}
  completed: {title: Completed, definition: It is over.}
"""
)
TRIAL = """\
name: Rest for colds
condition: cold
registry-id: NCT00000001
readings:
  - source: smith-2020
    locator: Table 1
    kind: paper
    read: 2026-11-21
    says: {condition: colds, phase: 1, route: by mouth, status: recruiting}
"""
OTHER = TRIAL.replace("NCT00000001", "NCT00000002").replace("source: smith-2020", "url: https://example.org/")  # fmt: skip
STUDY = (MINIMAL / "data/studies/smith-2020.yaml").read_text("utf-8")
FILES: dict[str, str | bytes] = {
    "data/trials/nct00000001.yaml": TRIAL,
    "data/trials/nct00000002.yaml": OTHER,
    "data/vocabularies.yaml": WORDS,
    "data/studies/smith-2020.yaml": f"{STUDY}registry: [NCT00000001]\n",
    "content/trials/index.md": "---\ntitle: Trials\nkind: trials\n---\nAll of them.\n",
}


@pytest.fixture
def project(with_files: MakeProject) -> Path:
    return with_files(FILES)


def changed(project: Path, cache: Store, file: str, old: str, new: str) -> set[str]:
    """Return the pages of trials that a change makes differ; with a cache as without one."""
    before = build_in_memory(project, cache).site.files
    change(project, file, old, new)
    after = build_in_memory(project, cache).site.files
    assert after == build_in_memory(project, Store(None)).site.files
    return {path for path in after if path.startswith("trials/") and after[path] != before[path]}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/trials/nct00000001.yaml", "route: by mouth", "route: by spoon"),
        ("data/vocabularies.yaml", "title: Phase 1", "title: First phase"),
        ("data/sources/smith-2020.yaml", "short: ", "short: The "),
        ("data/sources/smith-2020.yaml", "type: ", "issued: 2026\ntype: "),
        ("data/studies/smith-2020.yaml", "short: ", "short: The "),
        ("data/site.yaml", "title: The smallest site", "title: The least site"),
        ("content/trials/index.md", "title: ", "title: The "),
    ],
)
def test_what_a_trial_shows_is_part_of_its_key(
    file: str, old: str, new: str, project: Path, tmp_path: Path
) -> None:
    assert "trials/nct00000001.html" in changed(project, Store(tmp_path / "kept"), file, old, new)


def test_trials_that_show_nothing_of_a_change_are_not_made_again(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence.check.sources.trials.PACK", 1)
    kept = Store(tmp_path / "kept")
    build_in_memory(project, kept)
    change(project, "data/trials/nct00000001.yaml", "by mouth", "by spoon")
    made = list[str]()

    @functools.wraps(trial_pages)
    def noted(frame: TrialFrame, models: list[str], *more: Any) -> Made:
        made.extend(Trial.model_validate_json(model).id for model in models)
        return trial_pages(frame, models, *more)

    monkeypatch.setattr(render, "trial_pages", noted)
    build_in_memory(project, kept)
    assert made == ["nct00000001"]
