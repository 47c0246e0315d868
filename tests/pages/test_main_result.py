"""The result that a study's page begins with is chosen by one rule, whatever it says."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from evidence.model.finding import Finding
from evidence.numbers.comparisons import NO_OUTCOME
from evidence.pages.main_result import (
    ITSELF,
    OTHER,
    PRIMARY,
    MainResult,
    in_order,
    is_result,
    main_result,
)
from evidence.run import Built
from tests.findings import finding, study


def shares(events: int, n: int, others: int, of: int, **more: Any) -> dict[str, Any]:
    """Return what a finding says that compares two counted groups."""
    arms = {"treated": {"events": events, "n": n}, "control": {"events": others, "n": of}}
    return {"arms": arms, **more}


PEOPLE = {"value": 40, "unit": "patients"}


def main_of(**findings: dict[str, Any]) -> MainResult | None:
    found = [finding(id=name, **fields) for name, fields in findings.items()]
    return main_result(study(*found), {}, "With cells")


def chosen(**findings: dict[str, Any]) -> str | None:
    found = main_of(**findings)
    return found.finding.id if found else None


def test_a_primary_endpoint_goes_before_a_better_looking_result() -> None:
    good = shares(20, 20, 0, 20, outcome="better")
    poor = shares(5, 20, 5, 20, endpoint="primary")
    assert chosen(people=PEOPLE, good=good, poor=poor) == "poor"


def test_of_two_primary_results_that_of_more_people_is_shown() -> None:
    assessed = shares(53, 103, 36, 101, endpoint="primary")
    randomised = shares(53, 107, 36, 105, endpoint="primary")
    assert chosen(assessed=assessed, randomised=randomised) == "randomised"


def test_what_is_quoted_from_another_study_is_no_result_of_this_one() -> None:
    quoted = shares(5, 20, 5, 20, outcome="better", same_as="other/better")
    assert chosen(people=PEOPLE, quoted=quoted) is None


def test_what_only_says_how_many_took_part_is_no_result() -> None:
    assert chosen(people=PEOPLE) is None


def test_bars_are_as_long_as_the_shares_and_carry_their_counts() -> None:
    found = main_of(good=shares(30, 40, 10, 40))
    assert found is not None
    assert [(bar.group, bar.count, bar.percent) for bar in found.bars] == [
        ("With cells", "30 of 40", Decimal("75.0")),
        ("Without", "10 of 40", Decimal("25.0")),
    ]


def test_every_study_lists_all_its_findings_once_with_people_last(real_site: Built) -> None:
    for each in real_site.report.studies.values():
        groups = in_order(each, real_site.report.searches.values())
        listed = [one.id for _, findings in groups for one in findings]
        assert sorted(listed) == sorted(each.findings)
        headings = [heading for heading, _ in groups]
        assert PRIMARY not in headings[1:]
        assert ITSELF not in headings[:-1]
        assert OTHER not in headings[:-2]


def _must_have(one: Finding) -> bool:
    answers = one.outcome not in {None, NO_OUTCOME} or one.endpoint == "primary"
    return answers and one.same_as is None


def test_every_study_with_a_primary_endpoint_or_an_outcome_begins_with_a_result(
    real_site: Built,
) -> None:
    for each in real_site.report.studies.values():
        page = real_site.site.files[f"studies/{each.id}.html"].decode()
        begins = re.search(r'class="main-result" data-bound="([^"]+)"', page)
        if any(_must_have(one) for one in each.findings.values()):
            assert begins, each.id
            shown = real_site.report.findings[begins.group(1)]
            assert is_result(shown)
            primary = any(f.endpoint == "primary" and not f.same_as for f in each.findings.values())
            assert (shown.endpoint == "primary") is primary, each.id
            assert begins.start() < page.index('id="findings"')
