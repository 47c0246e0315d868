"""No inline script or style, and nothing asked of another host."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.problems import Place, Problem
from evidence.finished.site import FinishedSite

OUTSIDE_STYLE = re.compile(rb"@import|url\(\s*[\"']?(?:https?:)?//")


def check(site: FinishedSite) -> Iterator[Problem]:
    """Yield a problem for each thing that a strict Content-Security-Policy would refuse."""
    hint = "Put scripts and styles in templates/static, and keep a copy of what is needed there."
    for path, facts in site.facts.items():
        for found in sorted(set(facts.inline_code)):
            yield Problem(Place(path), "script-external", f"the page has {found}", hint)
        for address in sorted(set(facts.outside)):
            message = f"the page asks '{address}' of another host"
            yield Problem(Place(path), "script-external", message, hint)
    for path in site.files:
        if path.endswith(".css") and OUTSIDE_STYLE.search(site.files[path]):
            message = "the stylesheet asks something of another host or file"
            yield Problem(Place(path), "script-external", message, hint)
