"""Pictures: none is read from Markdown; a chart is a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.prose.construct import Construct, Draft, Example, Stray

HINT = (
    "A chart is a figure: write its file in data/figures and ![[its-name]] here. A photo cannot be shown; link to it "
    "with [words](address)."
)
OPEN = re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)?)?(?:\{[^{}\n]*\})?")


def _strays(draft: Draft) -> Iterator[Stray]:
    for token, start in draft.marks:
        if token.type == "image":
            address = str(token.attrGet("src") or "")
            message = f"the picture '{address}' would not be shown"
            whole = OPEN.match(draft.readable, start)
            yield Stray(start, whole[0] if whole else "![", "markdown-known", message, HINT)
    for match in OPEN.finditer(draft.bare):
        yield Stray(
            match.start(), match[0], "markdown-known", "this picture would not be shown", HINT
        )


CONSTRUCT = Construct(
    "Pictures",
    "Not shown. A chart is a figure, `![[figure-id]]`; to a photo elsewhere write a link.",
    (
        Example("![A scan](scan.png)", rule="markdown-known", said="link to it"),
        Example("![](https://example.org/a.png)", rule="markdown-known", said="would not be shown"),
        Example(
            "Text with ![a](a.png){width=50%} in it.",
            rule="markdown-known",
            said="would not be shown",
        ),
        Example("![A scan](my scan.png)", rule="markdown-known", said="would not be shown"),
    ),
    strays=_strays,
)
