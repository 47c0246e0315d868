"""How many people stand behind a pooled result: the counts of its studies, added up."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from evidence.figures.figure_item import Item
from evidence.figures.pooled_items import POOLED
from evidence.figures.resolved import Resolved

Counts = tuple[int, int]


def totalled(pooled: Iterable[Item], rows: Sequence[Resolved]) -> Iterator[Item]:
    """Yield the items of a pooled result; the result itself has the counts of ``rows`` added up.

    Rows that their source pooled are not added, since their people are in the studies already. Where
    a study has no counts there is no total.
    """
    studies = [row for row in rows if not row.row.pooled]
    one = _sum([_one_group(row) for row in studies])
    treated = _sum([_arm(row, "treated") for row in studies])
    control = _sum([_arm(row, "control") for row in studies])
    for item in pooled:
        if item.part != POOLED:
            yield item
        elif treated and control:
            yield dataclasses.replace(item, treated_text=treated, control_text=control)
        else:
            yield dataclasses.replace(item, count_text=one)


def _one_group(row: Resolved) -> Counts | None:
    finding = row.finding
    if finding.arms is not None or finding.events is None or finding.n is None:
        return None
    return finding.events, finding.n


def _arm(row: Resolved, name: str) -> Counts | None:
    arm = getattr(row.finding.arms, name, None)
    if arm is None or arm.events is None or arm.n is None:
        return None
    return arm.events, arm.n


def _sum(counts: list[Counts | None]) -> str:
    """Return "37 of 40", or nothing where a count is missing."""
    known = [pair for pair in counts if pair is not None]
    if not known or len(known) < len(counts):
        return ""
    return f"{sum(events for events, _ in known):,} of {sum(n for _, n in known):,}"
