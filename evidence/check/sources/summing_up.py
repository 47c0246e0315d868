"""Do words that sum up follow from the table of the outcome that they are about?

"The only trial" needs exactly one row, "no randomised trial" none, and "in different directions"
comparisons that differ. What stands apart in the table, as something else than the treatment, does
not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.check.sources.certainty import REFERENCE, sentence_around
from evidence.check.sources.known import Known
from evidence.check.sources.prose import ProseCheck
from evidence.model.page import Page
from evidence.model.search import KIND_OF_DESIGN, Search
from evidence.numbers.comparisons import Compared, compared, direction
from evidence.problems import Problem
from evidence.prose.references import Reference, blank, find_references

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
        found = {_direction(row, scope.searches) for row in scope.rows if row.group != "apart"}
        if not {1, -1} <= found:
            message = f"'{said.group()}' does not follow from the results{scope.outcome}"
            hint = "None of the comparisons there favours the one, and another the other side."
            place = prose.place(said.start(), said.group())
            yield Problem(place, "words-follow-table", message, hint)


def _of_section(search: Search, section: str) -> bool:
    return any(page.startswith(f"{section}/") for page in search.pages)


def _direction(row: Compared, searches: tuple[Search, ...]) -> int:
    outcomes = {name: each for search in searches for name, each in search.outcomes.items()}
    return direction(row, outcomes[row.finding.outcome or ""].better)


def _scope(
    prose: ProseCheck,
    said: re.Match[str],
    references: list[Reference],
    searches: tuple[Search, ...],
    known: Known,
) -> Scope:
    start, sentence = sentence_around(prose.text, said.start(), said.end())
    outcomes = {
        known.findings[each.target].outcome
        for each in references
        if each.kind == "number" and start <= each.start < start + len(sentence)
    }
    named = [name for search in searches for name in search.outcomes if name in outcomes]
    wanted = named or [name for search in searches for name in search.outcomes]
    rows = [
        row for name in dict.fromkeys(wanted) for row in compared(known.studies, searches, name)
    ]
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
    found = set()
    for item in (item for search in searches for item in search.items if not item.reason):
        design = known.studies[item.study].design.kind if item.study else None
        if (item.kind or (design and KIND_OF_DESIGN[design])) in kinds:
            found.add(item.study or item.source or item.trial or item.name or "")
    return found
