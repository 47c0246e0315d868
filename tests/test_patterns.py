"""Every pattern takes time in proportion to its text: a long word stops no build."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from evidence.check.sources.known import ProseCheck
from evidence.check.sources.templates import _line_of
from evidence.figures.table_counts import _longest
from evidence.model.registries import TABLE, Registry
from evidence.model.site import Term
from evidence.prose.numbers import unbound_numbers
from evidence.prose.typesetting import TermFinder
from evidence.read.yaml_file import read_yaml
from evidence.registry.pattern import read_pattern
from tests.projects import ROOT
from tests.pumping import (
    Used,
    composed_by,
    grows_faster,
    out_of_proportion,
    written_patterns,
)

KNOWN, COMPOSED_AT = written_patterns()
WAYS = frozenset({"finditer"})
WORDS = "as far as far as anybody knows"


def place_of_text() -> object:
    document = read_yaml("a.yaml", f"said: {WORDS}\n")
    prose = ProseCheck(WORDS, document, ("said",))
    return prose.place(7, "as far as anybody")


def expressions() -> object:
    """Compile the expressions among the rules of classification."""
    rules = (ROOT / "data/registry/rules.yaml").read_text("utf-8")
    return [read_pattern(written) for written in re.findall(r"'(/[^']+/)'", rules)]


def fresh_registries() -> list[Registry]:
    """Return the registries as they are before they have made their patterns."""
    return [replace(registry) for registry in TABLE]


def terms() -> object:
    spelled = ["graft", "graft failure", "grafted graft", "CD34", "aa", "a a", "ASIA"]
    return TermFinder(
        Term(id=f"t{number}", term=spelling, definition="x")
        for number, spelling in enumerate(spelled)
    )


# What is composed while the program runs: where, and what makes it compose its patterns
COMPOSED: dict[str, Callable[[], object]] = {
    "evidence.check.sources.known.ProseCheck.place": place_of_text,
    "evidence.check.sources.templates._line_of": lambda: _line_of("{{ a.a.a }}", "a.a.a"),
    "evidence.figures.table_counts._longest": lambda: _longest(WORDS, " -"),
    "evidence.model.registries.Registry.alone": lambda: [each.alone for each in fresh_registries()],
    "evidence.model.registries.Registry.in_print": lambda: [
        each.in_print for each in fresh_registries()
    ],
    "evidence.prose.typesetting.TermFinder.__init__": terms,
    "evidence.read.yaml_file.Document.place_of_text": place_of_text,
    "evidence.registry.pattern._expression": expressions,
    "evidence.registry.pattern.read_pattern": lambda: [
        read_pattern(words) for words in ("a* a* a*", "stem* cell*", "a a a a")
    ],
}
# A rule may find the end of a word from within it, as 'nonalcoholic' is found by '/alcohol\w* liver/':
# what registries write has blanks, so these are tried with texts that have them too
IN_WORDS = {"evidence.registry.pattern._expression"}


def named(used: Used) -> str:
    return used.where.removeprefix("evidence.")


def test_all_patterns_are_found() -> None:
    """Each call of ``re`` is one of those below, so none can be forgotten."""
    calls = sum(
        len(re.findall(r"\bre\.(?:compile|match|fullmatch|search|subn?|split|findall|finditer)\(",
                       path.read_text("utf-8")))
        for path in (ROOT / "evidence").rglob("*.py")
    )  # fmt: skip
    assert set(COMPOSED) == COMPOSED_AT
    assert 100 < len(KNOWN) <= calls <= len(KNOWN) + len(COMPOSED) + 1  # one function has two


@pytest.mark.parametrize("used", KNOWN, ids=named)
def test_time_grows_with_the_text(used: Used) -> None:
    assert next(out_of_proportion(used), None) is None


@pytest.mark.parametrize("place", COMPOSED)
def test_time_of_composed_patterns_grows_with_the_text(place: str) -> None:
    patterns = composed_by(COMPOSED[place])
    assert patterns
    slow = [
        next(out_of_proportion(Used(place, pattern, WAYS), of_words=place in IN_WORDS), None)
        for pattern in patterns
        if pattern not in {used.pattern for used in KNOWN}
    ]
    assert [line for line in slow if line] == []


@pytest.mark.parametrize(
    "source",
    [
        r"(?:a+)+$",
        r"(?:a|aa)+b",
        r"\s+$",
        r"[A-Za-z]+[A-Za-z-]*-?\d",  # the name that stopped a build at one long word
        r"<table>.*?</table>",
        r"\b(?:two|three)(?:[ -](?:two|three))* people",
        r"(?m)^[ |:-]*\|[ |:-]*$",
        r"(`+)(?!`).+?(?<!`)\1(?!`)",
    ],
)
def test_a_pattern_out_of_proportion_is_found(source: str) -> None:
    used = Used("here", re.compile(source), WAYS)
    assert next(out_of_proportion(used), None) is not None


def test_a_method_that_looks_at_one_place_is_measured_there() -> None:
    used = Used("here", re.compile(r"\d+x"), frozenset({"fullmatch"}))
    assert list(out_of_proportion(used)) == []
    assert next(out_of_proportion(replace(used, methods=frozenset({"sub"}))), None) is not None


def long_words(length: int) -> dict[str, str]:
    """Return texts of one long word each, of the kinds that people paste."""
    return {
        "a gene": "ACGT" * (length // 4),
        "a protein": "MKTAYIAK-" * (length // 9),
        "dashes": "-" * length,
        "digits": "7" * length,
        "words of numbers": "two hundred " * (length // 12),
        "a name": "a-1" * (length // 3),
    }


@pytest.mark.parametrize("kind", long_words(0))
def test_numbers_are_found_in_proportion(kind: str) -> None:
    assert not grows_faster(unbound_numbers, lambda length: long_words(length)[kind])
