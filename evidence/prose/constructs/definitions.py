"""Definition lists: a word, and below it a colon with what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.prose.construct import Construct, Draft, Example, Stray

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LEFT = re.compile(r"(?m)^[ \t>]*:(?=[ \t]*\S)(?!:)[^\n]*")


def _read(parser: MarkdownIt) -> None:
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415 - only where text is read

    parser.use(deflist_plugin)


def _strays(draft: Draft) -> Iterator[Stray]:
    for match in LEFT.finditer(draft.bare):
        message = "this line begins with a colon, and explains no word"
        hint = (
            "Write the word on a line of its own, and below it a colon, a blank and what it means."
        )
        yield Stray(match.start(), match[0].strip(), "markdown-known", message, hint)


CONSTRUCT = Construct(
    "Words explained",
    "A word on a line of its own, and below it `: ` with what it means. What the whole site explains is in the glossary.",
    (
        Example("Word\n: Meaning.", "<dl>\n<dt>Word</dt>\n<dd>Meaning.</dd>\n</dl>"),
        Example("Word\n:Meaning.", rule="markdown-known", line=2, said="a colon, a blank"),
    ),
    _read,
    _strays,
)
