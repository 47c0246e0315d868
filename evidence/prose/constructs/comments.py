"""Comments: between <!-- and -->, for those who edit; never checked, never published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.prose.construct import Construct, Draft, Example, Stray
from evidence.prose.references import UNREAD

PERCENT = re.compile(r"%%[^%\n]+%%|(?m:^%%)")


def _strays(draft: Draft) -> Iterator[Stray]:
    for match in UNREAD.finditer(draft.text):
        if match[0].startswith("<!--") and not match[0].endswith("-->"):
            message = "the comment that begins here has no end: all behind it would be left out"
            yield Stray(
                match.start(), "<!--", "markdown-closed", message, "Write --> where it ends."
            )
    for match in PERCENT.finditer(draft.bare):
        message = "what stands between %% would be printed"
        yield Stray(
            match.start(), match[0], "markdown-known", message, "Write a comment as <!-- words -->."
        )


CONSTRUCT = Construct(
    "Comments",
    "`<!-- words -->` is for those who edit: it is not published, and nothing in it is checked.",
    (
        Example("Text.\n\n<!-- the 12% of [[nobody/x]] -->\n\nEnd.", "<p>Text.</p>\n<p>End.</p>"),
        Example("Text <!-- so --> end.", "<p>Text  end.</p>"),
        Example("Text.\n\n<!-- open\n\nEnd.", rule="markdown-closed", line=3, said="Write -->"),
        Example("Text %%so%% end.", rule="markdown-known", said="<!-- words -->"),
    ),
    strays=_strays,
)
