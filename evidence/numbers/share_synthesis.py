"""How shares of people are pooled for a figure: as the re-analysis pools them. Importing it is slow."""

from __future__ import annotations

import math

from evidence.numbers.parts import chosen
from evidence.numbers.pooling import pooled_share
from evidence.numbers.results import Between, PoolingQuestion, Single, Synthesis, Together
from evidence.numbers.statistics.distribution import logit
from evidence.numbers.statistics.effect import Counts, logit_proportion
from evidence.numbers.statistics.proportions import clopper_pearson
from evidence.numbers.statistics.share_groups import between_shares

LOGITS = "logit scale"


def of_shares(question: PoolingQuestion) -> Synthesis:
    """Return each study, and together what was wanted, from (events, n) of each."""
    counts = [(int(numbers[0]), int(numbers[1])) for numbers in question.studies]
    overall = _shares(question, "", counts) if "overall" in question.wanted else None
    parts = tuple(_shares(question, label, some) for label, some in chosen(question, counts))
    studies = tuple(_share(study) for study in counts)
    return Synthesis(studies, LOGITS, overall, parts, _between(question, counts))


def _between(question: PoolingQuestion, counts: list[Counts]) -> Between | None:
    if "subgroups" not in question.wanted:
        return None
    found = between_shares(counts, question.groups)
    return None if found is None else Between(found.q, found.degrees, found.p)


def _share(counts: Counts) -> Single:
    exact, effect = clopper_pearson(*counts), logit_proportion(*counts)
    error = math.sqrt(effect.variance)
    return Single(exact.percent, exact.low, exact.high, effect.estimate, error, effect.adjusted)


def _shares(question: PoolingQuestion, label: str, counts: list[Counts]) -> Together:
    pooled = pooled_share(counts)
    inside = min(max(pooled.percent / 100, 1e-9), 1 - 1e-9)
    return Together(
        label=label,
        estimate=pooled.percent,
        low=pooled.low,
        high=pooled.high,
        position=logit(inside),
        k=pooled.k,
        weights=(),
        prediction=pooled.prediction if question.prediction else None,
        tau_squared=pooled.tau_squared,
        i_squared=pooled.i_squared,
        q=pooled.q,
        q_p=pooled.q_p,
        method=pooled.method,
        kind=pooled.kind,
        q_name=pooled.q_name,
        people=((pooled.events, pooled.n),),
        cautions=pooled.cautions,
    )
