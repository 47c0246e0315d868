"""A share pooled over studies: its parts, what can be known of it before, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

Counts = tuple[int, int]


@dataclass(frozen=True)
class OtherShare:
    """The same share by another method, to show how much hangs on the method."""

    name: str
    words: str
    percent: float
    low: float
    high: float
    method: str
    cautions: tuple[str, ...] = ()


Kind = Literal["pooled", "one-group", "one-study"]


@dataclass(frozen=True)
class PooledShare:
    """What ``k`` studies with ``events`` among ``n`` show together, in percent.

    ``kind`` "pooled": the share in a study in the middle by the model that ``method`` names, with its
    prediction interval (None for two studies), tau², I² in percent, and Q as ``q_name`` calls it, all
    of that model; ``cautions`` are sentences that go with it. "one-group": everybody, or nobody, had
    the outcome, so nothing is pooled; "one-study": there is one. These have the plain share of all
    people with its exact interval, and nothing else.
    """

    kind: Kind
    k: int
    events: int
    n: int
    percent: float
    low: float
    high: float
    method: str
    prediction: tuple[float, float] | None = None
    tau_squared: float | None = None
    i_squared: float | None = None
    q: float | None = None
    q_p: float | None = None
    q_name: str = "Q"
    others: tuple[OtherShare, ...] = ()
    cautions: tuple[str, ...] = ()


Pool = Callable[[list[Counts]], PooledShare]


def revived(fields: dict[str, Any]) -> PooledShare:
    """Return what ``dataclasses.asdict`` and JSON made of a pooled share."""
    prediction = fields["prediction"]
    listed = {
        "prediction": None if prediction is None else tuple(prediction),
        "others": tuple(
            OtherShare(**each | {"cautions": tuple(each["cautions"])}) for each in fields["others"]
        ),
        "cautions": tuple(fields["cautions"]),
    }
    return PooledShare(**fields | listed)


def unknown(counts: list[Counts]) -> PooledShare:
    """Return a result that has the parts of a real one, and no numbers that mean anything.

    Two studies have no prediction interval; where nothing is pooled there is no heterogeneity, and
    no other method.
    """
    events, n = (sum(column) for column in zip(*counts, strict=True))
    alone = len(counts) == 1
    bare = PooledShare(
        kind="one-study" if alone else "one-group",
        k=len(counts),
        events=events,
        n=n,
        percent=50.0,
        low=0.0,
        high=100.0,
        method="",
    )
    if alone or events in {0, n}:
        return bare
    return replace(
        bare,
        kind="pooled",
        prediction=(0.0, 100.0) if len(counts) > 2 else None,
        tau_squared=0.0,
        i_squared=0.0,
        q=0.0,
        q_p=1.0,
        others=(
            OtherShare("logit", "", 50.0, 0.0, 100.0, ""),
            OtherShare("double-arcsine", "", 50.0, 0.0, 100.0, ""),
        ),
    )
