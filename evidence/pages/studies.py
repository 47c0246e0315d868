"""A page for each study, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from evidence.check.reported import CHECKS
from evidence.model.finding import Finding
from evidence.model.page import Page
from evidence.model.readings import NumberChange
from evidence.model.registries import identity
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.trial import TrialName
from evidence.numbers.agreement import Agreement, agreements
from evidence.numbers.results import Computed
from evidence.numbers.wording import Reported, computed_words, further_words, reported
from evidence.pages import citing
from evidence.pages.limits import limits
from evidence.pages.linked_data import of_study
from evidence.pages.main_result import MainResult, in_order, main_result
from evidence.pages.view import Crumb, Planned, View, Workshop, picture_of, table_of, workbook_of
from evidence.pages.written import planned
from evidence.prose.citing import Citation
from evidence.prose.writer import Writer


@dataclass(frozen=True)
class FindingLine:
    """One line of a study's table: as reported, as computed from the counts, and from where."""

    finding: Finding
    reported: Reported
    computed: tuple[str, ...]
    further: tuple[str, ...]
    agreements: tuple[Agreement, ...]
    source: Source
    claims: tuple[str, ...]
    pages: tuple[Page, ...]
    cited: Citation
    changes: tuple[NumberChange, ...]


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield the list of studies and a page for each."""
    overview = None
    for page in workshop.report.pages.values():
        if page.front.kind == "studies":
            overview = page
            yield planned(workshop, page, "studies.html", _list)
    for study in workshop.report.studies.values():
        names = tuple(workshop.uses.trials_of_study[study.id])
        view = partial(_study, workshop, study, overview)
        yield Planned(f"studies/{study.id}.html", study.title, view, names=names)


def _list(workshop: Workshop, _page: Page, _writer: Writer) -> dict[str, Any]:
    report = workshop.report
    groups = []
    for condition, word in report.vocabularies.conditions.items():
        studies = [study for study in report.studies.values() if study.condition == condition]
        if studies:
            groups.append(
                (condition, word.title, sorted(studies, key=lambda study: study.short.lower()))
            )
    return {"groups": groups}


def _study(workshop: Workshop, study: Study, overview: Page | None) -> View:
    address = f"studies/{study.id}.html"
    writer = workshop.writer(address)
    report = workshop.report
    sources = [report.sources[name] for name in study.sources]
    main, given = main_of(workshop, study), study.intervention
    cell = report.vocabularies.cells[given.cell] if given else None
    return View(
        draft=study.draft,
        address=address,
        template="study.html",
        kind="study",
        name=study.title,
        title=writer.inline(study.title),
        description=writer.plain(study.summary),
        writer=writer,
        kicker=f"Study: {report.vocabularies.conditions[study.condition].title}",
        answer=writer.inline(study.summary),
        crumbs=(*workshop.way_to(overview), Crumb(study.short, None)),
        dated=workshop.read_on(study.sources),
        linked=of_study(study, sources, report.vocabularies),
        picture="" if main is None else picture_of(address),
        citation=citing.of_study(workshop, study),
        content={
            "study": study,
            "note": writer.inline(study.note) if study.note else None,
            "described_in": report.sources[study.described_in.source],
            "main": main,
            "groups": _groups(workshop, study),
            "sources": sources,
            "records": list(_records(workshop, study)),
            "related": [report.studies[name] for name in study.related],
            "limits": list(limits(study)),
            "checks": [check for check in workshop.results.checks if check.study == study.id],
            "check_titles": {check.name: check.title for check in CHECKS},
            "cell": cell.title if cell else None,
            "files": {"CSV": table_of(address), "XLSX": workbook_of(address)},
        },
    )


def main_of(workshop: Workshop, study: Study) -> MainResult | None:
    """Return the result that the page of a study begins with."""
    given = workshop.report.vocabularies.wording.given
    return main_result(study, _computed(workshop, study), given)


def _groups(workshop: Workshop, study: Study) -> list[tuple[str, list[FindingLine]]]:
    """Return the lines of the table of findings, by outcome."""
    cited = citing.numbers_of_study(workshop, study)
    return [
        (heading, [_line(workshop, study, finding, cited[finding.id]) for finding in found])
        for heading, found in in_order(study, workshop.report.searches.values())
    ]


def _computed(workshop: Workshop, study: Study) -> dict[str, Computed]:
    """Return what was computed of each finding that has something computed."""
    found = {name: workshop.results.computed(f"{study.id}/{name}") for name in study.findings}
    return {name: computed for name, computed in found.items() if computed is not None}


def _records(workshop: Workshop, study: Study) -> Iterator[tuple[str, TrialName | None]]:
    """Yield the ids under which a study is registered, each with the trial of this site."""
    trials = [workshop.report.trials[name] for name in workshop.uses.trials_of_study[study.id]]
    by_identity = {
        identity(written): trial
        for trial in trials
        for written in (trial.registry_id, *trial.other_ids)
        if written is not None
    }
    for written in study.registry:
        yield written, by_identity.get(identity(written))


def _line(workshop: Workshop, study: Study, finding: Finding, cited: Citation) -> FindingLine:
    address = f"{study.id}/{finding.id}"
    uses = workshop.uses
    computed = workshop.results.computed(address)
    return FindingLine(
        finding=finding,
        reported=reported(finding),
        computed=tuple(computed_words(computed)),
        further=tuple(further_words(computed)),
        agreements=tuple(agreements(finding, computed)),
        source=workshop.report.sources[finding.source],
        claims=tuple(uses.claims_of_finding[address]),
        pages=tuple(workshop.report.pages[name] for name in uses.pages_of_finding[address]),
        cited=cited,
        changes=workshop.report.number_changes.get(address, ()),
    )
