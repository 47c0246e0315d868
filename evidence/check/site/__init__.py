"""Checks of the finished site. A new check is one function, and its name in ``CHECKS``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence.check.site import links, pages, titles
from evidence.finished.site import FinishedSite
from evidence.problems import Problem

CHECKS: tuple[Callable[[FinishedSite], Iterator[Problem]], ...] = (
    links.check_links,
    pages.check_structure,
    titles.check_titles,
    pages.check_pictures,
    pages.check_policy,
    pages.check_numbers,
    pages.check_weight,
)
