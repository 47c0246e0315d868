"""A registry identifier has the form of its registry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.results import Outcome

NAME = "registry-id-formed"
FORMS = {
    "ClinicalTrials.gov": r"NCT\d{8}",
    "EU Clinical Trials Register": r"(?:EudraCT )?\d{4}-\d{6}-\d{2}",
    "Chinese Clinical Trial Registry": r"ChiCTR-?(?:[A-Z]+-)?\d{8,10}",
    "Iranian Registry of Clinical Trials": r"IRCT\d{11,14}N\d+",
    "Japan Registry of Clinical Trials": r"[jJ]RCT[sb]?\d{9,10}|JRCT\d{10}",
    "Korean Clinical Research Information Service": r"KCT\d{7}",
    "Australian New Zealand Clinical Trials Registry": r"ACTRN\d{14}",
    "ISRCTN": r"ISRCTN\d{8}",
    "Clinical Trials Registry India": r"CTRI/\d{4}/\d{2,3}/\d{6}",
    "UMIN": r"UMIN\d{9}",
}


def apply(study: Study, _report: Report) -> Iterator[Outcome]:
    """Compare each identifier with the forms of the known registries."""
    for written in study.registry:
        registry = next((name for name, form in FORMS.items() if re.fullmatch(form, written)), None)
        if registry is None:
            why = f"'{written}' has the form of no registry that is known here."
            yield Outcome(NAME, study.id, "failed", why)
        else:
            yield Outcome(NAME, study.id, "passed", f"{written}: {registry}.")


CHECK = Check(
    NAME,
    "Registry identifier well formed",
    "A registry identifier has as many letters and digits as its registry gives out.",
    of_each_study(apply),
)
