"""Each consistency check passes what can be true, and fails what cannot."""

from __future__ import annotations

import dataclasses
from datetime import date as Date
from pathlib import Path
from typing import Any

import pytest

from evidence.check.reported import CHECKS, counts, outcomes
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.run import Built
from tests.findings import finding, study

Fields = dict[str, Any]
PERCENT: Fields = {"unit": "percent"}


@pytest.fixture(scope="module")
def report(gallery_site: Built) -> Report:
    """A report to put studies in."""
    return gallery_site.report


def verdicts(report: Report, name: str, *findings: Finding, **fields: Any) -> list[str]:
    """Return the verdicts of one check on a study that holds ``findings``."""
    one = study(*findings, **fields)
    own = {f"{one.id}/{each.id}": each for each in one.findings.values()}
    changed = dataclasses.replace(report, studies={one.id: one}, findings=own, ledgers={})
    return [each.verdict for each in outcomes(changed) if each.check == name]


def with_id(name: str, **fields: Any) -> Finding:
    return finding(id=name, **fields)


ARMS = {"treated": {"percent": "56.3", "events": 58, "n": 103},
        "control": {"percent": "38.6", "events": 39, "n": 101}}  # fmt: skip
DIFFERENCE = {
    "value": "17.7",
    "interval": ["4.2", "31.2"],
    "level": "95",
    "unit": "percentage points",
}


ZERO = {**DIFFERENCE, "interval": ["-1.0", "36.4"]}


