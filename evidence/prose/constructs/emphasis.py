"""Emphasis: *italic* and **bold**, and marks of it that are left over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.prose.construct import Construct, Draft, Example, Stray

# What Markdown has not read is left over where it touches a word, and two or more stars anywhere
STARS = re.compile(r"\*{2,}|\*(?=[^\s*])|(?<=[^\s*])\*")
LINES = re.compile(r"(?<![^\W_])_+(?=[^\s_])|(?<=[^\s_])_+(?![^\W_])|__+")


def _strays(draft: Draft) -> Iterator[Stray]:
    for pattern in (STARS, LINES):
        for match in pattern.finditer(draft.bare):
            mark = match[0]
            message = (
                f"the '{mark}' here marks nothing: it has no partner, or a blank on the wrong side"
            )
            hint = (
                f"Write {mark}words{mark}, without blanks inside and with one outside, in one paragraph; "
                f"to print the sign, write \\{mark[0]}."
            )
            yield Stray(match.start(), mark, "markdown-closed", message, hint)


CONSTRUCT = Construct(
    "Emphasis",
    "`*italic*` or `_italic_`, `**bold**`. The marks touch the words, and both stand in one paragraph.",
    (
        Example(
            "*so* and **so** and _so_", "<p><em>so</em> and <strong>so</strong> and <em>so</em></p>"
        ),
        Example("A snake_case_name and a * b.", "<p>A snake_case_name and a * b.</p>"),
        Example("This is **bold.", rule="markdown-closed", said="has no partner"),
        Example("This is *so.", rule="markdown-closed", said="has no partner"),
        Example("This is ** bold ** text.", rule="markdown-closed", said="without blanks inside"),
        Example("This is _so.", rule="markdown-closed", said="has no partner"),
        Example("One **bold\n\ntext** two.", rule="markdown-closed", said="in one paragraph"),
    ),
    strays=_strays,
)
