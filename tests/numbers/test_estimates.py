"""How much two groups differ: what was printed, and what the counts give, with the digits of pages."""

from __future__ import annotations

from decimal import Decimal

from evidence.numbers.estimates import computed_estimates, has_effect, printed_estimate
from evidence.numbers.results import Computed
from evidence.numbers.statistics.effect import risk_ratio
from evidence.numbers.statistics.proportions import newcombe
from evidence.numbers.wording import further_words, ratio_text
from tests.findings import ARMS, DIFFERENCE, finding, study

PERCENTS = {name: {"percent": "40.0"} for name in ("treated", "control")}


def test_two_shares_alone_are_no_effect_but_counts_a_difference_and_a_p_value_are() -> None:
    trial = study()
    assert not has_effect(trial, finding(arms=PERCENTS))
    assert has_effect(trial, finding(arms=ARMS))
    assert has_effect(trial, finding(arms=PERCENTS, difference=DIFFERENCE))
    assert has_effect(trial, finding(arms=PERCENTS, p="0.03"))


def test_a_p_value_or_a_statement_without_two_groups_is_no_effect() -> None:
    assert not has_effect(study(), finding(p="0.03"))
    assert not has_effect(study(), finding(value="3", unit="points"))


def test_a_ratio_alone_is_an_effect_where_its_study_compares() -> None:
    ratio = finding(value="0.5", unit="hazard ratio")
    assert has_effect(study(design={"kind": "randomised-controlled-trial"}), ratio)
    assert has_effect(study(design={"kind": "systematic-review"}), ratio)
    assert not has_effect(study(design={"kind": "systematic-review", "control": "none"}), ratio)
    assert not has_effect(study(design={"kind": "cohort"}), ratio)


def test_what_was_printed_keeps_its_digits() -> None:
    printed = printed_estimate(finding(value="0.50", unit="risk ratio", interval=["0.30", "0.80"]))
    assert printed is not None
    assert (str(printed.value), printed.level) == ("0.50", None)
    assert list(map(str, printed.interval or ())) == ["0.30", "0.80"]
    assert printed_estimate(finding(arms=ARMS)) is None


def test_what_was_computed_has_the_digits_of_pages() -> None:
    counts = (58, 103), (39, 101)
    computed = Computed(
        difference_score=newcombe(*counts, 95.0), ratios=(risk_ratio(*counts, 95.0),)
    )
    difference, ratio = computed_estimates(computed)
    assert difference.value == Decimal("17.7")
    assert (difference.level, difference.measure) == (Decimal(95), "percentage points")
    assert str(ratio.value) == ratio_text(computed.ratios[0].ratio)
    assert str(ratio.value) in next(further_words(computed))
    assert list(computed_estimates(None)) == []
