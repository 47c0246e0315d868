"""A text read as Markdown with the place of everything in it, and what of it was not read as it was meant."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.prose.construct import EMBEDDED, HELD, USED, Draft, Stray, line_starts
from evidence.prose.constructs import CONSTRUCTS, parser
from evidence.prose.constructs.html import TAG
from evidence.prose.references import EMBEDDING, blank, comments_blanked, find_references, outermost

if TYPE_CHECKING:
    from markdown_it.token import Token

# What needs no parser: words, and signs that mark nothing
NEEDS_MARKDOWN = re.compile(r"[*_`<#\[~$^\\&!|]|\n\n|://|(?m:^[-+] |^\d+[.)] |^:{3})")
MOST_STRAYS = 300  # of one text: nobody mends more at a time
NOT_MARGIN = re.compile(r"[^\n\t >][^\n]*")
PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
MARK_OF_LINE = re.compile(r"(?m)^([ \t]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|>))\xa0")


def settled(text: str) -> str:
    """Return a text in which a no-break space behind a mark that begins a line is a blank.

    Some keyboards type one so easily that nobody sees it. The text keeps its length.
    """
    return MARK_OF_LINE.sub(r"\1 ", text) if "\xa0" in text else text


def strays(draft: Draft) -> Iterator[Stray]:
    """Yield what of a text would not be shown as it was meant; of what overlaps, the first."""
    ends = [match.start() for match in PARAGRAPH_END.finditer(draft.readable)]
    taken: list[tuple[int, int]] = []
    said: set[tuple[str, str, int]] = set()
    for construct in CONSTRUCTS:
        for stray in construct.strays(draft) if construct.strays else ():
            end = stray.start + max(1, len(stray.written))
            paragraph = bisect_right(ends, stray.start)
            cause = construct.name, stray.cause or stray.hint, paragraph
            if cause in said or any(first < end and stray.start < last for first, last in taken):
                continue
            if len(taken) == MOST_STRAYS:
                return
            taken.append((stray.start, end))
            said.add(cause)
            yield stray


def drafted(text: str, *, whole: bool) -> Draft:
    """Return a text as Markdown reads it; ``whole`` tells the text of a page from that of a field."""
    readable = _held(settled(text))
    if not (whole or NEEDS_MARKDOWN.search(readable)):
        return Draft(text, readable, readable, (), (), whole)
    tokens = tuple(parser(in_place=True).parse(readable, {}))
    bare, marks = _in_lines(readable, tokens)
    return Draft(text, readable, bare, tokens, tuple(marks), whole)


def _held(text: str) -> str:
    """Return a text with its comments blanked, and its references as rows of one sign."""
    references = outermost(find_references(text)[0])
    characters = list(comments_blanked(text))
    for reference in references:
        sign = EMBEDDED if reference.kind in EMBEDDING else HELD
        for offset in range(reference.start, reference.end):
            if characters[offset] != "\n":
                characters[offset] = sign
    return "".join(characters)


def _in_lines(text: str, tokens: tuple[Token, ...]) -> tuple[str, list[tuple[Token, int]]]:
    """Return what of a text is words on the page, and the other tokens in its lines with their offsets."""
    bare = list(NOT_MARGIN.sub(lambda match: USED * len(match[0]), text))
    starts = line_starts(text)
    marks: list[tuple[Token, int]] = []
    position = 0
    for block, token in enumerate(tokens):
        if token.type == "html_block" and token.map is not None:
            start, end = starts[token.map[0]], [*starts, len(text)][token.map[1]]
            bare[start:end] = blank(text[start:end], TAG)
        if token.type != "inline" or token.map is None:
            continue
        position = max(position, starts[min(token.map[0], len(starts) - 1)])
        linked = False
        for child in token.children or ():
            found = text.find(_written(child), position) if _written(child) else -1
            start = found if found >= 0 else position
            if _is_literal(child) and found >= 0 and not linked:
                bare[start : start + len(child.content)] = child.content
            elif not _is_literal(child):
                child.meta["block"] = block
                marks.append((child, start))
            linked = child.info == "auto" and child.nesting > 0
            if found >= 0:
                position = start + len(_written(child))
    return "".join(bare), marks


def _is_literal(token: Token) -> bool:
    """Tell whether a token is text that is printed as it is written."""
    return token.type == "text" or (token.type == "text_special" and token.content == token.markup)


def _written(token: Token) -> str:
    """Return what of a token stands in the text as it is."""
    if token.type == "text_special":
        return token.markup
    if token.type == "link_open" and token.info != "auto":
        return "["
    return token.content if token.type != "image" else f"![{token.content}]"