@pytest.mark.parametrize(
    ("name", "fields", "verdict"),
    [
        ("events-within-n", {"events": 37, "n": 40}, ["passed"]),
        ("events-within-n", {"events": 37}, ["not-applicable"]),
        ("events-within-n", {"arms": ARMS}, ["passed", "passed"]),
        ("events-within-n", {"n": 40}, []),
        ("percentage-against-counts", {"events": 37, "n": 40, "value": "92.5"}, ["passed"]),
        ("percentage-against-counts", {"events": 37, "n": 40, "value": "92.6"}, ["failed"]),
        ("percentage-against-counts", {"events": 1, "n": 8, "value": "12", **PERCENT}, ["passed"]),
        ("percentage-against-counts", {"events": 1, "n": 8, "value": "13", **PERCENT}, ["passed"]),
        ("percentage-against-counts", {"events": 2, "n": 3, "value": "66", **PERCENT}, ["failed"]),
        ("percentage-against-counts", {"value": "92.5", **PERCENT}, ["not-applicable"]),
        ("percentage-against-counts", {"value": "92.5", "unit": "points"}, []),
        ("percentage-against-counts", {"arms": ARMS}, ["passed", "passed"]),
        ("percentage-reachable", {"value": "92.5", "n": 40, **PERCENT}, ["passed"]),
        ("percentage-reachable", {"value": "52.0", "n": 40, **PERCENT}, ["failed"]),
        ("percentage-reachable", {"value": "52.0", "n": 2439, **PERCENT}, ["not-applicable"]),
        ("percentage-reachable", {"value": "52.0", **PERCENT}, ["not-applicable"]),
        ("percentage-reachable", {"arms": ARMS}, ["passed", "passed"]),
        ("interval-holds-estimate", {"value": "5", "interval": ["1", "9"], **PERCENT}, ["passed"]),
        ("interval-holds-estimate", {"value": "0", "interval": ["1", "9"], **PERCENT}, ["failed"]),
        ("interval-holds-estimate", {"value": "5", "interval": ["-1", "9"], **PERCENT}, ["failed"]),
        ("interval-holds-estimate", {"value": "5", "interval": ["-1", "9"], "unit": "points"},
         ["passed"]),
        ("interval-holds-estimate", {"value": "95", "interval": ["9", "101"], **PERCENT}, ["failed"]),
        ("interval-holds-estimate", {"value": "1", "interval": ["0", "9"], "unit": "odds ratio"},
         ["failed"]),
        ("interval-holds-estimate", {"events": 1, "n": 2, "interval": ["1", "99"]},
         ["not-applicable"]),
        ("interval-holds-estimate", {"difference": DIFFERENCE}, ["passed"]),
        ("p-against-interval", {"difference": DIFFERENCE, "p": "0.010"}, ["passed"]),
        ("p-against-interval", {"difference": DIFFERENCE, "p": "0.10"}, ["failed"]),
        ("p-against-interval", {"difference": DIFFERENCE, "p": "<0.05"}, ["passed"]),
        ("p-against-interval", {"p": "0.10"}, ["not-applicable"]),
        # bounds: what they leave open is no contradiction
        ("p-against-interval", {"difference": DIFFERENCE, "p": "<0.10"}, ["passed"]),
        ("p-against-interval", {"difference": DIFFERENCE, "p": ">0.01"}, ["passed"]),
        ("p-against-interval", {"difference": DIFFERENCE, "p": ">0.05"}, ["failed"]),
        ("p-against-interval", {"difference": DIFFERENCE, "p": "≤0.05"}, ["passed"]),
        ("p-against-interval", {"difference": ZERO, "p": "<0.10"}, ["passed"]),
        ("p-against-interval", {"difference": ZERO, "p": "<0.05"}, ["failed"]),
        ("p-against-interval", {"difference": ZERO, "p": ">0.05"}, ["passed"]),
        # at the interval's own level
        ("p-against-interval", {"difference": {**DIFFERENCE, "level": "90"}, "p": "0.08"}, ["passed"]),
        ("p-against-interval", {"difference": {**DIFFERENCE, "level": "99"}, "p": "0.02"}, ["failed"]),
        # an end on no effect does not leave it out
        ("p-against-interval", {"difference": {**DIFFERENCE, "interval": ["0", "35"]}, "p": "0.01"},
         ["failed"]),
        # of the difference, where there is one
        ("p-against-interval", {"difference": ZERO, "value": "5", "unit": "points", "level": "95",
                                "interval": ["1", "9"], "p": "0.10"}, ["passed"]),
        # counts, at their edge
        ("events-within-n", {"events": 40, "n": 40}, ["passed"]),
        ("events-within-n", {"events": 0, "n": 40}, ["passed"]),
        ("percentage-against-counts", {"events": 2, "n": 3, "value": "66.7", **PERCENT}, ["passed"]),
        ("percentage-against-counts", {"events": 2, "n": 3, "value": "66.6", **PERCENT}, ["failed"]),
        ("percentage-against-counts", {"arms": {"treated": {"percent": "56"}, "control": {}}},
         ["not-applicable"]),
        ("interval-holds-estimate", {"value": "1", "interval": ["1", "9"], **PERCENT}, ["passed"]),
        ("interval-holds-estimate", {"value": "9", "interval": ["1", "9"], **PERCENT}, ["passed"]),
        ("interval-holds-estimate", {"value": "50", "interval": ["0", "100"], **PERCENT}, ["passed"]),
        ("p-against-interval",
         {"value": "1.4", "interval": ["1.1", "1.9"], "level": "95", "unit": "risk ratio", "p": "0.2"},
         ["failed"]),
        ("p-against-interval",
         {"value": "1.4", "interval": ["0.9", "1.9"], "level": "95", "unit": "risk ratio", "p": "0.2"},
         ["passed"]),
    ],
)  # fmt: skip
def test_a_finding_passes_or_fails(
    name: str, fields: Fields, verdict: list[str], report: Report
) -> None:
    assert verdicts(report, name, finding(**fields)) == verdict


