"""What studies cannot show, made from the facts of their design."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.caution import Mark
from evidence.model.design import SINGLE_ARM
from evidence.model.study import Study

SMALL = 50  # participants


def limits(study: Study) -> Iterator[str]:
    """Yield what a study cannot show, made from the facts of its design."""
    kind, design = study.design.kind, study.design
    if kind in SINGLE_ARM:
        yield ("Nobody in it went without the treatment for comparison, so it cannot tell what "
               "would have happened anyway.")  # fmt: skip
    elif kind == "non-randomised-controlled-trial":
        yield "People were not put into groups by chance, so the groups may have differed from the start."
    if kind == "registered-trial":
        yield "It is a registered plan: no results were read."
    if design.blinding == "open":
        yield "Everybody knew who got what, which can colour how outcomes are judged."
    if is_small(study):
        yield "It is small, so chance alone can move its percentages a long way."
    for mark in all_marks(study):
        if mark.kind in {"press-source", "company-statement"}:
            yield "Its figures come from a company or the press, not from a paper that was read."
            break
    if any(mark.kind == "partly-readable" for mark in all_marks(study)):
        yield "Only a part of it could be read."


def all_marks(study: Study) -> list[Mark]:
    """Return the marks of a study and of its findings."""
    return [*study.marks, *(mark for finding in study.findings.values() for mark in finding.marks)]


def is_small(study: Study) -> bool:
    """Tell whether a study states fewer participants than make a percentage steady."""
    participants = study.findings.get("participants")
    return (
        participants is not None and participants.value is not None and participants.value < SMALL
    )
