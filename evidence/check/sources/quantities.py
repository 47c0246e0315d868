"""Can the numbers of a finding be? A misprint of a source is kept, once its file tells of it.

Each number stands as its source prints it. What cannot be is a slip of the editor or of the source:
where it is the source, a discrepancy of some source names the finding, and nothing is said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from evidence.check.reported.shares import percentages_against_counts
from evidence.check.sources.known import Known
from evidence.model.finding import Finding
from evidence.model.study import Study
from evidence.numbers.quantity import interval_text, number_text
from evidence.problems import Problem, nearest
from evidence.read.tables import place_of_finding
from evidence.read.yaml_file import Path

# What is counted one by one, as the last word of a unit: "randomised trials", but not "trials a year"
COUNTED = frozenset({
    "adolescent", "adult", "article", "case", "center", "centre", "child", "children", "clinic", "companies",
    "company", "countries", "country", "death", "disease", "donor", "event", "hospital", "infection",
    "interview", "malignancies", "malignancy", "man", "men", "meta-analyses", "meta-analysis", "newborn",
    "paper", "participant", "patient", "people", "person", "publication", "record", "reference", "relapse",
    "report", "responder", "response", "review", "site", "studies", "study", "survivor", "trial", "volunteer",
    "woman", "women",
})  # fmt: skip
# What numbers are printed and judged by; a unit that is nearly one of these is a slip
UNITS = (
    "percent", "percentage points", "points", "risk ratio", "odds ratio", "hazard ratio", "rate ratio", "relative risk",
    "mean difference", "standardised mean difference", "patients", "participants", "people", "trials", "studies",
    "events", "deaths", "days", "weeks", "months", "years",
)  # fmt: skip
NEARLY = 0.84  # of the letters: "precent" and "percentage point", but not "parents" for "patients"
RATES = frozenset({"a", "of", "per", "percent", "percentage", "share", "million", "thousand"})
AVERAGE = re.compile(r"\b(?:mean|means|median|average|expected|estimated)\b", re.IGNORECASE)
HUNDRED = Decimal(100)
Impossible = tuple[Path, str, str]  # where in the finding, what is wrong, and a hint of its own


def check_quantities(study: Study, known: Known) -> Iterator[Problem]:
    """Yield the findings of a study whose numbers cannot be, one problem each.

    What this site computes itself is not looked at: it has no place in a file.
    """
    if study.analysis is not None:
        return
    for finding in study.findings.values():
        if f"{study.id}/{finding.id}" not in known.misprinted:
            yield from _check_finding(study, finding, known)


def _check_finding(study: Study, finding: Finding, known: Known) -> Iterator[Problem]:
    told = (
        f"Compare with the source, and correct the number. Where the source prints it so, say it under "
        f"'discrepancies:' in data/sources/{finding.source}.yaml, with 'findings: [{study.id}/{finding.id}]'."
    )
    for path, unit, meant in _misspelt_units(finding):
        place = place_of_finding(known.reading, study, finding.id, path)
        message = f"'{unit}' is no unit that numbers here are printed in"
        yield Problem(place, "value-known", message, f"Did you mean '{meant}'?")
        return
    for path, message, hint in impossible(finding):
        place = place_of_finding(known.reading, study, finding.id, path)
        yield Problem(place, "quantity-possible", message, f"{hint} {told}".strip())
        return
    for outcome in percentages_against_counts(study.id, finding):
        if outcome.verdict == "failed":
            message = outcome.why.removesuffix(".")
            place = place_of_finding(known.reading, study, finding.id, ("value",))
            yield Problem(place, "percentage-fits-counts", message, told)
            return


def _misspelt_units(finding: Finding) -> Iterator[tuple[Path, str, str]]:
    """Yield where a unit stands that is nearly one of ``UNITS``, with the unit and what was meant."""
    units: list[tuple[Path, str | None]] = [(("unit",), finding.unit)]
    if finding.difference is not None:
        units.append((("difference", "unit"), finding.difference.unit))
    for path, unit in units:
        meant = None if unit is None else _nearly(unit)
        if unit is not None and meant is not None:
            yield path, unit, meant


@cache
def _nearly(unit: str) -> str | None:
    """Return the unit of which this is a slip, or None; one of them may be counted once."""
    return None if unit in UNITS or f"{unit}s" in UNITS else nearest(unit, UNITS, NEARLY)


def impossible(finding: Finding) -> Iterator[Impossible]:
    """Yield what cannot be in the numbers of a finding; see ``Impossible``."""
    value, unit = finding.value, finding.unit or "percent"
    if value is not None:
        yield from _out_of_scale(("value",), value, unit)
        yield from _uncountable(finding, value, unit)
        yield from _outside(("interval",), value, finding.interval)
    difference = finding.difference
    if difference is None:
        return
    if difference.value is not None:
        yield from _out_of_scale(("difference", "value"), difference.value, difference.unit)
        yield from _outside(("difference", "interval"), difference.value, difference.interval)


def _out_of_scale(path: Path, value: Decimal, unit: str) -> Iterator[Impossible]:
    """Yield a share, a difference of shares or a ratio that lies outside its scale."""
    written, difference = number_text(value), path[0] == "difference"
    if unit == "percent" and not difference and not 0 <= value <= HUNDRED:
        message = f"{written} percent is no share: a share lies between 0 and 100"
        yield path, message, "A change has another unit, such as 'percent of the start'."
    if unit == "percentage points" and abs(value) > HUNDRED:
        message = f"no two shares are {written} percentage points apart"
        yield path, message, ""
    if unit.endswith(("ratio", "relative risk")) and value < 0:
        yield path, f"a ratio is not below zero, and {written} is", ""


def _uncountable(finding: Finding, value: Decimal, unit: str) -> Iterator[Impossible]:
    """Yield a count that is negative, or that is not whole and neither worked out nor an average."""
    *before, last = unit.lower().split() or [""]
    counts = last in COUNTED or last.removesuffix("s") in COUNTED
    if not counts or RATES.intersection(before):
        return
    if value < 0:
        message = f"{number_text(value)} {unit} cannot be counted"
        yield ("value",), message, "A change is a 'difference:', or has another unit."
    elif value % 1 and not finding.derivation and not AVERAGE.search(finding.measure):
        message = f"{value} {unit} cannot be counted: a count is a whole number"
        hint = "A mean says so in its 'measure:'."
        if len(str(value).partition(".")[2]) == len("000"):
            digits = str(value).replace(".", "")
            hint = f"If it is {int(digits):,}, write {digits}."
        yield ("value",), message, hint


def _outside(
    path: Path, value: Decimal, interval: tuple[Decimal, Decimal] | None
) -> Iterator[Impossible]:
    if interval is not None and not interval[0] <= value <= interval[1]:
        yield path, f"{number_text(value)} is outside its interval, {interval_text(*interval)}", ""
