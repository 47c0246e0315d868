"""Step 5, check: prove what must hold of the finished site."""

from __future__ import annotations

from evidence.check.site import CHECKS
from evidence.finished.site import FinishedSite
from evidence.problems import ProblemsFoundError


def check(site: FinishedSite) -> FinishedSite:
    """Return the site unchanged when every check passes; raise ProblemsFoundError otherwise."""
    problems = [problem for prove in CHECKS for problem in prove(site)]
    if problems:
        raise ProblemsFoundError(problems)
    return site
