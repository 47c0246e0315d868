"""The studies of a site as a table of counts, so that figures can show what was studied how."""

from __future__ import annotations

from collections.abc import Mapping

from evidence.model.design import SINGLE_ARM
from evidence.model.figure_row import Table
from evidence.model.study import Study

OWN_STUDIES = "studies"  # the name of the table: no file of data/tables is called so
COLUMNS = ("study", "condition", "cell", "donor", "kind", "design", "studies")
NOT_GIVEN = "not-applicable"
CONTROLLED = "non-randomised-controlled-trial"


def own_studies(studies: Mapping[str, Study]) -> Table:
    """Return a row for each study; ``studies`` is 1, so that rows can be added up."""
    rows = tuple((1, _row(study)) for study in studies.values())
    return Table(OWN_STUDIES, "data/studies", COLUMNS, rows)


def _row(study: Study) -> tuple[str, ...]:
    given = study.intervention
    cell, donor = (given.cell, given.donor) if given else (NOT_GIVEN, NOT_GIVEN)
    return study.id, study.condition, cell, donor, study.design.kind, design_of(study), "1"


def design_of(study: Study) -> str:
    """Return how far a design guards against chance and expectation, in five words.

    "not-applicable" is what treated nobody of its own: reviews, registers, plans and histories.
    """
    kind, blinding = study.design.kind, study.design.blinding
    if kind == "randomised-controlled-trial":
        return "randomised-and-blinded" if blinding in {"double", "single"} else "randomised"
    if kind == CONTROLLED:
        return "controlled"
    if kind in SINGLE_ARM:
        return "single-arm"
    return "not-stated" if kind == "not-stated" else NOT_GIVEN
