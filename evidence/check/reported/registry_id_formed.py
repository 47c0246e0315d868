"""A registry identifier has the form of its registry."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.check.reported.check import Check, of_each_study
from evidence.model.registries import TABLE
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.results import CheckResult

NAME = "registry-id-formed"


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare each identifier with the forms of the known registries."""
    for written in study.registry:
        registry = next((each for each in TABLE if each.is_formed(written)), None)
        if registry is None:
            why = f"'{written}' has the form of no registry that is known here."
            yield CheckResult(NAME, study.id, "failed", why)
        else:
            yield CheckResult(NAME, study.id, "passed", f"{written}: {registry.title}.")


CHECK = Check(
    NAME,
    "Registry identifier well formed",
    "A registry identifier has as many letters and digits as its registry gives out.",
    of_each_study(apply),
)
