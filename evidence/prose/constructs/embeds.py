"""Figures and tables of outcomes: they stand alone in their paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.prose.construct import EMBEDDED, Construct, Draft, Example, Stray
from evidence.prose.references import find_references


def _strays(draft: Draft) -> Iterator[Stray]:
    parents: list[str] = []
    for token in draft.tokens:
        if token.nesting > 0:
            parents.append(token.type)
        elif token.nesting < 0:
            parents.pop()
        if token.type != "inline" or EMBEDDED not in token.content:
            continue
        alone = not token.content.strip(EMBEDDED + " \t\n") and parents[-1:] == ["paragraph_open"]
        if alone and _count(draft, token.map) == 1:
            continue
        message = "a figure, table or picture stands here in the middle of something else"
        hint = "Give it a paragraph of its own, with an empty line above and below it."
        start = draft.readable.find(EMBEDDED, draft.line_start(token.map[0] if token.map else 0))
        yield Stray(start, draft.text[start : start + 3], "figure-alone", message, hint)


def _count(draft: Draft, lines: list[int] | None) -> int:
    first, end = (draft.line_start(line) for line in lines or (0, 0))
    return sum(
        reference.written.startswith("!") and first <= reference.start < (end or len(draft.text))
        for reference in find_references(draft.text)[0]
    )


CONSTRUCT = Construct(
    "Figures and tables",
    "`![[figure-id]]`, `![[table:its-name]]`, `![[outcome:id]]`, `![[summary]]` and `![[searches]]` stand alone in their "
    "paragraph. There are no embedded pages.",
    (
        Example("See ![[colds]] here.", rule="figure-alone", said="a paragraph of its own"),
        Example(
            "Text above\n![[colds]]\nand below.",
            rule="figure-alone",
            line=2,
            said="an empty line above",
        ),
        Example("See ![a scan](scan.png) here.", rule="figure-alone", said="of its own"),
        Example("## A ![[colds]]", rule="figure-alone", said="a paragraph of its own"),
        Example("![[table:ages]]", shown="<p>\ue0000\ue001</p>"),
        Example("![[colds]] ![[colds]]", rule="figure-alone", said="a paragraph of its own"),
    ),
    strays=_strays,
)
