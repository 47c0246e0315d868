"""A page for each study, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence.agreement import Agreement, agreements
from evidence.consistency import CHECKS
from evidence.model.page import Page
from evidence.model.source import Source
from evidence.model.study import Finding, Mark, Study
from evidence.pages.view import Crumb, View, Workshop
from evidence.pages.written import written_view
from evidence.wording import computed_words, reported
from evidence.writing.writer import Writer


@dataclass(frozen=True)
class FindingLine:
    """One line of a study's table: as reported, as computed from the counts, and from where."""

    finding: Finding
    reported: str
    computed: tuple[str, ...]
    agreements: tuple[Agreement, ...]
    source: Source
    claims: tuple[str, ...]
    pages: tuple[Page, ...]


def views(workshop: Workshop) -> Iterator[View]:
    """Yield the list of studies and a page for each."""
    overview = None
    for page in workshop.report.pages.values():
        if page.front.kind == "studies":
            overview = page
            yield written_view(workshop, page, "studies.html", _list)
    for study in workshop.report.studies.values():
        yield _study(workshop, study, overview)


def _list(workshop: Workshop, _page: Page, _writer: Writer) -> dict[str, Any]:
    report = workshop.report
    groups = []
    for condition, title in report.site.conditions.items():
        found = [study for study in report.studies.values() if study.condition == condition]
        if found:
            groups.append((condition, title, sorted(found, key=lambda study: study.short.lower())))
    return {"groups": groups}


def _study(workshop: Workshop, study: Study, overview: Page | None) -> View:
    address = f"studies/{study.id}.html"
    writer = workshop.writer(address)
    report = workshop.report
    way: tuple[Crumb, ...] = (Crumb("Home", "index.html"),)
    if overview is not None:
        way = (*way, Crumb(workshop.titles[overview.id], overview.address))
    return View(
        address=address,
        template="study.html",
        kind="study",
        name=study.title,
        title=writer.inline(study.title),
        description=writer.plain(study.summary),
        writer=writer,
        kicker=f"Study: {report.site.conditions[study.condition]}",
        answer=writer.inline(study.summary),
        crumbs=(*way, Crumb(study.short, None)),
        content={
            "study": study,
            "note": writer.inline(study.note) if study.note else None,
            "described_in": report.sources[study.described_in.source],
            "lines": [_line(workshop, study, finding) for finding in study.findings.values()],
            "participants": study.findings.get("participants"),
            "sources": [report.sources[name] for name in study.sources],
            "related": [report.studies[name] for name in study.related],
            "limits": list(limits(study)),
            "checks": [each for each in workshop.results.checks if each.study == study.id],
            "check_titles": {check.name: check.title for check in CHECKS},
            "cell": report.site.cells[study.intervention.cell] if study.intervention else None,
        },
    )


def _line(workshop: Workshop, study: Study, finding: Finding) -> FindingLine:
    address = f"{study.id}/{finding.id}"
    uses = workshop.uses
    computed = workshop.results.computed(address)
    return FindingLine(
        finding=finding,
        reported=reported(finding),
        computed=tuple(computed_words(computed)),
        agreements=tuple(agreements(finding, computed)),
        source=workshop.report.sources[finding.source],
        claims=tuple(uses.claims_of_finding[address]),
        pages=tuple(workshop.report.pages[name] for name in uses.pages_of_finding[address]),
    )


def limits(study: Study) -> Iterator[str]:
    """Yield what a study cannot show, made from the facts of its design."""
    kind, design = study.design.kind, study.design
    if kind in {"single-arm-trial", "case-series", "case-report", "expanded-access"}:
        yield ("Nobody in it went without the treatment for comparison, so it cannot tell what "
               "would have happened anyway.")  # fmt: skip
    elif kind == "non-randomised-controlled-trial":
        yield "People were not put into groups by chance, so the groups may have differed from the start."
    if kind == "registered-trial":
        yield "It is a registered plan: no results were read."
    if design.blinding == "open":
        yield "Everybody knew who got what, which can colour how outcomes are judged."
    small = study.findings.get("participants")
    if small is not None and small.value is not None and small.value < 50:
        yield "It is small, so chance alone can move its percentages a long way."
    for mark in all_marks(study):
        if mark.kind in {"press-source", "company-statement"}:
            yield "Its figures come from a company or the press, not from a paper that was read."
            break
    if any(mark.kind == "partly-readable" for mark in all_marks(study)):
        yield "Only a part of it could be read."


def all_marks(study: Study) -> list[Mark]:
    """Return the marks of a study and of its findings."""
    return [*study.marks, *(mark for each in study.findings.values() for mark in each.marks)]
