"""Step 5, check: prove what must hold of the finished site."""

from __future__ import annotations

from evidence.checks import CHECKS
from evidence.problems import ProblemsFoundError
from evidence.site import Site


def check(site: Site) -> Site:
    """Return the site unchanged when every check passes; raise ProblemsFoundError otherwise."""
    problems = [problem for each in CHECKS for problem in each(site)]
    if problems:
        raise ProblemsFoundError(problems)
    return site
