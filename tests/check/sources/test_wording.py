"""Words that sum up fit the tables, and like is compared with like in the sentence itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import INVALID, MINIMAL, change, make_project, places_of


def rules(root: Path) -> list[str]:
    return [rule for _, rule in places_of(root)]


@pytest.mark.parametrize(
    ("sentence", "fits"),
    [
        ("This is the only randomised trial.", False),
        ("It was only one randomised trial.", False),
        ("No randomised trial was found.", False),
        ("We found no meta-analysis.", True),
        ("We found no placebo-controlled trial.", True),
        ("A randomised trial was found.", True),
        ("It had no comparison group.", True),
        ("No comparison was found.", False),
        ("The only trial of this dose is old.", False),
        ("The results point in different directions.", False),
        ("In [[jones-2021/improved|arms]], the only randomised trial, few improved.", True),
        ("With [[smith-2020/improved]], it is the only randomised trial.", False),
    ],
)
def test_words_follow_from_what_was_found(sentence: str, fits: bool, tmp_path: Path) -> None:
    root = make_project(tmp_path, MINIMAL, INVALID / "words-follow-table")
    change(root, "content/colds.md", "This is the only randomised trial.", sentence)
    assert rules(root) == ([] if fits else ["words-follow-table"])


def test_a_first_trial_makes_the_only_one_true(tmp_path: Path) -> None:
    root = make_project(tmp_path, MINIMAL, INVALID / "words-follow-table")
    second = "  - {name: A second trial, kind: randomised-trial, became: not-readable}\n"
    change(root, "data/searches/colds.yaml", second, "")
    assert rules(root) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- [[smith-2020/improved]] improved.", False),
        ("- [[smith-2020/improved]], [[smith-2020/improved|baseline]], improved.", True),
        ("- [[smith-2020/improved]] improved. They were [[smith-2020/improved|baseline]].", False),
        ("| A | B |\n| --- | --- |\n| x | [[smith-2020/improved|of]] |", False),
        (
            (
                "| A | B |\n| --- | --- |\n"
                "| [[smith-2020/improved|baseline]] | [[smith-2020/improved|of]] |"
            ),
            True,
        ),
        ("- Of [[smith-2020/improved|n]] people.", True),
    ],
)
def test_a_share_of_untreated_people_says_when_they_were_first_seen(
    text: str, told: bool, tmp_path: Path
) -> None:
    root = make_project(tmp_path, MINIMAL, INVALID / "baseline-shown")
    change(root, "content/colds.md", "- [[smith-2020/improved]] improved.", text)
    assert rules(root) == ([] if told else ["baseline-shown"])
