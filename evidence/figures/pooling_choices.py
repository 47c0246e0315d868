"""Which ways of pooling fit which studies: what an editor may choose, and why something is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidence.figures.arm_effects import arms_of
from evidence.figures.kind import Missing
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.numbers.sparse import SUMS, why_not

FEWEST = 10  # studies, for a test of asymmetry
CHOICES = ("method", "estimator", "prediction")
NAMES = {"mantel-haenszel": "Mantel and Haenszel", "peto": "Peto"}


def lacking_choice(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield why the studies cannot be pooled as the figure asks."""
    asked = [key for key in CHOICES if getattr(figure, key) is not None]
    if figure.kind == "forest" and (figure.pooled or "none") == "none":
        for key in asked:
            hint = f"Leave out '{key}:', or add 'pooled: overall'."
            yield 0, f"'{key}' says how studies are pooled, but nothing is pooled here", hint
        return
    if figure.measure == "share":
        yield from _of_shares(figure)
        return
    studies = [row for row in figure.rows if not row.pooled]
    if figure.prediction and len(studies) == 2:
        yield 0, "two studies have no prediction interval", "Leave out 'prediction:'."
    if figure.method in NAMES:
        yield from _of_sums(figure, findings)


def lacking_asymmetry(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield why it cannot be asked whether small studies differ."""
    if not figure.asymmetry:
        return
    k = len(figure.rows)
    if k < FEWEST:
        message = f"{k} studies are too few for a test of asymmetry: it takes ten"
        yield 0, message, "Leave out 'asymmetry:'."
    first = findings.get(figure.rows[0].finding) if figure.rows else None
    units = {first.unit, first.difference.unit if first.difference else None} if first else set()
    if figure.measure == "printed" and "odds ratio" in units:
        message = "an odds ratio hangs together with its standard error, which looks like asymmetry"
        yield 0, message, "Give counts, and 'measure: odds-ratio': Peters' test is for them."


def _of_shares(figure: Figure) -> Iterator[Missing]:
    for key in ("method", "estimator"):
        if getattr(figure, key) is not None:
            message = "shares are pooled by one model, with the variance that has most likelihood"
            yield 0, message, f"Leave out '{key}:'."


def _of_sums(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    method, measure = figure.method or "", figure.measure or ""
    name = NAMES[method]
    if (method, measure) not in SUMS:
        fitting = [of for way, of in SUMS if way == method]
        hint = f"It is for {_listed(fitting)}. Leave out 'method:', or choose another 'measure'."
        yield 0, f"the method of {name} is not for 'measure: {measure}'", hint
        return
    if figure.estimator is not None:
        message = (
            f"the method of {name} takes one effect for all studies: nothing varies between them"
        )
        yield 0, message, "Leave out 'estimator:', or choose 'method: inverse-variance'."
    if figure.prediction:
        message = f"the method of {name} has no prediction interval"
        yield 0, message, "Leave out 'prediction:', or choose 'method: inverse-variance'."
    for group, studies in _sets(figure, findings).items():
        reason = why_not(method, measure, studies)
        if reason:
            whose = f"in the group '{group}' " if group else ""
            other = "" if measure == "risk-difference" else "choose 'measure: risk-difference', or "
            hint = f"{other}leave out 'method:'."
            hint = f"{hint[0].upper()}{hint[1:]}"
            yield 0, f"{whose}{reason}", hint


def _sets(figure: Figure, findings: dict[str, Finding]) -> dict[str, list[Sequence[float]]]:
    """Return the numbers of the studies that are pooled together: all, or group by group."""
    sets: dict[str, list[Sequence[float]]] = {}
    grouped = figure.pooled in {"subgroups", "both"}
    for row in figure.rows:
        finding = findings.get(row.finding)
        arms = None if finding is None or row.pooled else arms_of(figure.measure or "", finding)
        if arms is None:
            continue
        if figure.pooled != "subgroups":
            sets.setdefault("", []).append((*arms[0], *arms[1]))
        if grouped and row.group:
            sets.setdefault(row.group, []).append((*arms[0], *arms[1]))
    return sets


def _listed(measures: list[str]) -> str:
    *others, last = (f"'{measure}'" for measure in measures)
    return f"{', '.join(others)} and {last}" if others else last
