"""Every number in the text of a finished page is bound, or carries no evidence."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.problems import Place, Problem
from evidence.finished.site import FinishedSite


def check(site: FinishedSite) -> Iterator[Problem]:
    """Yield a problem for each number that a template lets through unbound."""
    for path, facts in site.facts.items():
        for number, around in facts.unbound:
            message = f"the number '{number}' in '{around}' is not bound"
            hint = "In a template, wrap it in an element with data-bound, or data-plain if it is no evidence."
            yield Problem(Place(path), "number-bound", message, hint)
