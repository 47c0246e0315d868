"""TEMPORARY: replaced when evidence/statistics/pooling is ready."""

from __future__ import annotations
import math
from evidence.analysis import Counts, PooledShare


def pooled_share(counts: list[Counts]) -> PooledShare:
    y = []
    v = []
    for e, n in counts:
        a = e + 0.5 if e in (0, n) else e
        b = n - e + 0.5 if e in (0, n) else n - e
        y.append(math.log(a / b))
        v.append(1 / a + 1 / b)
    w = [1 / x for x in v]
    mu = sum(p * q for p, q in zip(w, y)) / sum(w)
    q = sum(p * (r - mu) ** 2 for p, r in zip(w, y))
    k = len(y)
    t = max(0, (q - (k - 1)) / (sum(w) - sum(x * x for x in w) / sum(w))) if k > 1 else 0
    w = [1 / (x + t) for x in v]
    mu = sum(p * q for p, q in zip(w, y)) / sum(w)
    se = 1 / math.sqrt(sum(w))
    f = lambda x: 100 / (1 + math.exp(-x))
    pr = 1.96 * math.sqrt(t + se * se)
    return PooledShare(
        f(mu),
        f(mu - 1.96 * se),
        f(mu + 1.96 * se),
        (f(mu - pr), f(mu + pr)) if k > 2 else None,
        max(0, 100 * (q - (k - 1)) / q) if q > 0 else 0,
        t,
        "temporary",
    )
