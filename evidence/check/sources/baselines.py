"""Is like compared with like, or is it said in the sentence what differs?

A share of people who got no treatment means little without when they were first examined: most
change comes early. So each sentence, or row of a table, that prints one also prints its baseline,
and where a share of treated people stands beside it, that one's baseline too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.check.sources.certainty import sentence_around
from evidence.check.sources.known import Known
from evidence.check.sources.prose import ProseCheck
from evidence.model.study import Finding, Study
from evidence.numbers.comparisons import NO_OUTCOME, is_untreated
from evidence.problems import Problem
from evidence.prose.references import Reference, find_references

# Forms that print no share
ASIDE = {"baseline", "measure", "time", "population", "n", "statement", "date", "year", "p"}
TABLE_ROW = re.compile(r"[ \t]*\|")


def check_baselines(prose: ProseCheck, known: Known) -> Iterator[Problem]:
    """Yield each share that is set beside another without when its people were first seen."""
    references = find_references(prose.text)[0]
    numbers = [
        each for each in references if each.kind == "number" and each.target in known.findings
    ]
    shares = [each for each in numbers if each.form not in ASIDE and _is_share(known, each)]
    untreated = [each for each in shares if _untreated(known, each)]
    for reference in untreated:
        start, unit = _unit(prose.text, reference)
        beside = [each for each in numbers if start <= each.start < start + len(unit)]
        told = {_time(known, each) for each in beside if each.form == "baseline"}
        for other in (each for each in shares if each in beside):
            if _time(known, other) in told:
                continue
            finding = known.findings[other.target]
            if not _untreated(known, other) and finding.baseline is None and len(beside) == 1:
                continue
            message = (
                f"'{other.target}' is set beside others without when its people were first seen"
            )
            hint = f"Add [[{other.target}|baseline]] to this sentence, or give each its own."
            place = prose.place(other.start, other.written)
            yield Problem(place, "baseline-shown", message, hint)


def _unit(text: str, reference: Reference) -> tuple[int, str]:
    """Return the sentence around a reference, or the whole row when it stands in a table."""
    start = text.rfind("\n", 0, reference.start) + 1
    if TABLE_ROW.match(text, start):
        end = text.find("\n", reference.end)
        return start, text[start : end if end >= 0 else len(text)]
    return sentence_around(text, reference.start, reference.end)


def _study(known: Known, reference: Reference) -> Study:
    return known.studies[reference.study]


def _is_share(known: Known, reference: Reference) -> bool:
    finding = known.findings[reference.target]
    return finding.unit == "percent" or (finding.events is not None and finding.n is not None)


def _untreated(known: Known, reference: Reference) -> bool:
    finding: Finding = known.findings[reference.target]
    if finding.baseline is not None:
        return not finding.baseline.treated and finding.outcome not in {None, NO_OUTCOME}
    return is_untreated(_study(known, reference)) and finding.outcome not in {None, NO_OUTCOME}


def _time(known: Known, reference: Reference) -> str:
    baseline = known.findings[reference.target].baseline
    return repr(baseline)
