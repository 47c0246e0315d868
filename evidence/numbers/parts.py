"""Which studies of a question make each group or each step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from evidence.numbers.results import PoolingQuestion

Each = TypeVar("Each")


def chosen(question: PoolingQuestion, studies: Sequence[Each]) -> list[tuple[str, list[Each]]]:
    """Return the label and the studies of each group or step that is wanted, in order.

    A group is called by its name, a step of "cumulative" by its year, and one of "leave-one-out" by
    the place of the study that is left out.
    """
    places = range(len(studies))
    if "subgroups" in question.wanted:
        return [
            (name, [studies[place] for place in places if question.groups[place] == name])
            for name in sorted(set(question.groups))
        ]
    if "cumulative" in question.wanted:
        return [
            (str(year), [studies[place] for place in places if question.years[place] <= year])
            for year in sorted(set(question.years))
        ]
    if "leave-one-out" in question.wanted:
        return [(str(left), [*studies[:left], *studies[left + 1 :]]) for left in places]
    return []
