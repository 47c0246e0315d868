"""What a consistency check is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evidence.model.report import Report
from evidence.model.study import Study
from evidence.results import Outcome


@dataclass(frozen=True)
class Check:
    """One check: its ``name``, a ``sentence`` that says what holds, and how it is applied.

    ``apply`` yields an outcome for everything in a study that the check could look at.
    """

    name: str
    title: str
    sentence: str
    apply: Callable[[Study, Report], Iterator[Outcome]]
