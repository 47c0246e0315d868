"""What was computed: what a check is about, and how a synthesis comes back from what was kept."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from evidence.numbers.results import CheckResult, PoolingQuestion, revived
from evidence.numbers.synthesising import synthesised


@pytest.mark.parametrize(
    ("result", "about"),
    [
        (CheckResult("sum", "smith-2020/improved", "passed", "Yes."), ("smith-2020", "improved")),
        (CheckResult("sum", "smith-2020", "failed", "No."), ("smith-2020", "")),
        (CheckResult("says", "smith-2020/cures", "failed", "No.", of_claim=True), ("", "")),
    ],
)
def test_a_check_is_about_a_finding_a_study_or_a_claim(
    result: CheckResult, about: tuple[str, str]
) -> None:
    assert (result.study, result.finding) == about


@pytest.mark.parametrize("wanted", ["overall", "subgroups", "cumulative", "leave-one-out"])
@pytest.mark.parametrize("measure", ["share", "risk-ratio", "risk-difference"])
def test_a_synthesis_comes_back_whole(measure: str, wanted: str) -> None:
    studies: tuple[tuple[float, ...], ...] = ((3, 10, 1, 12), (5, 20, 2, 18), (9, 30, 4, 31))
    if measure == "share":
        studies = tuple(each[:2] for each in studies)
    asked = PoolingQuestion(
        measure,
        studies,
        groups=("a", "b", "b"),
        years=(2001, 2002, 2002),
        wanted=(wanted,),  # type: ignore[arg-type]
    )
    made = synthesised(asked)
    assert revived(json.loads(json.dumps(asdict(made)))) == made
