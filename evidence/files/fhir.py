"""Findings that compare two groups as Evidence of FHIR R5, with a Citation of each source, in one Bundle.

A finding is one Evidence: in whom, what was compared with what, what was measured, every estimate as printed
or computed here, each arm, and how certain somebody else judges it. Nothing is judged here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from evidence.files.fhir_citation import citation
from evidence.files.fhir_statistics import statistics
from evidence.files.fhir_terms import (
    ASSIGNED,
    CERTAINTIES,
    CERTAINTY_RATING,
    CERTAINTY_TYPE,
    ROLE,
    ROLES,
    STUDY_DESIGN,
    concept,
    notes,
    own_identifiers,
    resource_id,
)
from evidence.model.caution import Rating
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.estimates import has_effect
from evidence.numbers.results import Results
from evidence.numbers.wording import reported
from evidence.pages.citing import what_is_measured
from evidence.pages.linked_data import Node, filled
from evidence.pages.view import Given
from evidence.prose.citing import LICENCE
from evidence.store import Made, joined

PATH = "downloads/fhir.json"
NOT_STATED = "Not stated in what was read."


def fhir_bundle(given: Given) -> Made:
    """Return the file with all findings that have an effect."""
    return joined({PATH: written(bundle(given.results)).encode()})


def bundle(results: Results) -> Node:
    """Return the Bundle: the sources first, then the findings, each in the order of the data.

    An entry is known by its UUID, which resources refer to. The page of a finding is one of its identifiers and
    not the address of its entry, because FHIR takes that for an address at which the resource itself is got.
    """
    report = results.report
    found = [
        (study, finding)
        for study in report.studies.values()
        for finding in study.findings.values()
        if has_effect(study, finding)
    ]
    used = {name for _, finding in found for name in _sources(finding)}
    resources = [citation(report.sources[name], report.site) for name in sorted(used)]
    resources += [_evidence(results, study, finding) for study, finding in found]
    entries = [{"fullUrl": _reference(made["id"]), "resource": made} for made in resources]
    language = report.site.language
    return filled(
        {"resourceType": "Bundle", "language": language, "type": "collection", "entry": entries}
    )


def written(node: Node) -> str:
    """Return a Bundle as JSON, an entry a line; decimals keep their digits."""
    head = {name: value for name, value in node.items() if name != "entry"}
    entries = ",\n".join(map(_json, node.get("entry", [])))
    held = f',"entry":[\n{entries}\n]' if entries else ""
    return f"{_json(head).removesuffix('}')}{held}}}\n"


def _json(value: Any) -> str:
    """Return a value as JSON. FHIR tells 0.50 from 0.5, and a float would forget which it was."""
    if isinstance(value, dict):
        return f"{{{','.join(f'{_json(name)}:{_json(part)}' for name, part in value.items())}}}"
    if isinstance(value, list):
        return f"[{','.join(map(_json, value))}]"
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _reference(name: str) -> str:
    return f"urn:uuid:{name}"


def _sources(finding: Finding) -> Iterator[str]:
    yield finding.source
    yield from (place.source for place in finding.also)
    if finding.rating is not None:
        yield finding.rating.source


def _evidence(results: Results, study: Study, finding: Finding) -> Node:
    report, name = results.report, f"{study.id}/{finding.id}"
    site = report.site
    path = f"studies/{study.id}.html#{finding.id}"
    return filled(
        {
            "resourceType": "Evidence",
            "id": resource_id(site, "Evidence", name),
            "identifier": own_identifiers(site, name, path),
            "title": f"{study.short}: {what_is_measured(finding)}",
            "citeAsReference": _cited(report, finding.source),
            "status": "active",
            "publisher": site.title,
            "copyright": LICENCE,
            "relatedArtifact": list(_read_in(report, finding)),
            "description": reported(finding).text,
            "note": notes(*_notes(study, finding)),
            "variableDefinition": list(_variables(report, study, finding)),
            "studyDesign": [_design(study)],
            "statistic": statistics(finding, results.computed(name)),
            "certainty": [_certainty(report, finding.rating)] if finding.rating else [],
        }
    )


def _cited(report: Report, source: str) -> Node:
    reference = _reference(resource_id(report.site, "Citation", source))
    return {"reference": reference, "display": report.sources[source].short}


def _read_in(report: Report, finding: Finding) -> Iterator[Node]:
    """Yield every place in which the numbers stand."""
    places = [(finding.source, finding.locator)]
    places += [(place.source, place.locator) for place in finding.also]
    for source, locator in places:
        yield {
            "type": "derived-from",
            "display": f"{report.sources[source].short}, {locator}",
            "resourceReference": _cited(report, source),
        }


def _notes(study: Study, finding: Finding) -> Iterator[str | None]:
    for mark in (*study.marks, *finding.marks):
        yield f"{mark.kind.replace('-', ' ').capitalize()}: {mark.text}"
    yield finding.derivation and f"Derived: {finding.derivation}"
    yield finding.analysis and f"Analysis: {finding.analysis}"
    yield finding.statement
    yield finding.note


def _design(study: Study) -> Node:
    kind = study.design.kind
    return concept(STUDY_DESIGN, ASSIGNED.get(kind), kind.replace("-", " "))


def _variables(report: Report, study: Study, finding: Finding) -> Iterator[Node]:
    """Yield in whom, what, compared with what, and what was measured, as far as was read."""
    treated = control = None
    if finding.arms is not None:
        treated, control = finding.arms.treated.label, finding.arms.control.label
    described = {
        "population": _people(report, study, finding),
        "exposure": treated or _given(report, study),
        "referenceExposure": control or _compared_with(study),
        "measuredVariable": ", ".join(filter(None, (finding.measure, finding.time))),
    }
    for role, words in described.items():
        yield {"description": words, "variableRole": concept(ROLE, (role, ROLES[role]))}


def _people(report: Report, study: Study, finding: Finding) -> str:
    condition = report.vocabularies.conditions[study.condition].title
    described = study.population.description if study.population else None
    parts = (condition, described, finding.population, finding.group)
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _given(report: Report, study: Study) -> str:
    given = study.intervention
    if given is None:
        return NOT_STATED
    cell = report.vocabularies.cells.get(given.cell)
    parts = (cell.title if cell else given.cell, given.product, given.dose, given.route)
    return "; ".join(part for part in parts if part)


def _compared_with(study: Study) -> str:
    control = study.design.control
    return NOT_STATED if control.startswith("not-") else control.replace("-", " ").capitalize()


def _certainty(report: Report, rating: Rating) -> Node:
    level, source = rating.certainty, report.sources[rating.source]
    return filled(
        {
            "description": rating.reasons,
            "note": notes(f"Stands in {source.short}, {rating.locator}"),
            "type": concept(CERTAINTY_TYPE, ("Overall", "Overall certainty")),
            "rating": concept(
                CERTAINTY_RATING,
                (level, CERTAINTIES[level]),
                f"{level.replace('-', ' ')} certainty",
            ),
            "rater": rating.by,
        }
    )
