"""A line of a summary of findings in words: amounts of 100 people, and one sentence for each line.

Where others judged how certain a result is, the sentence has the standard words for that certainty
(GRADE guidelines 26: Santesso et al., J Clin Epidemiol 2020;119:126-135; Cochrane Handbook, version 6,
table 15.6.b). Where nobody did, it says what was found and no more: certainty is not judged here.
"""

from __future__ import annotations

from decimal import Decimal

from evidence.model.caution import Rating
from evidence.numbers.absolute_effects import Amount
from evidence.numbers.quantity import number_text, rounded
from evidence.numbers.summary_of_findings import POINTS, SummaryLine
from evidence.numbers.wording import ratio_text

NOT_JUDGED = "Not judged in the sources we read"
CERTAINTIES = {"high": "High", "moderate": "Moderate", "low": "Low", "very-low": "Very low"}
# "Treatment ... more people with this"
RESULTS_IN = {
    "high": "results in",
    "moderate": "probably results in",
    "low": "may result in",
}
UNCERTAIN = "The evidence is very uncertain about the effect of {treatment} on {this}"
SUBJECTS = {"trial": "In this trial", "review": "In this review"}


def of_100(number: float) -> str:
    """Return people of 100 without a sign: whole, but with one decimal below 1."""
    size = abs(number)
    whole = rounded(size, 0)
    if size >= 1 or whole == size:
        return f"{whole}"
    return number_text(rounded(size)).removesuffix(".0")


def more_or_fewer(number: float, more: str = "more", fewer: str = "fewer") -> str:
    """Return "15 more", "6 fewer" or "0"."""
    words = of_100(number)
    if words == "0":
        return words
    return f"{words} {more if number > 0 else fewer}"


def ends_of_100(ends: tuple[float, float]) -> str:
    """Return "2 to 28 more", "6 to 24 fewer" or "6 fewer to 11 more"."""
    low, high = ends
    if low >= 0:
        return f"{of_100(low)} to {more_or_fewer(high)}"
    if high <= 0:
        return f"{of_100(high)} to {more_or_fewer(low)}"
    return f"{more_or_fewer(low)} to {more_or_fewer(high)}"


def is_of_people(line: SummaryLine) -> bool:
    """Tell whether a line counts people with a result, and not what was measured in them."""
    return line.change is None or line.change.unit == POINTS


def effect_of(line: SummaryLine) -> tuple[Amount, float] | None:
    """Return the effect of a line and its number of no effect, or nothing where no effect is told."""
    if line.change is not None:
        return line.change.amount, 0.0
    if line.kind != "trial" and line.ratio is not None:
        return line.ratio.amount, 1.0
    if line.risks:
        return line.risks[0].difference, 0.0
    return None if line.ratio is None else (line.ratio.amount, 1.0)


def uncertain(line: SummaryLine) -> str:
    """Return why what is printed of a line is uncertain, or nothing."""
    marks = line.finding.marks if line.finding else ()
    return " ".join(mark.text for mark in marks if mark.kind == "uncertain")


def in_words(line: SummaryLine, treatment: str, important: float | None = None) -> str:
    """Return the sentence of a line. ``treatment`` begins it: "Treatment with cells".

    ``important`` is the smallest difference that matters to people, as others judged it, in the unit of
    the line.
    """
    doubt, effect = uncertain(line), effect_of(line)
    if doubt and not line.risks:
        return f"What the source prints is uncertain. {doubt}"
    if line.rating is None or effect is None:
        said = _found(line)
    else:
        said = _judged(line, line.rating, effect, treatment, important)
    return f"{said} What the source prints is uncertain; the note says why." if doubt else said


def _judged(
    line: SummaryLine,
    rating: Rating,
    effect: tuple[Amount, float],
    treatment: str,
    important: float | None,
) -> str:
    (amount, none), people = effect, is_of_people(line)
    if rating.certainty == "very-low":
        this = "how many people have this" if people else "this value"
        return f"{UNCERTAIN.format(treatment=_lower_first(treatment), this=this)}."
    verb = f"{treatment} {RESULTS_IN[rating.certainty]}"
    if important is not None and abs(amount.value) < important:
        reaches = amount.ends and max(map(abs, amount.ends)) >= important
        beyond = "; its interval reaches further" if reaches else ""
        return f"{verb} little to no difference: less than what matters to people{beyond}."
    if amount.value == none:
        return f"{verb} little to no difference."
    above = amount.value > none
    if people:
        said = f"{'more' if above else 'fewer'} people with this"
    else:
        said = f"a {'higher' if above else 'lower'} value"
    open_ended = "; the interval also includes no difference" if amount.holds(none) else ""
    return f"{verb} {said}{open_ended}."


def _found(line: SummaryLine) -> str:
    subject = SUBJECTS.get(line.kind) or f"In these {line.trials} trials together"
    if line.risks:
        said = [_apart(risk.difference) for risk in line.risks]
        return f"{subject}, {', or '.join(said)}."
    if line.change is not None and line.change.unit == POINTS:
        return f"{subject}, {_apart(line.change.amount)}."
    if line.change is not None:
        return f"{subject}, {_value(line.change.amount, line.change.unit)}."
    if line.ratio is None:
        raise ValueError(line.address)
    return f"{subject}, {_ratio(line.ratio.measure, line.ratio.amount)}."


def _apart(amount: Amount) -> str:
    words = more_or_fewer(amount.value)
    said = f"{words} of 100 had this" if words != "0" else "as many had this as without"
    if amount.ends is None:
        return f"{said}; no interval can be given"
    return f"{said}; the interval runs from {ends_of_100(amount.ends)}"


def _value(amount: Amount, unit: str) -> str:
    size = number_text(abs(Decimal(str(amount.value))))
    named = "" if "difference" in unit else f" {unit}"
    direction = "higher" if amount.value > 0 else "lower"
    said = f"the value was {size}{named} {direction} than without"
    if amount.value == 0:
        said = "the value was the same as without"
    if amount.ends is None:
        return f"{said}; no interval is printed"
    low, high = (number_text(end) for end in amount.ends)
    return f"{said}; the interval runs from {low} to {high}"


def _ratio(measure: str, amount: Amount) -> str:
    said = f"the {measure} was {ratio_text(amount.value)}, where 1 is no difference"
    if amount.ends is None:
        return f"{said}; no interval is printed"
    low, high = (ratio_text(end) for end in amount.ends)
    return f"{said}; the interval runs from {low} to {high}"


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
