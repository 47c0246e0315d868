"""What an editor may choose of pooling: measures of two arms, methods, estimators, the prediction."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.figures import missing
from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import Item, items_of
from evidence.model.figure import Figure
from evidence.numbers.results import FigureResult
from tests.figures.declaring import Stated, drawn, figure_of, report_of, result_of, words_of
from tests.figures.inside import outside
from tests.figures.trials import BCG_ROWS, BCG_STATED, ungrouped


def arms(treated: dict[str, Any], control: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"arms": {"treated": treated, "control": control}, **fields}


def means(*studies: tuple[float, float, int, float, float, int]) -> Stated:
    return {
        f"s-{place}/pain": arms(
            {"value": m1, "sd": sd1, "n": n1}, {"value": m2, "sd": sd2, "n": n2}, unit="points"
        )
        for place, (m1, sd1, n1, m2, sd2, n2) in enumerate(studies)
    }


def counts(*studies: tuple[int, int, int, int]) -> Stated:
    return {
        f"s-{place}/death": arms({"events": a, "n": n}, {"events": c, "n": m})
        for place, (a, n, c, m) in enumerate(studies)
    }


def rates(*studies: tuple[int, float, int, float]) -> Stated:
    return {
        f"s-{place}/relapse": arms(
            {"events": x1, "person-years": t1}, {"events": x2, "person-years": t2}
        )
        for place, (x1, t1, x2, t2) in enumerate(studies)
    }


# Normand, Stat Med 1999;18:321-359, Table VIII: days in hospital (metafor's dat.normand1999)
DAYS = means(
    (55, 47, 155, 75, 64, 156), (27, 7, 31, 29, 4, 32), (64, 17, 75, 119, 29, 71),
    (66, 20, 18, 137, 48, 18), (14, 8, 8, 18, 11, 13), (19, 7, 57, 18, 4, 52),
    (52, 45, 34, 41, 34, 33), (21, 16, 110, 31, 27, 183), (30, 27, 60, 23, 20, 52),
)  # fmt: skip
# metafor's dat.nielweise2008: infections of the blood with coated catheters and with plain ones
CATHETERS = rates(
    (7, 1344, 11, 1988), (8, 1600, 8, 1461), (3, 12012, 14, 10962), (6, 1536, 10, 1503),
    (1, 370, 1, 483), (1, 729, 8, 913), (17, 6760, 15, 6840), (3, 1107, 7, 1015), (2, 320, 3, 440),
)  # fmt: skip
SPARSE = counts((0, 20, 3, 21), (1, 30, 4, 28), (2, 40, 2, 44), (0, 15, 1, 15))


def forest(stated: Stated, measure: str, **fields: Any) -> Figure:
    return figure_of("forest", list(stated), **{"measure": measure, "pooled": "overall", **fields})


def shown(stated: Stated, measure: str, **fields: Any) -> FigureResult:
    return result_of(forest(stated, measure, **fields), report_of(stated))


def parts(result: FigureResult, part: str) -> list[Item]:
    return [item for item in items_of(result) if item.part == part]


def refused(figure: Figure, stated: Stated) -> list[tuple[str, str]]:
    return [(message, hint) for _, message, hint in missing(figure, report_of(stated).findings)]


def test_days_in_hospital_are_pooled_as_metafor_pools_them() -> None:
    # rma(escalc("MD", ...), test="adhoc"): -15.1060, 95% CI -36.3187 to 6.1067
    result = shown(DAYS, "mean-difference")
    (pooled,) = parts(result, "pooled")
    assert pooled.printed == "−15.1 points (95% CI −36.3 to 6.1)"
    first = parts(result, "study")[0]
    assert first.sentence.startswith(
        "S 0: −20.0 points, 95% CI −32.5 to −7.5 (computed here), 55 (SD 47), n = 155"
    )
    assert first.treated_text == "55 (SD 47), n = 155"
    assert result.axis == "Mean difference, points"
    assert "Arms: mean (standard deviation), people." in result.conventions
    assert "Intervals of studies: computed here from the numbers of the arms." in result.conventions
    drawing = drawn(forest(DAYS, "mean-difference"), report_of(DAYS))
    assert "55 (47), 155" in words_of(drawing.wide)
    assert outside(drawing.wide) == outside(drawing.narrow) == []


def test_hedges_g_has_no_unit_of_its_own() -> None:
    result = shown(DAYS, "standardised-mean-difference")
    (pooled,) = parts(result, "pooled")
    # rma(escalc("SMD", ...), test="adhoc"): -0.5371, 95% CI -1.2503 to 0.1761
    assert pooled.printed == "−0.54 standard deviations (95% CI −1.25 to 0.18)"
    assert result.axis == "Standardised mean difference, Hedges’ g"
    mixed = {**DAYS, "s-0/pain": {**DAYS["s-0/pain"], "unit": "hours"}}
    assert refused(forest(mixed, "standardised-mean-difference"), mixed) == []
    messages = refused(forest(mixed, "mean-difference"), mixed)
    assert messages[0][0] == "'s-1/pain' is in points, the first row in hours"


def test_rates_are_compared_by_their_ratio() -> None:
    result = shown(CATHETERS, "rate-ratio", method="mantel-haenszel")
    first = parts(result, "study")[0]
    assert first.treated_text == "7 in 1,344 person-years"
    assert "rate ratio 0.94" in first.sentence
    (pooled,) = parts(result, "pooled")
    assert pooled.locator == "common effect by Mantel and Haenszel, Wald interval"
    # rma.mh(measure="IRR"): 0.6602, 95% CI 0.4608 to 0.9459; Q(8) 9.8652
    assert pooled.printed == "rate ratio 0.66 (95% CI 0.46 to 0.95)"
    assert "Q 9.9 with 8 degrees" in parts(result, "spread")[0].printed
    assert result.reference == 1
    assert "Arms: events in person-years." in result.conventions


@pytest.mark.parametrize(
    ("estimator", "tau_squared", "named"),
    [("REML", "0.31", "REML"), ("PM", "0.32", "Paule-Mandel"), ("DL", "0.31", "DerSimonian-Laird")],
)
def test_the_estimator_is_the_editors_choice(estimator: str, tau_squared: str, named: str) -> None:
    # metafor, rma(yi, vi, data=escalc("RR", ..., data=dat.bcg)): 0.3132, 0.3181 and 0.3088
    figure = figure_of("forest", ungrouped(BCG_ROWS), measure="risk-ratio", pooled="overall",
                       estimator=estimator)  # fmt: skip
    result = result_of(figure, report_of(BCG_STATED))
    (pooled,) = parts(result, "pooled")
    assert pooled.locator == f"random effects, tau² by {named}, ad hoc Hartung-Knapp interval"
    assert parts(result, "spread")[0].printed.startswith(f"tau² {tau_squared} (")
    assert named in " ".join(words_of(drawn(figure, report_of(BCG_STATED)).wide)) or named in (
        " ".join(result.conventions)
    )


def test_the_prediction_interval_can_be_left_out() -> None:
    rows = ungrouped(BCG_ROWS)
    for prediction, many in ((True, 1), (False, 0), (None, 1)):
        figure = figure_of("forest", rows, measure="risk-ratio", pooled="overall",
                           prediction=prediction)  # fmt: skip
        assert len(parts(result_of(figure, report_of(BCG_STATED)), "prediction")) == many
    share: Stated = {f"s-{n}/b": {"events": 3, "n": n} for n in (10, 12, 14)}
    assert len(parts(shown(share, "share"), "prediction")) == 1
    assert parts(shown(share, "share", prediction=False), "prediction") == []


def test_a_prediction_interval_is_of_the_true_effect() -> None:
    rows = ungrouped(BCG_ROWS)
    figure = figure_of("forest", rows, measure="risk-ratio", pooled="overall")
    (predicted,) = parts(result_of(figure, report_of(BCG_STATED)), "prediction")
    assert "the true effect of a further study like these would be expected within" in (
        predicted.sentence
    )


@pytest.mark.parametrize(
    ("method", "measure", "printed", "spread"),
    [
        ("mantel-haenszel", "risk-ratio", "risk ratio 0.64 (95% CI 0.59 to 0.69)", "152.6 with 12"),
        ("mantel-haenszel", "odds-ratio", "odds ratio 0.62 (95% CI 0.57 to 0.68)", "163.9 with 12"),
        ("peto", "odds-ratio", "odds ratio 0.62 (95% CI 0.57 to 0.67)", "167.7 with 12"),
        ("mantel-haenszel", "risk-difference", "−0.3 percentage points (95% CI −0.4 to −0.3)",
         "386.8 with 12"),
    ],
)  # fmt: skip
def test_bcg_is_pooled_by_sums_as_metafor_pools_it(
    method: str, measure: str, printed: str, spread: str
) -> None:
    figure = figure_of("forest", ungrouped(BCG_ROWS), measure=measure, pooled="overall",
                       method=method)  # fmt: skip
    result = result_of(figure, report_of(BCG_STATED))
    (pooled,) = parts(result, "pooled")
    assert pooled.printed == printed
    (words,) = [item.printed for item in parts(result, "spread")]
    assert f"Q {spread} degrees of freedom" in words
    assert "tau²" not in words
    assert parts(result, "prediction") == []
    cautions = [item.printed for item in parts(result, "caution")]
    assert any(
        each.startswith("The studies lie further apart than one common") for each in cautions
    )


def test_groups_are_pooled_by_sums_too_and_compared() -> None:
    figure = figure_of("forest", BCG_ROWS, measure="odds-ratio", pooled="both", method="peto")
    result = result_of(figure, report_of(BCG_STATED))
    assert len(parts(result, "pooled")) == 4
    (between,) = parts(result, "between")
    # rma.peto of each group, then rma(method="EE") of the three
    assert between.printed == "Q 21.3 with 2 degrees of freedom, P < 0.001"


def test_arms_without_any_event_are_counted_by_every_method() -> None:
    nobody = counts((0, 20, 0, 22), (0, 30, 0, 30))
    result = shown(nobody, "risk-difference", method="mantel-haenszel")
    (group,) = parts(result, "whole")
    assert group.sentence.endswith("0 of 50 treated and 0 of 52 controls")


@pytest.mark.parametrize("measure", ["risk-ratio", "odds-ratio", "risk-difference"])
def test_sparse_events_carry_a_caution_with_inverse_variance_alone(measure: str) -> None:
    words = "Events are sparse: in 2 of 4 studies a count is 0, and 1/2 was added to it."
    result = shown(SPARSE, measure)
    cautions = [item.printed for item in parts(result, "caution")]
    assert any(each.startswith(words) for each in cautions)
    assert words in result.alternative
    assert words in csv_bytes(result).decode("utf-8-sig")
    by_sums = shown(SPARSE, measure, method="mantel-haenszel")
    assert "Events are sparse" not in by_sums.alternative
    assert outside(drawn(forest(SPARSE, measure), report_of(SPARSE)).narrow) == []


def test_small_counts_are_sparse_where_most_studies_have_them() -> None:
    few = counts((2, 50, 4, 50), (3, 60, 9, 60), (9, 60, 12, 60))
    assert "in 2 of 3 studies a count is below 5" in shown(few, "risk-ratio").alternative
    more = {**few, "s-9/death": SPARSE["s-1/death"], "s-8/death": few["s-2/death"]}
    more["s-7/death"] = few["s-2/death"]
    assert "below 5" not in shown(more, "risk-ratio").alternative


def test_petos_method_warns_of_large_effects_and_of_uneven_arms() -> None:
    words = "Peto’s method is biased where the effect is large or arms differ much in size"
    large = counts((9, 50, 2, 50), (12, 60, 3, 60))
    uneven = counts((9, 50, 20, 120), (12, 60, 24, 140))
    small = counts((9, 50, 10, 50), (12, 60, 13, 60))
    for stated, warned in ((large, True), (uneven, True), (small, False)):
        assert (words in shown(stated, "odds-ratio", method="peto").alternative) is warned


def test_two_studies_carry_their_caution_by_every_method() -> None:
    two = counts((9, 50, 10, 50), (12, 60, 13, 60))
    for method in (None, "inverse-variance", "mantel-haenszel", "peto"):
        assert "Only two studies" in shown(two, "odds-ratio", method=method).alternative


def test_an_estimate_with_its_standard_error_is_pooled() -> None:
    stated: Stated = {
        "a/death": {"difference": {"value": 0.7, "standard-error": 0.15, "unit": "hazard ratio"}},
        "b/death": {
            "difference": {"value": 0.9, "interval": [0.67, 1.21], "level": 95,
                           "unit": "hazard ratio"},
        },
    }  # fmt: skip
    assert refused(forest(stated, "printed"), stated) == []
    first, second = parts(shown(stated, "printed"), "study")
    assert first.interval_text == "0.5 to 0.9"  # exp(log 0.7 -/+ 1.96 * 0.15), digits as printed
    assert (first.basis, second.basis) == ("computed", "reported")
    assert first.weight is not None
    assert abs(first.weight - 50) < 1  # both have nearly the same error


SHARES: Stated = {f"s-{n}/b": {"events": 3, "n": n} for n in (10, 12, 14)}


@pytest.mark.parametrize(
    ("stated", "measure", "fields", "message"),
    [
        (SPARSE, "risk-ratio", {"method": "peto"}, "the method of Peto is not for 'measure: risk-ratio'"),
        (DAYS, "mean-difference", {"method": "mantel-haenszel"},
         "the method of Mantel and Haenszel is not for 'measure: mean-difference'"),
        (SPARSE, "odds-ratio", {"method": "peto", "estimator": "DL"},
         "the method of Peto takes one effect for all studies: nothing varies between them"),
        (SPARSE, "odds-ratio", {"method": "peto", "prediction": True},
         "the method of Peto has no prediction interval"),
        (SPARSE, "odds-ratio", {"pooled": "none", "estimator": "PM"},
         "'estimator' says how studies are pooled, but nothing is pooled here"),
        (SHARES, "share", {"estimator": "REML"},
         "shares are pooled by one model, with the variance that has most likelihood"),
        (SHARES, "share", {"method": "mantel-haenszel"},
         "shares are pooled by one model, with the variance that has most likelihood"),
        (counts((1, 9, 2, 9), (3, 9, 2, 9)), "risk-ratio", {"prediction": True},
         "two studies have no prediction interval"),
        (counts((0, 9, 2, 9), (0, 9, 1, 9)), "risk-ratio", {"method": "mantel-haenszel"},
         "all events are in one arm, so their common ratio is 0 or infinite"),
        (counts((9, 9, 2, 9), (9, 9, 1, 9)), "odds-ratio", {"method": "mantel-haenszel"},
         "all events are in one arm, so their common ratio is 0 or infinite"),
        (counts((9, 9, 9, 9), (8, 8, 7, 7)), "risk-ratio", {"method": "mantel-haenszel"},
         "each arm has all events or none, so their common effect has no variance"),
        (counts((1, 1, 0, 1), (2, 2, 0, 3)), "risk-difference", {"method": "mantel-haenszel"},
         "each arm has all events or none, so their common effect has no variance"),
    ],
)  # fmt: skip
def test_a_method_that_does_not_fit_is_refused_in_words(
    stated: Stated, measure: str, fields: dict[str, Any], message: str
) -> None:
    found = refused(forest(stated, measure, **fields), stated)
    assert [each for each, _ in found] == [message]
    assert found[0][1]


@pytest.mark.parametrize(
    ("finding", "measure", "message"),
    [
        (arms({"value": 3, "n": 9}, {"value": 4, "n": 9}, unit="points"), "mean-difference",
         "'a/b' has no means of two arms with their standard deviations"),
        (arms({"value": 3, "sd": 0, "n": 9}, {"value": 4, "sd": 0, "n": 9}, unit="points"),
         "standardised-mean-difference",
         "'a/b' cannot be shown: nobody differs from the mean of the arm: nothing tells how exact it is"),
        (arms({"value": 3, "sd": 1, "n": 9}, {"value": 4, "sd": 2, "n": 9}), "mean-difference",
         "'a/b' has no unit of its means"),
        (arms({"events": 3, "n": 9}, {"events": 4, "n": 9}), "rate-ratio",
         "'a/b' has no rates of two arms"),
        (arms({"events": 0, "person-years": 9}, {"events": 0, "person-years": 9}), "rate-ratio",
         "'a/b' cannot be shown: no event in either arm: a rate ratio cannot be estimated"),
    ],
)  # fmt: skip
def test_what_a_finding_lacks_is_said(finding: dict[str, Any], measure: str, message: str) -> None:
    stated: Stated = {"a/b": finding}
    found = refused(forest(stated, measure, pooled="none"), stated)
    assert [each for each, _ in found] == [message]


def test_shares_of_groups_are_compared() -> None:
    stated: Stated = {
        "a/b": {"events": 3, "n": 10}, "b/b": {"events": 8, "n": 9}, "c/b": {"events": 5, "n": 20},
        "d/b": {"events": 6, "n": 30},
    }  # fmt: skip
    rows = [{"finding": name, "group": group} for name, group in zip(stated, "xxxy", strict=True)]
    figure = figure_of("forest", rows, measure="share", pooled="both")
    (between,) = parts(result_of(figure, report_of(stated)), "between")
    # metafor: rma.glmm of the first three, rma(measure="PLO") of the last, then rma(method="EE"):
    # Q 1.8697, P 0.1715
    assert between.printed == "Q 1.9 with 1 degree of freedom, P = 0.17"
    bare = {**stated, "d/b": {"events": 0, "n": 30}}
    assert parts(result_of(figure, report_of(bare)), "between") == []
