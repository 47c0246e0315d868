"""What a source says of its licence."""

from __future__ import annotations

from pathlib import Path

from tests.projects import change, problems_of

SOURCE = "data/sources/smith-2020.yaml"


def test_a_licence_that_is_not_in_the_list_is_told_with_the_nearest(minimal: Path) -> None:
    change(
        minimal, SOURCE, "kind: journal-article", "kind: journal-article\nlicence: CC-BY-NC-ND-4"
    )
    (problem,) = problems_of(minimal)
    assert problem.rule == "value-known"
    assert str(problem.place).startswith(f"{SOURCE}:5")
    assert problem.message == "'CC-BY-NC-ND-4' is not a licence that is known"
    assert problem.hint.startswith("Did you mean 'CC-BY-NC-ND-4.0'?")


def test_words_of_a_source_on_its_reuse_have_a_key_of_their_own(minimal: Path) -> None:
    change(
        minimal,
        SOURCE,
        "kind: journal-article",
        "kind: journal-article\nterms: All rights reserved",
    )
    assert problems_of(minimal) == []
