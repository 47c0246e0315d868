"""The numbers of a supported claim are looked for among its findings."""

from __future__ import annotations

import dataclasses

import pytest

from evidence.check.reported import outcomes
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
