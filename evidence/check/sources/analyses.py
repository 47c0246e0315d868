"""Do the names in a study's analysis exist, and do its results hide nothing that was written?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.check.sources.known import Known
from evidence.check.sources.references import check_listed
from evidence.model.study import Study
from evidence.model.vocabulary import Vocabularies
from evidence.problems import Problem, did_you_mean
from evidence.read.yaml_file import Document


def check_analysis(
    study: Study, document: Document, words: Vocabularies | None, known: Known
) -> Iterator[Problem]:
    """Yield the names that select nothing, and findings that a result would replace."""
    analysis = study.analysis
    if analysis is None:
        return
    for name, selection in analysis.results.items():
        path = ("analysis", "results", name, "cells")
        for position, cell in enumerate(selection.cells):
            if words is not None:
                yield from check_listed(cell, words.cells, document, (*path, position))
        if document.holds(("findings", name)):
            message = f"the finding '{name}' and a result of the analysis have one name"
            place = document.place(("findings", name), of_key=True)
            yield Problem(place, "id-unique", message, "Give one of the two another name.")
    for position, name in enumerate(analysis.leave_one_out):
        if name not in analysis.results:
            message = f"the analysis has no result '{name}'"
            hint = did_you_mean(name, analysis.results, f"Known: {', '.join(analysis.results)}.")
            place = document.place(("analysis", "leave-one-out", position))
            yield Problem(place, "finding-exists", message, hint)
    findings = [each.findings.get(analysis.finding) for each in known.studies.values()]
    if not any(findings):
        message = f"no study has a finding '{analysis.finding}' to pool"
        hint = "Name a finding that the studies share."
        yield Problem(document.place(("analysis", "finding")), "finding-exists", message, hint)
