"""The constructs of Markdown, a module each, and the parser that reads them.

Whatever common editors of Markdown offer is here: read as it is meant, or told of at its line. The order is
that in which what is not read is looked for: a mark that begins like another stands before it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from evidence.prose.construct import Construct
from evidence.prose.constructs import (
    callouts,
    code,
    comments,
    definitions,
    embeds,
    emphasis,
    footnotes,
    formulas,
    headings,
    html,
    images,
    links,
    lists,
    plain,
    raised,
    struck,
    tables,
    unfinished,
    unknown,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

CONSTRUCTS: tuple[Construct, ...] = (
    plain.CONSTRUCT,
    headings.CONSTRUCT,
    comments.CONSTRUCT,
    lists.CONSTRUCT,
    tables.CONSTRUCT,
    images.CONSTRUCT,
    embeds.CONSTRUCT,
    footnotes.CONSTRUCT,
    callouts.CONSTRUCT,
    formulas.CONSTRUCT,
    links.CONSTRUCT,
    code.CONSTRUCT,
    html.CONSTRUCT,
    unfinished.CONSTRUCT,
    unknown.CONSTRUCT,
    definitions.CONSTRUCT,
    struck.CONSTRUCT,
    raised.CONSTRUCT,
    emphasis.CONSTRUCT,
)


@cache
def parser(*, in_place: bool = False) -> MarkdownIt:
    """Return what reads Markdown with every construct.

    ``in_place`` leaves signs written out, and footnotes, where they stand: for whoever looks for what
    was not read.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loaded only when a text has changed

    made = MarkdownIt("commonmark")
    for construct in CONSTRUCTS:
        if construct.read is not None:
            construct.read(made)
    if in_place:
        made.disable(["text_join", "footnote_tail"])
    return made
