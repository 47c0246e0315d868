"""Questions that the database of the open data answers by itself: its views."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OpenView:
    """A view of the database: its name and title, what a row of it is, and the question in SQL."""

    name: str
    title: str
    meaning: str
    question: str


VIEWS = (
    OpenView(
        "findings_with_sources",
        "Findings with study and source",
        "A row for each finding, with the study that found it and the source in which it stands.",
        """\
SELECT findings.study, findings.finding, studies.title AS study_title, studies.condition,
    studies.design_kind, studies.intervention_cell, findings.measure, findings.population, findings.time,
    findings.outcome, findings.reported, findings.computed, findings.rating_certainty,
    findings.source, sources.title AS source_title, sources.doi, sources.licence, findings.locator
FROM findings
JOIN studies ON studies.study = findings.study
JOIN sources ON sources.source = findings.source""",
    ),
    OpenView(
        "comparisons",
        "Comparisons of two arms",
        "A row for each finding that compares two groups, with both of them.",
        """\
SELECT findings.study, findings.finding, studies.title AS study_title, studies.condition,
    studies.design_kind, findings.measure, findings.outcome, findings.arms_treated_label,
    findings.arms_treated_events, findings.arms_treated_n, findings.arms_treated_percent,
    findings.arms_treated_value, findings.arms_control_label, findings.arms_control_events,
    findings.arms_control_n, findings.arms_control_percent, findings.arms_control_value,
    findings.difference_value, findings.difference_low, findings.difference_high,
    findings.difference_unit, findings.p, findings.unit
FROM findings
JOIN studies ON studies.study = findings.study
WHERE findings.arms_treated_label IS NOT NULL OR findings.arms_control_label IS NOT NULL
    OR findings.arms_treated_n IS NOT NULL OR findings.arms_control_n IS NOT NULL
    OR findings.arms_treated_value IS NOT NULL OR findings.arms_treated_percent IS NOT NULL""",
    ),
    OpenView(
        "claims_with_findings",
        "Claims with the findings that decide them",
        "A row for each claim and each finding that decides it; a claim without one has one row.",
        """\
SELECT claims.ledger, claims.claim, claims.says, claims.verdict, claims.severity, claims.shows,
    claim_findings.study, claim_findings.finding, findings.reported, findings.source
FROM claims
LEFT JOIN claim_findings
    ON claim_findings.ledger = claims.ledger AND claim_findings.claim = claims.claim
LEFT JOIN findings
    ON findings.study = claim_findings.study AND findings.finding = claim_findings.finding""",
    ),
    OpenView(
        "confirmed_trials",
        "Trials whose status was confirmed",
        "A row for each trial whose status somebody confirmed within two years before the day of the build.",
        "SELECT * FROM trials WHERE status_confirmed = 'Within two years'",
    ),
)
