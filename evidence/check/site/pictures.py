"""Every picture has alternative text, or is marked as decoration."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.problems import Place, Problem
from evidence.finished.site import FinishedSite


def check(site: FinishedSite) -> Iterator[Problem]:
    """Yield a problem for each picture that says nothing."""
    for path, facts in site.facts.items():
        for picture in facts.pictures_without_text:
            message = f"the picture '{picture}' has no alternative text"
            hint = 'Give it alt or aria-label, or aria-hidden="true" when it is decoration.'
            yield Problem(Place(path), "alternative-text", message, hint)
