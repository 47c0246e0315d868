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
# Dashes and letters in front of lines that follow each other; one alone may be a dash, or an initial
ITEM = re.compile(r"[ \t>]{0,9}(?P<mark>[–—]|\(?(?P<name>[A-Za-z]|[ivxIVX]{2,4})[.)])[ \t]+\S")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
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
    yield from _run_together(draft)
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


def _run_together(draft: Draft) -> Iterator[Stray]:
    """Yield the first of lines that begin with a dash each, or with letters that follow each other."""
    start, before, told = 0, None, False
    for line in draft.bare.splitlines(keepends=True):
        item = ITEM.match(line)
        if item and before and _follows(before[1], item):
            if not told:
                mark = before[1]["mark"]
                message = f"'{mark}' begins no list: the lines run together"
                hint = "Write '- ' in front of each item, or '1. ' where they are numbered."
                yield Stray(
                    before[0] + before[1].start("mark"), mark, "markdown-known", message, hint
                )
            told = True
        else:
            told = False
        before = (start, item) if item else None
        start += len(line)


def _follows(before: re.Match[str], item: re.Match[str]) -> bool:
    """Tell whether the mark of a line is the next one after that of the line above."""
    first, second = ((found["name"] or "").lower() for found in (before, item))
    if not first or not second:
        return before["mark"] == item["mark"]
    if first in ROMAN[:-1] and ROMAN[ROMAN.index(first) + 1] == second:
        return True
    return len(first) == len(second) == 1 and ord(second) == ord(first) + 1


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
        Example("– one\n– two", rule="markdown-known", said="Write '- '"),
        Example("We need:\na) one\nb) two", rule="markdown-known", line=2, said="or '1. '"),
        Example("i. one\nii. two", rule="markdown-known", said="or '1. '"),
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
