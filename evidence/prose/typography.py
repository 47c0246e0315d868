"""Quotation marks and apostrophes as print has them: typed straight, shown curled."""

from __future__ import annotations

import re
from functools import partial

STRAIGHT = re.compile(r"""["']|&#3[49];""")
# From a straight mark to where a tag opens, if the mark stands in text, or closes, if in a tag
FROM_MARK = re.compile(r"""(?:["']|&#3[49];)[^<>]*+[<>]?""")
WITHIN = re.compile(r"<(?!p\b|/p>|li\b|t[dh]\b|d[dt]\b|h\d)[^<>]*>")  # a tag in a line of text
DOUBLE = {'"', "&#34;"}
OPENING_AFTER = frozenset(" \t\n\xa0([{/–—>“‘")
VERBATIM = re.compile(r"<(code|pre)\b.*?(?:</\1>|\Z)", re.DOTALL)
FAR_ENOUGH = 200


def curl_quotes(page: str) -> str:
    """Return a page of HTML with the straight marks of its text curled; code stays as it is."""
    coded = "<code" in page or "<pre" in page
    verbatim = [found.span() for found in VERBATIM.finditer(page)] if coded else []
    return FROM_MARK.sub(partial(_piece, verbatim), page)


def _piece(verbatim: list[tuple[int, int]], found: re.Match[str]) -> str:
    """Return a piece of a page with its marks curled, if it is text."""
    if not found.group().endswith("<"):
        return found.group()
    start, end = found.span()
    if any(first < start < last for first, last in verbatim):
        return found.group()
    marks = STRAIGHT.finditer(found.string, start, end)
    parts, position = [], start
    for mark in marks:
        parts += [found.string[position : mark.start()], _curled(mark)]
        position = mark.end()
    return "".join((*parts, found.string[position:end]))


def _curled(found: re.Match[str]) -> str:
    place = found.start()
    before = _without_tags(found.string[max(0, place - FAR_ENOUGH) : place])
    opening = not before or before[-1] in OPENING_AFTER
    if found.group() in DOUBLE:
        return "“" if opening else "”"
    return "‘" if opening and not found.string[found.end() : found.end() + 2].isdigit() else "’"


def _without_tags(before: str) -> str:
    """Return what stands before the tags in a line of text that end it."""
    while before.endswith(">"):
        start = before.rfind("<")
        if start < 0 or not WITHIN.fullmatch(before, start):
            break
        before = before[:start]
    return before