@pytest.mark.parametrize(
    ("parts", "declared", "verdict"),
    [
        (["60", "40"], {"whole": 100}, "passed"),
        (["60", "30"], {"whole": 100}, "failed"),
        (["60", "50"], {"whole": 100, "rest": "note"}, "failed"),
        (["60", "30"], {"whole": 100, "rest": "note"}, "passed"),
        (["33.3", "33.3", "33.3"], {"whole": 100}, "passed"),  # within rounding
        (["33.3", "33.3", "33.0"], {"whole": 100}, "failed"),
        (["7", "5"], {"total": "total"}, "passed"),
        (["7", "6"], {"total": "total"}, "failed"),
        (["60", "40"], {"whole": 100, "rest": "note"}, "passed"),
        (["33.0", "33.0", "33.85"], {"whole": 100}, "failed"),  # just beyond rounding
        (["33.0", "33.0", "33.9"], {"whole": 100}, "passed"),
    ],
)
def test_parts_add_up_or_the_rest_is_stated(
    parts: list[str], declared: Fields, verdict: str, report: Report
) -> None:
    names = [f"part-{number}" for number in range(len(parts))]
    findings = [
        with_id(name, value=part, unit="percent" if "." in part else "people")
        for name, part in zip(names, parts, strict=True)
    ]
    findings += [with_id("total", value="12", unit="people"), with_id("note", statement="No.")]
    found = verdicts(report, "parts-add-up", *findings, sums=[{"parts": names, **declared}])
    assert found == [verdict]


@pytest.mark.parametrize(
    ("total", "verdict"),
    [("163", "passed"), ("365", "passed"), ("366", "failed"), ("400", "failed"), ("560", "failed")],
)
def test_years_without_a_number_hold_what_is_left(total: str, verdict: str, report: Report) -> None:
    findings = [
        with_id("total", value=total, unit="trials"),
        with_id("mean", value="11", unit="trials a year"),
        with_id("peak", value="73", unit="trials"),
    ]
    means = [{"finding": "mean", "first": 2010, "last": 2014}]
    years = {"total": "total", "peak": "peak", "means": means, "last": 2019}
    assert verdicts(report, "years-fit-total", *findings, years=years) == [verdict]


def test_years_that_are_all_stated_leave_nothing_to_check(report: Report) -> None:
    findings = [
        with_id("total", value="55", unit="trials"),
        with_id("mean", value="11", unit="trials a year"),
        with_id("peak", value="11", unit="trials"),
    ]
    means = [{"finding": "mean", "first": 2010, "last": 2014}]
    years = {"total": "total", "peak": "peak", "means": means, "last": 2014}
    found = verdicts(report, "years-fit-total", *findings, years=years)
    assert found == ["not-applicable"]


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("2018-05", "2018-06-01", "passed"),
        ("2018", "2018", "passed"),
        ("2019", "2018-12-31", "failed"),
    ],
)
def test_dates_come_in_the_declared_order(
    first: str, second: str, verdict: str, report: Report
) -> None:
    dates = with_id("granted", date=first), with_id("withdrawn", date=second)
    found = verdicts(report, "dates-in-order", *dates, order=[["granted", "withdrawn"]])
    assert found == [verdict]


def test_a_trial_starts_before_it_is_completed_without_being_told(report: Report) -> None:
    dates = with_id("start", date="2020"), with_id("completion", date="2019")
    assert verdicts(report, "dates-in-order", *dates) == ["failed"]


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        ("NCT01541579", "passed"),
        ("NCT0154157", "failed"),
        ("nct01541579", "failed"),
        ("ISRCTN00000001", "passed"),
        ("2009-017045-13", "passed"),
        ("EudraCT 2009-017045-13", "passed"),
        ("EUCT 2024-514033-37-00", "passed"),
        ("EUCT 2024-514033", "failed"),
        ("IRCT20240618062167N1", "passed"),
        ("irct: nonsense", "failed"),
        ("A made-up register 12", "failed"),
    ],
)
def test_a_registry_identifier_has_the_form_of_its_registry(
    number: str, verdict: str, report: Report
) -> None:
    assert verdicts(report, "registry-id-formed", finding(n=5), registry=[number]) == [verdict]


@pytest.mark.parametrize(
    ("quoted", "verdict"),
    [
        ({"p": "0.01", "arms": ARMS}, "passed"),
        ({"p": "0.02"}, "failed"),
        ({"p": ".01"}, "passed"),
        ({"p": "<0.01"}, "failed"),
        ({"p": "0.1"}, "failed"),
        ({"arms": {"treated": {"percent": "56.4"}, "control": {"percent": "38.6"}}}, "failed"),
        ({"arms": {"treated": {"percent": "56.3"}, "control": {"percent": "38.5"}}}, "failed"),
        ({"events": 5}, "passed"),  # what only one of them states cannot differ
    ],
)
def test_a_number_that_is_cited_twice_is_the_same(
    quoted: Fields, verdict: str, report: Report
) -> None:
    one = with_id("primary", arms=ARMS, p="0.010")
    other = with_id("quoted", same_as="smith-2020/primary", **quoted)
    assert verdicts(report, "one-number-once", one, other) == [verdict]


