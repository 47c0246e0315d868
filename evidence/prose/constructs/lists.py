"""Lists: with dashes, with numbers, in each other, and of tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.prose.construct import Construct, Draft, Example, Stray

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

SIGNS = re.compile(r"(?m)^[ \t>]*([•●▪◦‣·∙o])[ \t\xa0]+(?=\S)")
CLOSE = re.compile(r"(?m)^[ \t>]*([-+]|\d{1,2}[.)])(?=[A-Za-z])[^\n]*")
LEFT = re.compile(r"(?m)^[ \t>]*([-+*]|\d{1,2}[.)])[ \t]+(?=\S)")
BOXES = {True: "☑ ", False: "☐ "}


def _read(parser: MarkdownIt) -> None:
    parser.options["tasklists"] = True
    parser.core.ruler.after("inline", "tasks", _box_all)


def _box_all(state: StateCore) -> None:
    """Put a drawn box in front of each task: nothing on a page can be ticked."""
    for place, item in enumerate(state.tokens):
        if item.type != "list_item_open" or "checked" not in item.meta:
            continue
        inline = next((token for token in state.tokens[place:] if token.type == "inline"), None)
        box = BOXES[bool(item.meta.pop("checked"))]
        if inline is not None and inline.children:
            first = inline.children[0]
            if first.type == "text":
                first.content = f"{box}{first.content}"
            else:
                words = type(first)("text", "", 0, content=box)
                inline.children.insert(0, words)


def _strays(draft: Draft) -> Iterator[Stray]:
    for match in SIGNS.finditer(draft.bare):
        message = f"'{match[1]}' begins no list: the lines run together"
        yield Stray(
            match.start(1), match[1], "markdown-known", message, "Write '- ' in front of each item."
        )
    for match in CLOSE.finditer(draft.bare):
        message = f"a blank is missing after '{match[1]}', so that this is no item of a list"
        written = draft.text[match.start() : match.end()].strip()
        hint = f"Write '{match[1]} {written.removeprefix(match[1])}'."
        yield Stray(match.start(1), written, "markdown-known", message, hint, "close")
    for match in LEFT.finditer(draft.bare):
        message = f"'{match[1]}' begins this line, and it is no item of a list: it runs on in the text above"
        hint = "Leave an empty line above a list, and begin it at the margin; to print the sign, write it behind a word."
        yield Stray(match.start(1), match[1], "markdown-known", message, hint)


CONSTRUCT = Construct(
    "Lists",
    "`- ` or `1. ` in front of each item, also straight below a line of text. An item inside another stands two or more "
    "blanks in. `- [ ]` and `- [x]` are tasks.",
    (
        Example(
            "We need:\n- cells\n- people",
            "<p>We need:</p>\n<ul>\n<li>cells</li>\n<li>people</li>\n</ul>",
        ),
        Example(
            "- one\n  - sub\n- two",
            "<ul>\n<li>one\n<ul>\n<li>sub</li>\n</ul>\n</li>\n<li>two</li>\n</ul>",
        ),
        Example(
            "- one\n   - sub\n- two",
            "<ul>\n<li>one\n<ul>\n<li>sub</li>\n</ul>\n</li>\n<li>two</li>\n</ul>",
        ),
        Example("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        Example("- [ ] read\n- [x] asked", "<ul>\n<li>☐ read</li>\n<li>☑ asked</li>\n</ul>"),
        Example("-\xa0one\n-\xa0two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        Example("• one\n• two", rule="markdown-known", said="Write '- '"),
        Example("-one\n-two", rule="markdown-known", said="Write '- one'"),
        Example("1.one\n2.two", rule="markdown-known", said="Write '1. one'"),
        Example(
            "The list:\n2. two\n3. three",
            rule="markdown-known",
            line=2,
            said="Leave an empty line above",
        ),
        Example(
            "Words:\n    - far in", rule="markdown-known", line=2, said="begin it at the margin"
        ),
    ),
    _read,
    _strays,
)
