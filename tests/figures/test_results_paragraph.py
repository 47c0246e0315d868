"""The results of a figure as a paragraph: made of the same result as its drawing."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.figures.results_paragraph import results_paragraph
from evidence.model.figure import Figure
from evidence.model.report import Report
from tests.figures.declaring import figure_of, report_of, result_of

SHARES = {"a": (37, 40), "b": (12, 30), "c": (5, 20), "d": (9, 50)}
TRIALS = {"a": ((12, 40), (16, 38)), "b": ((30, 61), (25, 60)), "c": ((9, 22), (7, 24))}


def of_shares(counts: dict[str, tuple[int, int]]) -> tuple[Figure, Report]:
    stated = {f"{name}/x": {"events": events, "n": n} for name, (events, n) in counts.items()}
    return figure_of("forest", list(stated), measure="share", pooled="overall"), report_of(stated)


def of_trials(measure: str, counts: Any = TRIALS, pooled: str = "overall") -> tuple[Figure, Report]:
    stated = {
        f"{name}/x": {
            "arms": {
                "treated": {"events": treated[0], "n": treated[1]},
                "control": {"events": control[0], "n": control[1]},
            }
        }
        for name, (treated, control) in counts.items()
    }
    return figure_of("forest", list(stated), measure=measure, pooled=pooled), report_of(stated)


def paragraph(figure: Figure, report: Report) -> str:
    return results_paragraph(figure, result_of(figure, report), report.findings)


def test_shares_are_told_with_studies_people_estimate_spread_and_prediction() -> None:
    figure, report = of_shares(SHARES)
    result = result_of(figure, report)
    words = results_paragraph(figure, result, report.findings)
    assert words.startswith(
        "4 studies with 140 people were pooled; 63 of the people had the outcome. The pooled share is "
    )
    pooled = next(item for item in result.items if getattr(item, "part", "") == "pooled")
    predicted = next(item for item in result.items if getattr(item, "part", "") == "prediction")
    assert f"The pooled share is {pooled.printed}." in words
    assert (
        f"The true share in a further study like these is expected between {predicted.low}% and "
        f"{predicted.high}% (95% prediction interval)." in words
    )
    assert "There is no comparison group." in words
    assert "Heterogeneity: tau² = " in words
    assert ", I² = " in words
    assert result.synthesis is not None
    assert result.synthesis.overall is not None
    assert words.endswith(f"Method: {result.synthesis.overall.method}.")


def test_a_ratio_says_where_there_is_no_difference() -> None:
    words = paragraph(*of_trials("risk-ratio"))
    assert words.startswith("3 studies with 245 people were pooled. Together, the risk ratio ")
    assert "a ratio of 1 would be no difference" in words
    assert "The true effect in a further study like these is expected between " in words
    assert "comparison group" not in words


def test_a_difference_is_told_in_its_unit() -> None:
    words = paragraph(*of_trials("risk-difference"))
    assert "Together, the difference is " in words
    assert "percentage points (95% CI " in words
    assert "; 0 would be no difference" in words


def test_two_studies_cannot_say_where_a_further_one_would_be() -> None:
    two = {name: TRIALS[name] for name in ("a", "b")}
    words = paragraph(*of_trials("odds-ratio", two))
    assert "With fewer than three studies it cannot be said" in words
    assert "prediction" not in words


def test_where_nobody_had_the_outcome_nothing_is_said_to_be_pooled() -> None:
    words = paragraph(*of_shares({"a": (0, 12), "b": (0, 30), "c": (0, 23)}))
    assert words.startswith(
        "In each of 3 studies with 65 people nobody had the outcome, or everybody, and nothing was pooled."
    )
    assert "The share of all people is 0.0% (95% CI 0.0 to 5.5" in words
    assert "tau²" not in words


def test_of_a_figure_with_subgroups_all_together_are_told() -> None:
    figure, report = of_trials("risk-ratio", pooled="both")
    groups = ("young", "old", "young")
    rows = [
        row.model_copy(update={"group": group})
        for row, group in zip(figure.rows, groups, strict=True)
    ]
    grouped = figure.model_copy(update={"rows": tuple(rows)})
    assert paragraph(grouped, report) == paragraph(*of_trials("risk-ratio"))


def test_a_figure_that_pools_nothing_has_no_paragraph() -> None:
    with pytest.raises(ValueError, match="the figure 'tried' pools nothing"):
        paragraph(*of_trials("risk-ratio", pooled="none"))
