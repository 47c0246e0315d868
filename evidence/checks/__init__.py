"""Checks of the finished site. A new check is one module and one name in ``CHECKS``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence.cache import Cache
from evidence.checks import numbers, pictures, policy, resolving, structure, weight
from evidence.problems import Problem
from evidence.site import Site

CHECKS: tuple[Callable[[Site, Cache], Iterator[Problem]], ...] = (
    resolving.check,
    structure.check,
    pictures.check,
    policy.check,
    numbers.check,
    weight.check,
)
