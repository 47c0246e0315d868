"""The rows of a figure with what their addresses stand for, and their labels."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.figure import Figure
from evidence.model.figure_row import Row
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.quantity import PHASE_SHORT
from evidence.numbers.results import Computed
from evidence.prose.plain_text import plain_text


@dataclass(frozen=True)
class Resolved:
    """A row of a figure with what its address stands for."""

    row: Row
    label: str
    finding: Finding
    study: Study
    source: str
    computed: Computed


def resolved(figure: Figure, report: Report, computed: dict[str, Computed]) -> list[Resolved]:
    """Return the rows of ``figure`` with their findings, studies, sources and labels."""
    findings = [report.finding(row.finding) for row in figure.rows]
    studies = [report.studies[row.finding.partition("/")[0]] for row in figure.rows]
    one_study = len(figure.rows) > 1 and len({study.id for study in studies}) == 1
    kinds = {
        _baseline_kind(finding)
        for row, finding, study in zip(figure.rows, findings, studies, strict=True)
        if not _is_pooled(row, study)
    }
    told = len(kinds) > 1
    return [
        Resolved(
            row,
            _label(row, finding, study, report, computed, one_study=one_study)
            + (f", {PHASE_SHORT[_phase(finding)]}" if told and not _is_pooled(row, study) else ""),
            finding,
            study,
            report.sources[finding.source].short,
            computed.get(row.finding) or Computed(),
        )
        for row, finding, study in zip(figure.rows, findings, studies, strict=True)
    ]


def _is_pooled(row: Row, study: Study) -> bool:
    return row.pooled or study.analysis is not None


def is_pooled(row: Resolved) -> bool:
    """Tell whether a row is a result that its source, or an analysis of this site, pooled."""
    return _is_pooled(row.row, row.study)


def _phase(finding: Finding) -> str:
    return finding.baseline.phase if finding.baseline else "not-stated"


def _baseline_kind(finding: Finding) -> tuple[str, bool] | None:
    """Return of what kind the baseline of a share is; like stands beside like when all are one."""
    baseline = finding.baseline
    return None if baseline is None else (baseline.phase, baseline.treated)


def _label(
    row: Row,
    finding: Finding,
    study: Study,
    report: Report,
    computed: dict[str, Computed],
    *,
    one_study: bool,
) -> str:
    if row.label is not None:
        return plain_text(row.label, report, computed)
    if one_study:
        return finding.measure[:1].upper() + finding.measure[1:]
    return study.short
