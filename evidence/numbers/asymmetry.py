"""Whether small studies differ from large ones: which test for which measure, and what to say of it."""

from __future__ import annotations

from evidence.numbers.results import Asymmetry, PoolingQuestion
from evidence.numbers.statistics.effect import Effect
from evidence.numbers.statistics.regression import AsymmetryResult, eggers_test, peters_test

LITTLE_STUDIED = "It is little studied for risk ratios and risk differences"
BOUND = (
    "The standard error of a standardised difference hangs on the difference itself, which can look "
    "like asymmetry"
)
CAUTIONS = {
    "risk-ratio": LITTLE_STUDIED,
    "risk-difference": LITTLE_STUDIED,
    "standardised-mean-difference": BOUND,
}


def asymmetry_of(question: PoolingQuestion, effects: list[Effect]) -> Asymmetry:
    """Return Peters' test for odds ratios from counts, and Egger's for everything else.

    Cochrane Handbook, section 13.3.5.4. Studies that are all equally exact have no test, which is
    said in ``words``. Raises ValueError for fewer than ten studies.
    """
    name = "Peters’ test" if question.measure == "odds-ratio" else "Egger’s test"
    try:
        found = _tested(question, effects)
    except ValueError as error:
        if len(effects) < 10:
            raise
        return Asymmetry(name, None, None, None, words=str(error))
    said = (CAUTIONS.get(question.measure, ""), found.caution)
    return Asymmetry(name, found.t, found.degrees, found.p, tuple(each for each in said if each))


def _tested(question: PoolingQuestion, effects: list[Effect]) -> AsymmetryResult:
    if question.measure == "odds-ratio":
        arms = [((int(a), int(n)), (int(c), int(m))) for a, n, c, m in question.studies]
        return peters_test(arms)
    return eggers_test(
        [effect.estimate for effect in effects], [effect.variance for effect in effects]
    )
