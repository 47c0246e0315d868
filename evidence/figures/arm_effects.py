"""Two arms as the numbers that a measure needs: counts, means, or events in person-years."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evidence.figures.figure_item import count_words
from evidence.model.arms import Arm
from evidence.model.finding import Finding
from evidence.numbers.quantity import number_text
from evidence.numbers.statistics.effect import log_odds_ratio, log_risk_ratio, risk_difference
from evidence.numbers.statistics.means import mean_difference, standardised_mean_difference
from evidence.numbers.statistics.rates import log_rate_ratio

Lack = tuple[str, str]  # message, hint
TWO_ARMS: dict[str, Callable[[Any, Any], object]] = {
    "risk-difference": risk_difference,
    "risk-ratio": log_risk_ratio,
    "odds-ratio": log_odds_ratio,
    "rate-ratio": log_rate_ratio,
    "mean-difference": mean_difference,
    "standardised-mean-difference": standardised_mean_difference,
}
OF_MEANS = ("mean-difference", "standardised-mean-difference")
HINTS = {
    "risk-ratio": "Choose 'measure: risk-difference', or leave it out.",
    "odds-ratio": "Choose 'measure: risk-difference', or leave it out.",
    "rate-ratio": "Leave it out, and say so in 'note:'.",
}


def arms_of(measure: str, finding: Finding) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
    """Return what the statistics need of the treated and the control arm; None where it lacks.

    (mean, standard deviation, n) for means, (events, person-years) for a rate ratio, otherwise
    (events, n).
    """
    if finding.arms is None:
        return None
    treated, control = (
        _numbers(measure, arm) for arm in (finding.arms.treated, finding.arms.control)
    )
    return None if treated is None or control is None else (treated, control)


def _numbers(measure: str, arm: Arm) -> tuple[float, ...] | None:
    if measure in OF_MEANS:
        if arm.value is None or arm.sd is None or arm.n is None:
            return None
        return float(arm.value), float(arm.sd), arm.n
    if measure == "rate-ratio":
        if arm.events is None or arm.person_years is None:
            return None
        return arm.events, float(arm.person_years)
    return None if arm.events is None or arm.n is None else (arm.events, arm.n)


def lacking_arms(measure: str, finding: Finding) -> Lack | None:
    """Return what the arms of a finding lack for a measure, and how to mend it."""
    arms = arms_of(measure, finding)
    if arms is None:
        if measure in OF_MEANS:
            hint = "Give both arms 'value', 'sd' and 'n'."
            return "has no means of two arms with their standard deviations", hint
        if measure == "rate-ratio":
            return "has no rates of two arms", "Give both arms 'events' and 'person-years'."
        hint = (
            "A single arm is 'measure: share', never a comparison; or give both 'events' and 'n'."
        )
        return "has no counts of two arms", hint
    try:
        TWO_ARMS[measure](*arms)
    except ValueError as error:
        hint = HINTS.get(measure, "Compare with the source, or leave it out.")
        return f"cannot be shown: {error}", hint
    return None


def unit_of_means(finding: Finding) -> str:
    """Return the unit of a difference of means; nothing where the finding states none."""
    unit = finding.unit or (finding.difference.unit if finding.difference else "")
    return "percentage points" if unit == "percent" else unit


def arm_words(measure: str, arm: Arm, *, derived: bool) -> str:
    """Return "12 of 30", "12 in 340 person-years" or "7.9 (SD 2.1), n = 30"."""
    if measure in OF_MEANS and arm.value is not None and arm.sd is not None:
        mean = f"{number_text(arm.value)} (SD {number_text(arm.sd)}), n = {arm.n:,}"
        return f"{mean} (derived)" if derived else mean
    if measure == "rate-ratio" and arm.person_years is not None:
        rate = f"{arm.events:,} in {number_text(arm.person_years)} person-years"
        return f"{rate} (derived)" if derived else rate
    return count_words(arm.events, arm.n, derived=derived)


def short_arm(words: str) -> str:
    """Return "12/30", "12 in 340" or "7.9 (2.1), 30": what ``arm_words`` gave, for a drawing."""
    for long, short in ((" of ", "/"), (" person-years", ""), ("(SD ", "("), (" n = ", " ")):
        words = words.replace(long, short)
    return words


ARMS = {
    " of ": "Counts: people with the outcome/all people of the arm.",
    " person-years": "Arms: events in person-years.",
    "(SD ": "Arms: mean (standard deviation), people.",
}


def arms_in_words(texts: list[str]) -> str:
    """Return the sentence that explains arms in a drawing, or nothing where it has none."""
    return next((words for mark, words in ARMS.items() if any(mark in text for text in texts)), "")
