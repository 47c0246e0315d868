"""Step 5, check: prove what must hold of the finished site."""

from __future__ import annotations

from evidence.check.site import CHECKS
from evidence.finished.site import Site
from evidence.problems import ProblemsFoundError
from evidence.store import Cache


def check(site: Site, cache: Cache) -> Site:
    """Return the site unchanged when every check passes; raise ProblemsFoundError otherwise.

    The cache remembers what the longer checks found sound.
    """
    problems = [problem for each in CHECKS for problem in each(site, cache)]
    if problems:
        raise ProblemsFoundError(problems)
    return site
