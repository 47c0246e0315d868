"""Struck out: ~~words~~."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.prose.construct import Construct, Draft, Example, Stray

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LEFT = re.compile(r"~~+")


def _read(parser: MarkdownIt) -> None:
    parser.enable("strikethrough")


def _strays(draft: Draft) -> Iterator[Stray]:
    for match in LEFT.finditer(draft.bare):
        message = f"the '{match[0]}' here strikes nothing out: it has no partner, or a blank on the wrong side"
        hint = "Write ~~words~~, without blanks inside, in one paragraph; to print the sign, write \\~."
        yield Stray(match.start(), match[0], "markdown-closed", message, hint)


CONSTRUCT = Construct(
    "Struck out",
    "`~~words~~`.",
    (
        Example("This is ~~wrong~~.", "<p>This is <s>wrong</s>.</p>"),
        Example("This is ~~wrong.", rule="markdown-closed", said="has no partner"),
    ),
    _read,
    _strays,
)
