"""What was reported, beside what its counts give."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evidence.model.study import Study
from evidence.numbers.agreement import Agreement, agreements
from evidence.numbers.results import Computed
from evidence.numbers.statistics.effect import (
    PValueResult,
    chi_squared,
    difference_z,
    fisher_exact,
    odds_ratio,
    risk_ratio,
)
from evidence.numbers.statistics.proportions import (
    clopper_pearson,
    newcombe,
    wald,
    wald_proportion,
    wilson,
)
from evidence.run import Built
from evidence.steps.compute import compute
from evidence.store import Store
from tests.findings import ARMS, DIFFERENCE, finding, study


def verdicts(computed: Computed, **fields: Any) -> list[tuple[str, str]]:
    return [(each.quantity, each.verdict) for each in agreements(finding(**fields), computed)]


COUNTS = {"treated": {"events": 58, "n": 103}, "control": {"events": 39, "n": 101}}
COUNTED = Computed(difference=wald((58, 103), (39, 101)))
PROPORTION = Computed(proportion=clopper_pearson(37, 40))
BOTH = Computed(
    treated=clopper_pearson(58, 103),
    control=clopper_pearson(39, 101),
    difference=wald((58, 103), (39, 101)),
    difference_score=newcombe((58, 103), (39, 101)),
)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("92.5", "agrees"),
        ("93", "agrees"),
        ("92.6", "differs"),
        ("92", "differs"),
        ("92.50", "agrees"),
    ],
)
def test_a_percentage_agrees_to_its_last_printed_digit(value: str, verdict: str) -> None:
    found = verdicts(PROPORTION, events=37, n=40, value=value, unit="percent")
    assert found == [("percentage", verdict)]


@pytest.mark.parametrize(
    ("interval", "verdict"),
    [(("79.6", "98.4"), "agrees"), (("79.5", "98.4"), "close"), (("79.0", "98.4"), "differs")],
)
def test_an_interval_may_be_one_apart_in_its_last_digit(
    interval: tuple[str, str], verdict: str
) -> None:
    found = verdicts(PROPORTION, events=37, n=40, value="92.5", unit="percent", interval=interval)
    assert found == [("percentage", "agrees"), ("interval", verdict)]


SMALL = Computed(difference=wald((3, 4), (0, 4)), difference_score=newcombe((3, 4), (0, 4)))


@pytest.mark.parametrize(
    ("interval", "computed", "method"),
    [
        # printed beyond the scale: where it comes from is said
        (
            ("32.6", "117.4"),
            "32.6 to 117.4",
            "Wald interval, though it leaves the scale from −100 to 100",
        ),
        # printed within it: an impossible interval of ours is no comparison, however near
        (("32.6", "100"), "8.5 to 95.4", "Newcombe hybrid score interval"),
    ],
)
def test_an_impossible_interval_is_only_compared_with_one_that_was_printed(
    interval: tuple[str, str], computed: str, method: str
) -> None:
    difference = {**DIFFERENCE, "value": "75", "interval": interval}
    *_, found = agreements(finding(arms=ARMS, difference=difference), SMALL)
    assert (found.quantity, found.computed, found.method) == ("interval", computed, method)


def test_an_interval_without_width_is_only_compared_with_one_that_was_printed() -> None:
    every = Computed(difference=wald((4, 4), (0, 4)), difference_score=newcombe((4, 4), (0, 4)))
    for interval, method in (
        (("100", "100"), "Wald interval, though it has no width"),
        (("99", "100"), "Newcombe hybrid score interval"),
    ):
        difference = {**DIFFERENCE, "value": "100", "interval": interval}
        *_, found = agreements(finding(arms=ARMS, difference=difference), every)
        assert found.method == method


def test_a_wald_interval_of_few_people_is_not_the_nearest_when_it_goes_below_0() -> None:
    few = Computed(proportion=clopper_pearson(1, 10), other_intervals=(wald_proportion(1, 10),))
    fields = {"events": 1, "n": 10, "value": "10", "unit": "percent"}
    *_, found = agreements(finding(**fields, interval=("0", "28.6")), few)
    assert found.computed == "0.3 to 44.5"
    *_, found = agreements(finding(**fields, interval=("-8.6", "28.6")), few)
    assert found.method == "Wald interval, though it leaves the scale from 0 to 100"


def test_arms_and_their_difference_are_compared() -> None:
    found = verdicts(BOTH, arms=ARMS, difference=DIFFERENCE)
    assert [quantity for quantity, _ in found] == [
        "percentage of the treated",
        "percentage of the control group",
        "difference",
        "interval",
    ]
    assert {verdict for _, verdict in found} == {"agrees"}


def test_an_interval_is_compared_with_the_method_that_comes_nearest() -> None:
    score = {**DIFFERENCE, "interval": ["4.0", "30.5"]}
    methods = [
        [each.method for each in agreements(finding(arms=ARMS, difference=difference), BOTH)][-1]
        for difference in (DIFFERENCE, score)
    ]
    assert methods == ["Wald interval", "Newcombe hybrid score interval"]


TESTS = (
    PValueResult(0.0116, None, "chi-squared test"),
    PValueResult(0.0182, None, "Fisher's exact test"),
    PValueResult(0.0104, None, "z test"),
)


@pytest.mark.parametrize(
    ("printed", "shown", "verdict", "computed", "method"),
    [
        # the test that comes nearest, whichever stands first
        ("0.018", "0.018", "agrees", "0.018", "Fisher's exact test"),
        ("0.010", "0.010", "agrees", "0.010", "z test"),
        ("0.012", "0.012", "agrees", "0.012", "chi-squared test"),
        ("0.0116", "0.0116", "agrees", "0.0116", "chi-squared test"),
        ("0.02", "0.02", "agrees", "0.018", "Fisher's exact test"),
        (".01", "0.01", "agrees", "0.010", "z test"),
        # one apart in the last digit, and two
        ("0.019", "0.019", "close", "0.018", "Fisher's exact test"),
        ("0.009", "0.009", "close", "0.010", "z test"),
        ("0.020", "0.020", "differs", "0.018", "Fisher's exact test"),
        ("0.008", "0.008", "differs", "0.010", "z test"),
        ("0.03", "0.03", "close", "0.018", "Fisher's exact test"),
        ("0.04", "0.04", "differs", "0.018", "Fisher's exact test"),
        # a bound holds when it holds for one test
        ("<0.0105", "<0.0105", "agrees", "0.0104", "z test"),
        ("<0.0104", "<0.0104", "differs", "0.0104", "z test"),  # a bound leaves itself out
        ("≤0.0104", "≤0.0104", "agrees", "0.0104", "z test"),
        ("<0.01", "<0.01", "differs", "0.010", "z test"),
        ("< 0.05", "<0.05", "agrees", "0.010", "z test"),
        (">0.0181", ">0.0181", "agrees", "0.0182", "Fisher's exact test"),
        (">0.0182", ">0.0182", "differs", "0.0182", "Fisher's exact test"),
        ("≥0.0182", "≥0.0182", "agrees", "0.0182", "Fisher's exact test"),
        (">0.005", ">0.005", "agrees", "0.018", "Fisher's exact test"),
    ],
)
def test_a_p_value_is_compared_with_the_test_that_comes_nearest(
    printed: str, shown: str, verdict: str, computed: str, method: str
) -> None:
    for tests in (TESTS, TESTS[::-1]):
        (found,) = agreements(finding(arms=COUNTS, p=printed), Computed(p_values=tests))
        assert (found.quantity, found.reported, found.verdict) == ("P value", shown, verdict)
        assert (found.computed, found.method) == (computed, method)


def test_a_p_value_without_counts_is_not_compared() -> None:
    assert list(agreements(finding(p="0.010"), Computed(p_values=TESTS))) == []
    assert list(agreements(finding(arms=COUNTS, p="0.010"), Computed())) == []


@pytest.mark.parametrize(
    ("value", "printed", "verdict", "computed"),
    [
        ("17.7", "17.7", "agrees", "17.7"),
        ("18", "18", "agrees", "18"),
        ("17.70", "17.70", "agrees", "17.70"),
        ("17.6", "17.6", "differs", "17.70"),  # a digit more shows why
        ("17", "17", "differs", "17.7"),
        ("-17.7", "−17.7", "differs", "17.70"),
    ],
)
def test_a_difference_agrees_to_its_last_printed_digit(
    value: str, printed: str, verdict: str, computed: str
) -> None:
    difference = {"value": value, "unit": "percentage points"}
    (found,) = agreements(finding(arms=COUNTS, difference=difference), COUNTED)
    assert (found.quantity, found.reported) == ("difference", printed)
    assert (found.verdict, found.computed) == (verdict, computed)


def test_a_difference_in_another_unit_is_not_compared() -> None:
    difference = {**DIFFERENCE, "unit": "points"}
    assert list(agreements(finding(arms=COUNTS, difference=difference), COUNTED)) == []


@pytest.mark.parametrize(
    ("level", "interval"),
    [("90", ("6.4", "29.0")), ("95", ("4.2", "31.2")), ("97.5", ("2.3", "33.1")),
     ("99", ("0.0", "35.4"))],
)  # fmt: skip
def test_an_interval_of_a_difference_is_compared_at_its_own_level(
    level: str, interval: tuple[str, str], minimal_site: Built
) -> None:
    difference = {
        "value": "17.7",
        "interval": interval,
        "level": level,
        "unit": "percentage points",
    }
    one = study(finding(arms=ARMS, difference=difference))
    found = [each.verdict for each in _all_agreements(minimal_site, one)]
    assert found == ["agrees"] * 4
    (computed,) = _computed_of(minimal_site, one).values()
    counts = (58, 103), (39, 101)
    assert computed.difference_score == newcombe(*counts, float(level))
    assert computed.ratios[0] == risk_ratio(*counts, float(level))
    assert computed.ratios[1] == odds_ratio(*counts, float(level))


@pytest.mark.parametrize(
    ("level", "interval"),
    [(None, ("80.1", "97.4")), ("95", ("80.1", "97.4")), ("90", ("82.7", "97.0")),
     ("99", ("74.8", "98.1"))],
)  # fmt: skip
def test_an_interval_of_a_share_is_compared_at_its_own_level(
    level: str | None, interval: tuple[str, str], minimal_site: Built
) -> None:
    fields = {"events": 37, "n": 40, "value": "92.5", "unit": "percent", "interval": interval}
    one = study(finding(**fields, **({"level": level} if level else {})))
    *_, found = _all_agreements(minimal_site, one)
    assert (found.verdict, found.method) == ("agrees", wilson(37, 40).method)


def test_the_tests_of_a_p_value_are_those_of_the_counts(minimal_site: Built) -> None:
    one = study(finding(arms=ARMS, p="0.010"))
    (address,) = (f"{one.id}/{name}" for name in one.findings)
    counts = (58, 103), (39, 101)
    computed = _computed_of(minimal_site, one)[address]
    assert computed.p_values == (
        chi_squared(*counts),
        chi_squared(*counts, correction=True),
        fisher_exact(*counts),
        difference_z(*counts, pooled=False),
    )
    assert computed.difference == wald(*counts)
    assert computed.difference_score == newcombe(*counts)
    assert [ratio.ratio for ratio in computed.ratios] == [
        risk_ratio(*counts).ratio,
        odds_ratio(*counts).ratio,
    ]


def _all_agreements(site: Built, one: Study) -> list[Agreement]:
    return [
        agreement
        for address, computed in _computed_of(site, one).items()
        for agreement in agreements(one.findings[address.partition("/")[2]], computed)
    ]


def _computed_of(site: Built, one: Study) -> dict[str, Computed]:
    findings = {f"{one.id}/{name}": each for name, each in one.findings.items()}
    report = replace(site.report, studies={one.id: one}, findings=findings)
    return compute(report, Store(None)).findings


def test_what_cannot_be_computed_is_not_compared() -> None:
    assert verdicts(Computed(), value="92.5", unit="percent") == []
    assert list(agreements(finding(value="5", unit="points"), None)) == []


def test_a_comparison_reads_as_a_sentence() -> None:
    (found,) = agreements(finding(events=37, n=40, value="92.6"), PROPORTION)
    assert found.sentence == (
        "The printed percentage, 92.6%, differs from the one computed, 92.50% (events / n)."
    )


def test_the_sites_own_numbers_are_compared(gallery_site: Built) -> None:
    report = gallery_site.report
    results = compute(report, Store(None))
    found = {
        address: [each.verdict for each in agreements(each_finding, results.computed(address))]
        for address, each_finding in report.findings.items()
    }
    assert found["rest-2020/better"] == ["agrees", "agrees"]
    assert set(found["honey-2019/cough-free"]) == {"agrees"}


MIRRORED = Computed(difference=wald((0, 4), (3, 4)), difference_score=newcombe((0, 4), (3, 4)))


@pytest.mark.parametrize(
    ("interval", "method"),
    [
        (("-100", "-32.6"), "Newcombe hybrid score interval"),  # -100 is still on the scale
        (("-100.1", "-32.6"), "Wald interval, though it leaves the scale from −100 to 100"),
    ],
)
def test_the_scale_of_a_difference_ends_at_100_on_both_sides(
    interval: tuple[str, str], method: str
) -> None:
    difference = {**DIFFERENCE, "value": "-75", "interval": interval}
    *_, found = agreements(finding(arms=COUNTS, difference=difference), MIRRORED)
    assert (found.quantity, found.method) == ("interval", method)


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        # without a difference of its own, the level of the finding is that of its two arms
        ({"value": "2.05", "unit": "odds ratio", "interval": ["1.2", "3.4"], "level": "90"}, 90.0),
        ({"value": "2.05", "unit": "odds ratio", "interval": ["1.2", "3.4"]}, 95.0),
        # a difference that states no level has the usual one, whatever the finding has
        ({"value": "2.05", "unit": "odds ratio", "level": "90",
          "difference": {**DIFFERENCE, "level": None}}, 95.0),
        ({"difference": {**DIFFERENCE, "level": "99"}, "level": "90"}, 99.0),
    ],
)  # fmt: skip
def test_two_arms_are_computed_at_the_level_of_what_was_printed_of_them(
    fields: dict[str, Any], level: float, minimal_site: Built
) -> None:
    one = study(finding(arms=COUNTS, **fields))
    (computed,) = _computed_of(minimal_site, one).values()
    assert computed.difference_score == newcombe((58, 103), (39, 101), level)
    assert computed.difference == wald((58, 103), (39, 101), level)


def test_a_percentage_of_an_arm_is_printed_and_computed_with_its_sign() -> None:
    first, second, *_ = agreements(finding(arms=ARMS), BOTH)
    assert (first.reported, first.computed, first.method) == ("56.3%", "56.3%", "events / n")
    assert (second.reported, second.computed) == ("38.6%", "38.6%")
