"""The numbers of a finding as statistics of FHIR R5: what was printed, what its counts give, and each arm."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.files.fhir_terms import (
    DEVIATION,
    ESTIMATE,
    INTERVAL,
    STATISTIC,
    STATISTICS,
    concept,
    notes,
    p_value,
    quantity,
)
from evidence.model.arms import Arm
from evidence.model.finding import Finding
from evidence.numbers.comparisons import RATIOS, people
from evidence.numbers.estimates import (
    POINTS,
    ComparisonEstimate,
    computed_estimates,
    printed_estimate,
)
from evidence.numbers.quantity import number_text
from evidence.numbers.results import Computed
from evidence.pages.linked_data import Node, filled

ONLY_P = "Comparison of the two groups; no estimate was printed"


def statistics(finding: Finding, computed: Computed | None) -> list[Node]:
    """Return every number of a finding, those that were printed first."""
    printed = printed_estimate(finding)
    made = []
    if printed is not None:
        made.append(_estimate(printed, finding))
    elif finding.p is not None:
        made.append(_only_p(finding, finding.p))
    made += [_estimate(estimate, finding) for estimate in computed_estimates(computed)]
    if finding.arms is not None:
        made.append(_arm(finding.arms.treated, "Treated"))
        made.append(_arm(finding.arms.control, "Control"))
    return [statistic for statistic in made if len(statistic) > 1]


def _estimate(estimate: ComparisonEstimate, finding: Finding) -> Node:
    """Return an estimate; a printed one has the P value that was printed with it."""
    unit = "" if estimate.measure in STATISTICS else estimate.measure
    attributes = list(_attributes(estimate, unit))
    if not estimate.method and finding.p is not None:
        attributes.append(p_value(finding.p))
    made = f"Computed by this site from the counts: {estimate.method}" if estimate.method else ""
    return filled(
        {
            "description": "About, as printed" if estimate.sign == "about" else "",
            "note": notes(made),
            "statisticType": _kind(estimate, finding),
            "quantity": quantity(estimate.value, unit, estimate.sign.removeprefix("about")),
            **_counted(finding),
            "attributeEstimate": attributes,
        }
    )


def _kind(estimate: ComparisonEstimate, finding: Finding) -> Node:
    """Return the type of an estimate. Points are a risk difference where both arms are shares."""
    if estimate.measure == POINTS and _are_shares(finding):
        return concept(STATISTIC, STATISTICS["risk difference"], "risk difference")
    known = STATISTICS.get(estimate.measure)
    return concept(STATISTIC, known, estimate.measure if known else "difference")


def _are_shares(finding: Finding) -> bool:
    """Tell whether both arms are shares of people: a count of them, or a percentage."""
    if finding.arms is None:
        return False
    arms = (finding.arms.treated, finding.arms.control)
    return all(
        arm.value is None and (arm.percent is not None or arm.events is not None) for arm in arms
    )


def _attributes(estimate: ComparisonEstimate, unit: str) -> Iterator[Node]:
    if estimate.interval is not None:
        low, high = (quantity(end, unit) for end in estimate.interval)
        known = estimate.level is not None
        words = "" if known else "interval whose level was not printed"
        yield filled(
            {
                "type": concept(ESTIMATE, INTERVAL if known else None, words),
                "level": estimate.level,
                "range": {"low": low, "high": high},
            }
        )
    if estimate.standard_error is not None:
        of = " of its logarithm" if estimate.measure in RATIOS else ""
        error = quantity(estimate.standard_error, "" if of else unit)
        yield {"type": concept(ESTIMATE, None, f"standard error{of}"), "quantity": error}


def _only_p(finding: Finding, printed: str) -> Node:
    return filled(
        {
            "statisticType": {"text": ONLY_P},
            **_counted(finding),
            "attributeEstimate": [p_value(printed)],
        }
    )


def _counted(finding: Finding) -> Node:
    """Return in how many people two groups were compared, where both numbers are known."""
    if finding.arms is not None:
        known = all(arm.n is not None for arm in (finding.arms.treated, finding.arms.control))
        return {"sampleSize": _size(people(finding))} if known else {}
    return {"numberAffected": finding.events, "sampleSize": _size(finding.n)}


def _size(count: int | None) -> Node:
    return {} if count is None else {"numberOfParticipants": count}


def _arm(arm: Arm, name: str) -> Node:
    """Return one arm: its share, its mean or what else was measured, or its count."""
    label = f"{name}: {arm.label}" if arm.label else name
    years = arm.person_years
    observed = f"{number_text(years)} person-years of observation" if years is not None else ""
    kind, number = _measured(arm)
    deviation = {"type": concept(ESTIMATE, DEVIATION), "quantity": quantity(arm.sd)}
    return filled(
        {
            "description": label,
            "note": notes(observed),
            "statisticType": kind,
            "quantity": number,
            "numberAffected": arm.events,
            "sampleSize": _size(arm.n),
            "attributeEstimate": [deviation] if arm.sd is not None else [],
        }
    )


def _measured(arm: Arm) -> tuple[Node, Node]:
    """Return the type of what an arm shows, and the number. Only with a deviation is a value a mean."""
    value: Decimal | int | None = arm.value
    if arm.percent is not None:
        return concept(STATISTIC, STATISTICS["proportion"]), quantity(arm.percent, "%")
    if value is not None:
        mean = STATISTICS["mean"] if arm.sd is not None else None
        return concept(STATISTIC, mean, "" if mean else "value"), quantity(value)
    if arm.events is not None:
        return concept(STATISTIC, STATISTICS["count"]), quantity(arm.events)
    return {}, {}
