"""Do the verbs of a sentence fit how certain its findings were rated?

The words follow the GRADE guidance on informative statements (Santesso et al., J Clin Epidemiol
2020;119:126-135): moderate certainty takes "probably", low certainty "may", very low certainty says
that nothing is known for sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.check.sources.prose import ProseCheck
from evidence.model.study import Finding
from evidence.problems import Problem
from evidence.prose.references import Reference, blank

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
    prose: ProseCheck, references: list[Reference], findings: dict[str, Finding]
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
    ends = [found.end() for found in SENTENCE_END.finditer(readable)]
    start = max((end for end in ends if end <= first), default=0)
    stop = min((end for end in ends if end >= last), default=len(text))
    return start, readable[start:stop]
