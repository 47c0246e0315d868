"""What editors get wrong in good faith is used as they meant it, or told of at its place (see tests/mistakes)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from evidence.problems import listed
from evidence.rules import RULES
from tests.projects import MINIMAL, ROOT, build_in_memory, make_project, problems_of

MISTAKES = ROOT / "tests" / "mistakes"
FOLDERS = sorted(folder.name for folder in MISTAKES.iterdir() if folder.is_dir())
KEYS = {"meant", "thread", "rule", "place", "words", "entries", "used", "page", "mends", "why"}


def mistake(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((MISTAKES / name / "mistake.yaml").read_text("utf-8"))
    return read


@pytest.mark.parametrize("name", FOLDERS)
def test_a_mistake_is_used_as_it_was_meant_or_told_of_at_its_place(
    name: str, tmp_path: Path
) -> None:
    told = mistake(name)
    project = make_project(tmp_path, MINIMAL, MISTAKES / name)
    problems = sorted(problems_of(project))
    if "used" in told:
        assert listed(problems) == []
        page = build_in_memory(project).site.files[told.get("page", "methods.html")].decode()
        assert told["used"] in page
        return
    entries = listed(problems)
    assert len(entries) == told.get("entries", 1), entries
    first = problems[0]
    assert (first.rule, str(first.place)) == (told["rule"], told["place"]), str(first)
    assert [words for words in told["words"] if words not in f"{first.message} {first.hint}"] == []


@pytest.mark.parametrize("name", FOLDERS)
def test_a_mistake_says_what_was_meant_and_whether_it_is_mended_in_one_go(name: str) -> None:
    told = mistake(name)
    assert told.keys() - KEYS == set()
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name)
    assert told["meant"]
    assert told["why"]
    assert isinstance(told["mends"], bool)
    assert ("used" in told) != ({"rule", "place", "words"} <= told.keys())
    assert told.get("rule", "key-known") in RULES
    assert re.match(r"https://\S+$", told.get("thread", "https://x"))


def test_mistakes_are_counted() -> None:
    told = [mistake(name) for name in FOLDERS]
    used = sum("used" in each for each in told)
    mended = sum(each["mends"] for each in told)
    public = sum("thread" in each for each in told)
    print(
        f"\n{len(told)} mistakes: {used} used as meant, {mended} mended in one go, {public} public"
    )
    assert len(told) >= 60
    assert mended >= len(told) * 0.9
