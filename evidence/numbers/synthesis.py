"""What several studies show together: what a figure asks for, and the answer in numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Part = Literal["overall", "subgroups", "cumulative", "leave-one-out"]
Kind = Literal["pooled", "one-group", "one-study"]


@dataclass(frozen=True)
class PoolingQuestion:
    """What a figure wants pooled.

    ``studies`` holds numbers by ``measure``: (events, n) for a share; (events, n, events, n) of
    the treated and the control arm for "risk-difference", "risk-ratio" and "odds-ratio";
    (estimate, low, high, level) for "printed", pooled as logarithms when ``logarithmic``.
    ``groups`` and ``years`` go with the studies where ``wanted`` needs them. ``limits`` are the ends
    of the scale of what is "printed", if it has any: -100 and 100 for percentage points.
    """

    measure: str
    studies: tuple[tuple[float, ...], ...]
    logarithmic: bool = False
    groups: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    wanted: tuple[Part, ...] = ()
    limits: tuple[float, float] | None = None


@dataclass(frozen=True)
class Single:
    """One study in the units that are printed: percent, percentage points, or the ratio itself.

    ``standard_error`` is on the scale on which studies are pooled, ``position`` the estimate there.
    ``adjusted`` is true when 1/2 was added because a count is 0: for a risk difference to its
    standard error alone, whose interval is Newcombe's and needs nothing added.
    """

    estimate: float
    low: float
    high: float
    position: float
    standard_error: float
    adjusted: bool = False


@dataclass(frozen=True)
class Together:
    """Studies together, in the units that are printed, but for tau², which is on their scale.

    ``kind`` "pooled": by the model that ``method`` names, and so tau², I² (percent) and Q, which is
    called ``q_name``. "one-group" and "one-study": nothing is pooled, and these are None. ``tau_squared_ends``
    and ``i_squared_ends`` are their 95% intervals by Q-profile, None where there are none. ``weights`` are in percent and empty where there are none. ``prediction`` is None for fewer than
    three studies. ``people`` are (events, n) of all arms of all studies added up: one pair for a
    share, two where two arms are counted as one group each. ``cautions`` are sentences without their
    full stop.
    """

    label: str
    estimate: float
    low: float
    high: float
    position: float
    k: int
    weights: tuple[float, ...]
    prediction: tuple[float, float] | None
    tau_squared: float | None
    i_squared: float | None
    q: float | None
    q_p: float | None
    method: str
    kind: Kind = "pooled"
    q_name: str = "Q"
    people: tuple[tuple[int, int], ...] = ()
    cautions: tuple[str, ...] = ()
    tau_squared_ends: tuple[float, float] | None = None
    i_squared_ends: tuple[float, float] | None = None


@dataclass(frozen=True)
class Between:
    """Q between groups, each with its own tau², and its p-value."""

    q: float
    degrees: int
    p: float


@dataclass(frozen=True)
class Synthesis:
    """The answer: each study, all together, and the groups or steps that were wanted."""

    studies: tuple[Single, ...]
    scale: str
    overall: Together | None = None
    parts: tuple[Together, ...] = ()
    between: Between | None = None


Synthesise = Callable[[PoolingQuestion], Synthesis]


def revived(fields: dict[str, Any]) -> Synthesis:
    """Return what ``dataclasses.asdict`` and JSON made of a synthesis."""
    overall, between = fields["overall"], fields["between"]
    return Synthesis(
        studies=tuple(Single(**each) for each in fields["studies"]),
        scale=fields["scale"],
        overall=None if overall is None else _together(overall),
        parts=tuple(_together(each) for each in fields["parts"]),
        between=None if between is None else Between(**between),
    )


def _together(fields: dict[str, Any]) -> Together:
    listed = {
        "prediction": _pair(fields["prediction"]),
        "weights": tuple(fields["weights"]),
        "people": tuple((events, n) for events, n in fields["people"]),
        "cautions": tuple(fields["cautions"]),
        "tau_squared_ends": _pair(fields["tau_squared_ends"]),
        "i_squared_ends": _pair(fields["i_squared_ends"]),
    }
    return Together(**fields | listed)


def _pair(ends: list[float] | None) -> tuple[float, float] | None:
    return None if ends is None else (ends[0], ends[1])
