"""Quotation marks and apostrophes as print has them: typed straight, shown curled."""

from __future__ import annotations

import re
from functools import partial

# A straight mark in the text of a page: no tag closes between it and the next tag that opens
STRAIGHT = re.compile(r"""["'](?=[^<>]*<)|&#3[49];(?=[^<>]*<)""")
TAGS = re.compile(r"(?:<(?!p\b|/p>|li\b|t[dh]\b|d[dt]\b|h\d)[^<>]*>)+\Z")
DOUBLE = {'"', "&#34;"}
OPENING_AFTER = frozenset(" \t\n\xa0([{/–—>“‘")
VERBATIM = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
FAR_ENOUGH = 200


def curl_quotes(page: str) -> str:
    """Return a page of HTML with the straight marks of its text curled; code stays as it is."""
    coded = "<code" in page or "<pre" in page
    verbatim = [found.span() for found in VERBATIM.finditer(page)] if coded else []
    return STRAIGHT.sub(partial(_curled, verbatim), page)


def _curled(verbatim: list[tuple[int, int]], found: re.Match[str]) -> str:
    place = found.start()
    if any(start < place < end for start, end in verbatim):
        return found.group()
    before = TAGS.sub("", found.string[max(0, place - FAR_ENOUGH) : place])
    opening = not before or before[-1] in OPENING_AFTER
    if found.group() in DOUBLE:
        return "“" if opening else "”"
    return "‘" if opening and not found.string[found.end() : found.end() + 2].isdigit() else "’"
