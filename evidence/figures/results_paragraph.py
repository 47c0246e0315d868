"""What the studies of a figure show together, as the paragraph that a paper would have of it.

Studies and people, the estimate with its interval, how far the studies differ, and where the true
result of a further study is expected (Cochrane Handbook, version 6, sections 10.10 and 10.14; Higgins,
Thompson and Spiegelhalter, J R Stat Soc A 2009;172:137-159). It is made of the figure's own result, so
the two cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from evidence.figures.effects import is_ratio, pooled_here, unit_of
from evidence.figures.pooled_items import POOLED, PREDICTION, WHOLE, spread_words
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.numbers.comparisons import people
from evidence.numbers.results import Datum, FigureResult, Synthesis, Together

MIDDLE = (
    "It is the share in a study in the middle: as many studies like these lie above it as below."
)
NOT_COMPARED = "There is no comparison group."
EQUALS = re.compile(r"\b(tau²|I²|Q) (?=\d)")
TOO_FEW = "With fewer than three studies it cannot be said where a further one would be expected"


def results_paragraph(figure: Figure, result: FigureResult, findings: Mapping[str, Finding]) -> str:
    """Return the paragraph; raise ValueError for a figure that pools nothing."""
    synthesis = result.synthesis
    if synthesis is None or synthesis.overall is None:
        message = f"the figure '{figure.id}' pools nothing"
        raise ValueError(message)
    together = synthesis.overall
    parts = [_people(figure, together, findings)]
    parts += _estimate(figure, together, result.items, unit_of(figure, dict(findings)))
    if together.kind == "pooled":
        parts += _spread(synthesis, together, result.items, figure)
    parts += [_sentence(words) for words in together.cautions]
    parts.append(f"Method: {together.method}.")
    return " ".join(parts)


def _people(figure: Figure, together: Together, findings: Mapping[str, Finding]) -> str:
    rows = [findings[row.finding] for row in pooled_here(figure)]
    everybody = sum((finding.n or 0) or people(finding) for finding in rows)
    counted = f" with {everybody:,} people" if everybody else ""
    if together.kind == "one-study":
        return f"There is one study{counted}, and nothing was pooled."
    if together.kind == "one-group":
        return (
            f"In each of {together.k} studies{counted} nobody had the outcome, or everybody, and "
            "nothing was pooled."
        )
    had = ""
    if figure.measure == "share" and together.people:
        had = f"; {together.people[0][0]:,} of the people had the outcome"
    return f"{together.k} studies{counted} were pooled{had}."


def _estimate(figure: Figure, together: Together, items: Sequence[Datum], unit: str) -> list[str]:
    found = [item for item in items if getattr(item, "part", "") in {POOLED, WHOLE}]
    if not found:
        return []
    printed = found[-1].printed
    if figure.measure == "share":
        pooled = "The pooled share" if together.kind == "pooled" else "The share of all people"
        said = [f"{pooled} is {printed}."]
        return [*said, *([MIDDLE] if together.kind == "pooled" else []), NOT_COMPARED]
    if is_ratio(unit):
        return [f"Together, the {printed}; a ratio of 1 would be no difference."]
    return [f"Together, the difference is {printed}; 0 would be no difference."]


def _spread(
    synthesis: Synthesis, together: Together, items: Sequence[Datum], figure: Figure
) -> list[str]:
    differ = EQUALS.sub(r"\1 = ", spread_words(together, synthesis.scale))
    said = [f"Heterogeneity: {differ}."]
    predicted = [item for item in items if getattr(item, "part", "") == PREDICTION]
    if not predicted:
        return [*said, _sentence(TOO_FEW)]
    ends = getattr(predicted[-1], "interval_text", "").split(" to ")
    what = "effect"
    if figure.measure == "share":
        what, ends = "share", [f"{end}%" for end in ends]
    expected = f"The true {what} in a further study like these is expected between"
    return [*said, f"{expected} {' and '.join(ends)} (95% prediction interval)."]


def _sentence(words: str) -> str:
    return f"{words.rstrip('.')}."
