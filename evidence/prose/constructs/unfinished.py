"""What is still to be written: TODO, lorem ipsum. A comment may say it, a text may not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.prose.construct import Construct, Draft, Example, Stray

UNFINISHED = re.compile(r"\b(?:TODO|TBD|FIXME)\b|(?i:\blorem ipsum\b)")
HINT = "Write it; a page that is not finished has 'draft: true' above its text; a remark stands between <!-- and -->."


def _strays(draft: Draft) -> Iterator[Stray]:
    for match in UNFINISHED.finditer(draft.bare):
        message = f"'{match[0]}' says that something is still to be written here"
        yield Stray(match.start(), match[0], "text-finished", message, HINT)


CONSTRUCT = Construct(
    "Unfinished text",
    "`TODO`, `TBD`, `FIXME` and lorem ipsum are not published. They may stand in a comment, where `python build.py "
    "status` finds them, and in a draft.",
    (
        Example("Words. <!-- TODO: more of them -->", "<p>Words.</p>"),
        Example("Lorem ipsum dolor.", rule="text-finished", said="still to be written"),
    ),
    strays=_strays,
)