@pytest.mark.parametrize(
    ("as_of", "verdict"),
    [
        ("2026-01", "passed"),
        ("2024-11-25", "passed"),
        ("2024-11-21", "passed"),  # two years ago to the day
        ("2024-11-20", "failed"),
        ("2024-11", "failed"),
    ],
)
def test_a_status_is_not_older_than_two_years(as_of: str, verdict: str, report: Report) -> None:
    status = with_id("status", statement="Recruiting.", as_of=as_of)
    on_the_day = dataclasses.replace(report, today=Date(2026, 11, 21))
    assert verdicts(on_the_day, "status-fresh", status) == [verdict]


def test_a_status_without_a_date_has_that_of_its_source_or_is_not_believed(report: Report) -> None:
    status = with_id("status", statement="Recruiting since spring.", source="honey-2019")
    source = report.sources[status.source]
    for issued, verdict in ((None, "failed"), ("2019", "failed"), ("2026-02", "passed")):
        dated = Source.model_validate({**source.model_dump(by_alias=True), "issued": issued})
        changed = dataclasses.replace(
            report, sources={**report.sources, source.id: dated}, today=Date(2026, 11, 21)
        )
        assert verdicts(changed, "status-fresh", status) == [verdict], issued


@pytest.mark.parametrize(
    "said", ["Completed.", "They call it preliminary.", "The copies disagree."]
)
def test_what_cannot_stop_being_true_does_not_age(said: str, report: Report) -> None:
    status = with_id("status", statement=said, as_of="2011")
    assert verdicts(report, "status-fresh", status) == ["not-applicable"]


@pytest.mark.parametrize(
    ("events", "printed", "verdict"),
    [(37, "92.5", "passed"), (37, "93", "passed"), (37, "94.9", "failed"), (37, "92", "failed")],
)
def test_a_percentage_has_the_base_that_a_reader_takes_it_to_have(
    events: int, printed: str, verdict: str, report: Report
) -> None:
    everyone = with_id("participants", value="40", unit="patients")
    one = finding(events=events, n=39, value=printed, unit="percent", counts="derived")
    assert verdicts(report, "denominator-stated", everyone, one) == [verdict]


def test_a_base_that_is_a_group_is_said_to_be_one(report: Report) -> None:
    everyone = with_id("participants", value="40", unit="patients")
    fields = {"events": 37, "n": 39, "value": "94.9", "unit": "percent", "counts": "derived"}
    found = verdicts(report, "denominator-stated", everyone, finding(**fields, group="honey"))
    assert found == ["not-applicable"]
    assert verdicts(report, "denominator-stated", finding(**fields)) == ["not-applicable"]


@pytest.mark.parametrize(("n", "verdict"), [(45, "passed"), (50, "passed"), (51, "failed")])
def test_no_more_are_counted_than_the_most_who_ever_took_part(
    n: int, verdict: str, report: Report
) -> None:
    sizes = [
        with_id("participants", value="40", unit="patients"),
        with_id("enrolled", value="50", unit="patients"),
    ]
    found = verdicts(report, "base-is-participants", *sizes, finding(events=1, n=n))
    assert found == [verdict]


@pytest.mark.parametrize(
    ("here", "there", "verdict"),
    [
        ({"events": 5}, {"events": 5}, "passed"),
        ({"events": 5}, {"events": 6}, "failed"),
        ({"n": 5}, {"n": 6}, "failed"),
        ({"value": "5", "unit": "points"}, {"value": "6", "unit": "points"}, "failed"),
        ({"value": "5.0", "unit": "points"}, {"value": "5", "unit": "points"}, "passed"),
        ({"date": "2019"}, {"date": "2019"}, "passed"),
        ({"date": "2019"}, {"date": "2020"}, "failed"),
    ],
)
def test_each_part_that_is_cited_is_the_same(
    here: Fields, there: Fields, verdict: str, report: Report
) -> None:
    one, other = (
        with_id("primary", **there),
        with_id("quoted", same_as="smith-2020/primary", **here),
    )
    assert verdicts(report, "one-number-once", one, other) == [verdict]


