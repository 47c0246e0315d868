"""What was reported, beside what its counts give."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.numbers.agreement import agreements
from evidence.numbers.results import Computed
from evidence.numbers.statistics.difference import newcombe, wald
from evidence.numbers.statistics.proportion import clopper_pearson, wald_proportion
from evidence.run import Built
from evidence.steps.compute import compute
from evidence.store import Store
from tests.findings import ARMS, DIFFERENCE, finding


def verdicts(computed: Computed, **fields: Any) -> list[tuple[str, str]]:
    return [(each.quantity, each.verdict) for each in agreements(finding(**fields), computed)]


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
