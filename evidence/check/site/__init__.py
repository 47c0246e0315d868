"""Checks of the finished site. A new check is one module and one name in ``CHECKS``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence.check.site import numbers, pictures, policy, resolving, structure, weight
from evidence.problems import Problem
from evidence.finished.site import FinishedSite

CHECKS: tuple[Callable[[FinishedSite], Iterator[Problem]], ...] = (
    resolving.check,
    structure.check,
    pictures.check,
    policy.check,
    numbers.check,
    weight.check,
)
