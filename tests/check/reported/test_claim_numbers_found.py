"""The numbers of a supported claim are looked for among its findings."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from evidence.check.reported import outcomes
from evidence.check.reported.claims import numbers_of
from evidence.model.claim import Claim, Ledger, Verdict
from evidence.run import Built
from tests.findings import ARMS, finding, study


@pytest.mark.parametrize(
    ("says", "verdict", "found"),
    [
        ("It was 56.3% against 38.6%.", "supported", ["passed"]),
        ("It was 58 of 103 children.", "supported-with-a-caveat", ["passed"]),
        ("It was 57 of 103 children.", "supported", ["failed"]),
        ("It was 1,204 children on day 7.", "supported", ["failed"]),
        ("It was better.", "supported", []),
        ("It was 12% in 2019.", "contradicted", []),
    ],
)
def test_each_number_stands_in_a_finding(
    says: str, verdict: Verdict, found: list[str], gallery_site: Built
) -> None:
    one = study(finding(arms=ARMS, time="day 7"))
    claim = Claim(
        id="a", locator="A", topic="A", says=says, verdict=verdict, severity="none", shows="A",
        why="A", findings=("smith-2020/improved",),
    )  # fmt: skip
    ledger = Ledger(id="paper", document="newspaper", title="A", intro="A", claims={"a": claim})
    report = dataclasses.replace(
        gallery_site.report,
        studies={one.id: one},
        findings={"smith-2020/improved": one.findings["improved"]},
        ledgers={"paper": ledger},
    )
    checked = [each for each in outcomes(report) if each.check == "claim-numbers-found"]
    assert [each.verdict for each in checked] == found


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        ({"value": "56.30", "unit": "percent"}, {"56.3"}),
        ({"value": "50.0", "interval": ["40", "60.50"], "unit": "points"}, {"50", "40", "60.5"}),
        ({"events": 1204, "n": 2000}, {"1204", "2000"}),
        ({"p": "<0.0010"}, {"0.001"}),
        ({"arms": {"treated": {"value": "4.0"}, "control": {"value": "3.1"}}}, {"4", "3.1"}),
        ({"arms": {"treated": {"percent": "4.5", "events": 9, "n": 200}, "control": {"n": 7}}},
         {"4.5", "9", "200", "7"}),
        ({"difference": {"value": "17.7", "interval": ["4.2", "31.2"], "unit": "points"}},
         {"17.7", "4.2", "31.2"}),
        ({"date": "2019-05-01"}, {"2019", "5", "1"}),
        ({"statement": "Of 1,204 one, twice."}, {"1204"}),
        ({"events": 0, "time": "day 07"}, {"0", "7"}),
    ],
)  # fmt: skip
def test_every_number_of_a_finding_is_known_as_plain_digits(
    fields: dict[str, Any], numbers: set[str]
) -> None:
    assert numbers_of(finding(**fields)) == numbers
