"""Do sentences fit their findings: how certain, compared with what, and what sums them up?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.check.sources.known import Known, ProseCheck
from evidence.model.finding import Finding
from evidence.model.page import Page
from evidence.model.search import Search
from evidence.model.search_words import KIND_OF_DESIGN
from evidence.model.study import Study
from evidence.numbers.comparisons import NO_OUTCOME, Compared, compared, direction, is_untreated
from evidence.problems import Problem
from evidence.prose.references import Reference, blank, find_references

# Do the verbs of a sentence fit how certain its findings were rated?
#
# The words follow the GRADE guidance on informative statements (Santesso et al., J Clin Epidemiol
# 2020;119:126-135): moderate certainty takes "probably", low certainty "may", very low certainty says
# that nothing is known for sure.

EFFECT = re.compile(
    r"\b(?:improv(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|caus(?:e|es|ed|ing)|"
    r"prevent(?:s|ed|ing)?|restor(?:e|es|ed|ing)|cur(?:e|es|ed|ing)|help(?:s|ed|ing)?|"
    r"lower(?:s|ed|ing)?|rais(?:e|es|ed|ing)|lead(?:s|ing)? to|led to|work(?:s|ed)|eas(?:e|es|ed))\b",
    re.IGNORECASE,
)
VERY_LOW = r"uncertain|not known|unclear|do not know|cannot (?:say|tell)|very low certainty"
LOW = rf"{VERY_LOW}|may|might|could|low certainty"
MODERATE = rf"{LOW}|probably|likely|moderate certainty"
HEDGES = {
    "moderate": re.compile(rf"\b(?:{MODERATE})\b", re.IGNORECASE),
    "low": re.compile(rf"\b(?:{LOW})\b", re.IGNORECASE),
    "very-low": re.compile(rf"\b(?:{VERY_LOW})\b", re.IGNORECASE),
}
FITTING = {"moderate": "probably", "low": "may", "very-low": "it is uncertain whether"}
REFERENCE = re.compile(r"!?\[\[[^\[\]]*\]\]")
SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n|\n\s*[-*|#]|\|")


def check_verbs(
    prose: ProseCheck, references: Sequence[Reference], findings: dict[str, Finding]
) -> Iterator[Problem]:
    """Yield a problem for each sentence that is surer than the rating of a finding in it."""
    for reference in references:
        finding = findings.get(reference.target) if reference.kind == "number" else None
        if finding is None or finding.rating is None or finding.rating.certainty == "high":
            continue
        certainty = finding.rating.certainty
        start, sentence = sentence_around(prose.text, reference.start, reference.end)
        effect = EFFECT.search(sentence)
        if effect is None or HEDGES[certainty].search(sentence):
            continue
        words = certainty.replace("-", " ")
        message = (
            f"'{effect.group()}' is surer than the finding '{reference.target}', "
            f"which {finding.rating.by} rate as of {words} certainty"
        )
        hint = f"Say '{FITTING[certainty]}', or report what was measured without a verb of effect."
        place = prose.place(start + effect.start(), effect.group())
        yield Problem(place, "verb-fits-certainty", message, hint)


def sentence_around(text: str, first: int, last: int) -> tuple[int, str]:
    """Return the offset and the text of the sentence around what stands from ``first`` to ``last``.

    References in it are blanked, because their names are no words, and their bars no end.
    """
    readable = blank(text, REFERENCE)
    ends = [match.end() for match in SENTENCE_END.finditer(readable)]
    start = max((end for end in ends if end <= first), default=0)
    stop = min((end for end in ends if end >= last), default=len(text))
    return start, readable[start:stop]


# Is like compared with like, or is it said in the sentence what differs?
#
# A share of people who got no treatment means little without when they were first examined: most
# change comes early. So each sentence, or row of a table, that prints one also prints its baseline,
# and where a share of treated people stands beside it, that one's baseline too.

# Forms that print no share
ASIDE = {"baseline", "measure", "time", "population", "n", "statement", "date", "year", "p"}
TABLE_ROW = re.compile(r"[ \t]*\|")


def check_baselines(prose: ProseCheck, known: Known) -> Iterator[Problem]:
    """Yield each share that is set beside another without when its people were first seen."""
    references = find_references(prose.text)[0]
    numbers = [
        reference
        for reference in references
        if reference.kind == "number" and reference.target in known.findings
    ]
    shares = [number for number in numbers if number.form not in ASIDE and _is_share(known, number)]
    untreated = [share for share in shares if _untreated(known, share)]
    for reference in untreated:
        start, unit = _unit(prose.text, reference)
        beside = [number for number in numbers if start <= number.start < start + len(unit)]
        told = {_time(known, number) for number in beside if number.form == "baseline"}
        for share in (number for number in shares if number in beside):
            if _time(known, share) in told:
                continue
            finding = known.findings[share.target]
            if not _untreated(known, share) and finding.baseline is None and len(beside) == 1:
                continue
            message = (
                f"'{share.target}' is set beside others without when its people were first seen"
            )
            hint = f"Add [[{share.target}|baseline]] to this sentence, or give each its own."
            place = prose.place(share.start, share.written)
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


# Do words that sum up follow from the table of the outcome that they are about?
#
# "The only trial" needs exactly one row, "no randomised trial" none, and "in different directions"
# comparisons that differ. What stands apart in the table, as something else than the treatment, does
# not count.

KINDS_OF_STUDY = r"(?P<noun>trials?|stud(?:y|ies)|comparisons?|meta-analys[ei]s|reviews?)"
WORDS_BETWEEN = r"(?P<words>(?:[a-z-]+ ){0,2}?)"
SAID = re.compile(
    rf"\b(?:(?P<only>(?:the|an) only|only one|a single)|(?P<no>no)) {WORDS_BETWEEN}{KINDS_OF_STUDY}\b"
    r"(?! (?:groups?|arms?)\b)",
    re.IGNORECASE,
)
DIFFERING = re.compile(
    r"\b(?:in (?:different|opposite) directions|contradict(?:s|ed)? each other|"
    r"better in some and worse in (?:an)?others?|some for and some against)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Scope:
    """What a sentence is about: the rows of its outcomes, or all that the searches found."""

    searches: tuple[Search, ...]
    rows: tuple[Compared, ...]
    outcome: str


def check_summing_up(prose: ProseCheck, page: Page, known: Known) -> Iterator[Problem]:
    """Yield the sentences of a page that say more or less than the tables of its searches."""
    searches = tuple(
        search
        for search in known.searches.values()
        if page.id in search.pages
        or (page.front.kind == "section" and _of_section(search, page.section))
    )
    if not searches:
        return
    references = find_references(prose.text)[0]
    readable = blank(prose.text, REFERENCE)
    for said in SAID.finditer(readable):
        yield from _check_count(
            prose, said, _scope(prose, said, references, searches, known), known
        )
    for said in DIFFERING.finditer(readable):
        scope = _scope(prose, said, references, searches, known)
        directions = {_direction(row, scope.searches) for row in scope.rows if row.group != "apart"}
        if not {1, -1} <= directions:
            message = f"'{said.group()}' does not follow from the results{scope.outcome}"
            hint = "None of the comparisons there favours the one, and another the other side."
            place = prose.place(said.start(), said.group())
            yield Problem(place, "words-follow-table", message, hint)


def _of_section(search: Search, section: str) -> bool:
    return any(page.startswith(f"{section}/") for page in search.pages)


def _direction(row: Compared, searches: tuple[Search, ...]) -> int:
    outcomes = {name: outcome for search in searches for name, outcome in search.outcomes.items()}
    return direction(row, outcomes[row.finding.outcome or ""].better)


def _scope(
    prose: ProseCheck,
    said: re.Match[str],
    references: Sequence[Reference],
    searches: tuple[Search, ...],
    known: Known,
) -> Scope:
    start, sentence = sentence_around(prose.text, said.start(), said.end())
    outcomes = {
        known.findings[reference.target].outcome
        for reference in references
        if reference.kind == "number" and start <= reference.start < start + len(sentence)
    }
    named = [name for search in searches for name in search.outcomes if name in outcomes]
    wanted = named or [name for search in searches for name in search.outcomes]
    rows = [row for name in dict.fromkeys(wanted) for row in compared(known, searches, name)]
    about = f" for {' and '.join(sorted(set(named)))}" if named else ""
    return Scope(searches, tuple(rows), about)


def _check_count(
    prose: ProseCheck, said: re.Match[str], scope: Scope, known: Known
) -> Iterator[Problem]:
    kind = _kind(said)
    if kind is None:
        return
    studies = {row.study.id for row in scope.rows if _is(kind, row, known)}
    if not scope.outcome:
        studies |= _items(kind, scope.searches, known)
    wanted = 1 if said["only"] else 0
    if len(studies) == wanted or (said["only"] and not studies):
        return
    listed = ", ".join(sorted(studies)[:6])
    message = f"'{said.group()}' does not fit: {len(studies)} were found{scope.outcome}"
    hint = f"They are: {listed}. Say how many there are, or say what is special about this one."
    yield Problem(prose.place(said.start(), said.group()), "words-follow-table", message, hint)


def _kind(said: re.Match[str]) -> str | None:
    """Return what is counted: randomised, placebo, comparison or pooled; None where not told."""
    words, noun = said["words"].lower(), said["noun"].lower()
    if noun.startswith(("meta", "review")):
        return "pooled"
    if "placebo" in words:
        return "placebo"
    if "randomi" in words:
        return "randomised"
    if "controlled" in words or noun.startswith("comparison"):
        return "comparison"
    return None if said["no"] or words.strip() else "comparison"


def _is(kind: str, row: Compared, known: Known) -> bool:
    if kind == "placebo":
        return row.group == "randomised" and known.studies[row.study.id].design.control == "placebo"
    if kind == "comparison":
        return row.group in {"randomised", "not-randomised"}
    return row.group == kind


def _items(kind: str, searches: tuple[Search, ...], known: Known) -> set[str]:
    """Return what was found of a kind and not left out, whether a table shows it or not."""
    kinds = {
        "pooled": {"meta-analysis"},
        "comparison": {"randomised-trial", "controlled-study"},
        "randomised": {"randomised-trial"},
        "placebo": set[str](),
    }[kind]
    items = set()
    for item in (item for search in searches for item in search.items if not item.reason):
        design = known.studies[item.study].design.kind if item.study else None
        if (item.kind or (design and KIND_OF_DESIGN[design])) in kinds:
            items.add(item.study or item.source or item.trial or item.name or "")
    return items