def test_years_that_need_more_than_the_peak_are_said_to(report: Report) -> None:
    for total, said in (("419", "hard to square"), ("421", "more than the peak")):
        one = study(
            with_id("total", value=total, unit="trials"),
            with_id("mean", value="11", unit="trials a year"),
            with_id("peak", value="73", unit="trials"),
            years={
                "total": "total",
                "peak": "peak",
                "means": [{"finding": "mean", "first": 2010, "last": 2014}],
                "last": 2019,
            },
        )
        (found,) = counts.YEARS_FIT_TOTAL.apply(dataclasses.replace(report, studies={one.id: one}))
        assert found.verdict == "failed"
        assert said in found.why


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"value": "5", "interval": ["1", "9"], "unit": "points"}, ["passed"]),
        ({"value": "6", "interval": ["1", "9"], "unit": "points"}, ["passed"]),  # within rounding
        ({"value": "8", "interval": ["1", "9"], "unit": "points"}, ["failed"]),
        ({"value": "8.0", "interval": ["1", "9"], "unit": "percent"}, ["not-applicable"]),
        ({"value": "2.00", "interval": ["1.00", "4.00"], "unit": "odds ratio"}, ["passed"]),
        ({"value": "2.50", "interval": ["1.00", "4.00"], "unit": "odds ratio"}, ["failed"]),
        # off by a fiftieth of the width, and by more; rounding of a ratio counts on the log scale
        ({"value": "52.0", "interval": ["0.0", "100.0"], "unit": "points"}, ["passed"]),
        ({"value": "53.0", "interval": ["0.0", "100.0"], "unit": "points"}, ["failed"]),
        ({"value": "2.2", "interval": ["1.0", "4.0"], "unit": "odds ratio"}, ["passed"]),
        ({"value": "2.3", "interval": ["1.0", "4.0"], "unit": "odds ratio"}, ["failed"]),
        ({"difference": DIFFERENCE}, ["passed"]),
        ({"difference": {**DIFFERENCE, "value": "27.7"}}, ["failed"]),
        ({"value": "5", "unit": "points"}, []),
    ],
)
def test_an_estimate_stands_in_the_middle_of_its_interval(
    fields: Fields, verdict: list[str], report: Report
) -> None:
    assert verdicts(report, "interval-centred", finding(**fields)) == verdict


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"n": 40}, "passed"),
        ({"n": 39, "derivation": "One left."}, "passed"),
        ({"n": 41}, "failed"),
        ({"n": 39}, "failed"),
        ({"n": 39, "population": "seen at day 7"}, "passed"),
        ({"n": 39, "group": "honey"}, "passed"),
        ({"n": 41, "population": "seen at day 7"}, "failed"),
    ],
)
def test_a_count_of_fewer_than_all_says_whom_it_counts(
    fields: Fields, verdict: str, report: Report
) -> None:
    everyone = with_id("participants", value="40", unit="patients")
    found = verdicts(report, "base-is-participants", everyone, finding(events=1, **fields))
    assert found == [verdict]


def test_every_check_has_a_test_here_or_beside() -> None:
    folder = Path(__file__).parent
    texts = "".join(path.read_text("utf-8") for path in folder.glob("test_*.py"))
    assert {check.name for check in CHECKS if f'"{check.name}"' not in texts} == set()


def test_every_failure_and_every_check_says_why_in_a_sentence(gallery_site: Built) -> None:
    found = list(outcomes(gallery_site.report))
    assert {each.verdict for each in found} == {"passed", "failed", "not-applicable"}
    for text in (*(each.why for each in found), *(check.sentence for check in CHECKS)):
        assert text[0].isupper() or not text[0].isalpha()
        assert text.endswith(".")


def test_the_names_of_checks_stand_once() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
