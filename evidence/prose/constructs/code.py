"""Code: `in a line`, and blocks between two lines of ```."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.prose.construct import Construct, Draft, Example, Stray

SHARE = re.compile(r"[<>≤≥~≈]?\s?\d[\d.,]*+\s?%")
TICKS = re.compile(r"`+")
# What stands behind ``` elsewhere to run code, draw or set it
RUN = re.compile(
    r"\{.*|math|mermaid|dataview(?:js)?|tikz|latex|plantuml|dot|graphviz|vega(?:-lite)?|csv"
)


def _strays(draft: Draft) -> Iterator[Stray]:
    for token in draft.tokens:
        if token.map is None:
            continue
        start, written = draft.line_at(token.map[0])
        if token.type == "code_block":
            message = "four blanks in front make this code, printed in other letters"
            hint = "Begin at the margin, or below the words of its item; for code, write ``` above and below it."
            yield Stray(start, written, "markdown-known", message, hint)
        elif token.type == "fence":
            last = draft.line_at(token.map[1] - 1)[1].lstrip("> ")
            if token.map[1] - token.map[0] < 2 or not last.startswith(token.markup):
                message = f"the code that begins with {token.markup} here has no end"
                hint = f"Write {token.markup} on a line of its own below it."
                yield Stray(start, written, "markdown-closed", message, hint)
            elif RUN.fullmatch(token.info.strip()):
                message = f"nothing runs, draws or sets what stands in a block '{token.info.strip()}': it is printed"
                hint = "A chart is a figure (data/figures), a formula stands between $$ and $$, a remark below '> [!NOTE]'."
                yield Stray(start, written, "markdown-known", message, hint)
    for token, start in draft.marks:
        if token.type == "code_inline" and SHARE.fullmatch(token.content.strip()):
            message = f"the number '{token.content.strip()}' in code is not bound to a finding"
            hint = "Name its finding as [[study/finding]]; code is for what somebody types."
            yield Stray(start, token.content, "number-bound", message, hint)
    for match in TICKS.finditer(draft.bare):
        message = f"the code that begins with {match[0]} here has no end"
        hint = "Write ` on both sides of it, in one paragraph; to print the sign, write \\`."
        yield Stray(match.start(), match[0], "markdown-closed", message, hint)


CONSTRUCT = Construct(
    "Code",
    "`` `code` `` in a line; a block stands between two lines of ```` ``` ````. Nothing in it is read: no number in it "
    "is looked at, so write no result there.",
    (
        Example("See `a * b`.", "<p>See <code>a * b</code>.</p>"),
        Example("```\na ** b\n```", "<pre><code>a ** b\n</code></pre>"),
        Example(
            "Of them `48.9%` improved.", rule="number-bound", said="code is for what somebody types"
        ),
        Example("See `a.", rule="markdown-closed", said="has no end"),
        Example(
            "Words.\n\n```\ncode\n\nMore words.", rule="markdown-closed", line=3, said="has no end"
        ),
        Example("Words.\n\n    far in", rule="markdown-known", line=3, said="Begin at the margin"),
        Example("```mermaid\ngraph TD\n```", rule="markdown-known", said="A chart is a figure"),
        Example("```{note}\nWords.\n```", rule="markdown-known", said="> [!NOTE]"),
    ),
    strays=_strays,
)
