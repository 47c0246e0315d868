"""Do the parts of a topic page stand where readers look for them?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.page import Page
from evidence.problems import Place, Problem
from evidence.prose.markdown import PARTS


def check_parts(page: Page) -> Iterator[Problem]:
    """Yield the first and the last part of a topic page where they are missing, or stand elsewhere."""
    headings = list(re.finditer(r"(?m)^## +(.+)$", page.body))
    for heading, end, word in zip(PARTS, (0, -1), ("first", "last"), strict=True):
        found = next((part for part in headings if part[1].startswith(heading)), None)
        line = page.body_line
        if found is None:
            message = f"the part '## {heading}' is missing"
            hint = "Write it, with what a reader should take away from this page."
        elif not headings[end][1].startswith(heading):
            line += page.body.count("\n", 0, found.start())
            message = f"'## {heading}' is not the {word} part of this topic page"
            hint = f"Move it: '## {headings[end][1]}' stands there, and readers look for this."
        else:
            continue
        yield Problem(Place(page.file, line, 1), "topic-complete", message, hint)
