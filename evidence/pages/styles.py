"""Style sheets as readers get them: without the comments and blanks that their editors need."""

from __future__ import annotations

import re

# A string stays as it is; a comment, and blanks beside a mark or a line's end, go. What is left open
# runs to the end, and blanks are looked at from where they begin.
NEEDLESS = re.compile(
    r"""("(?:\\.|[^"\\])*+(?:"|\\?\Z)|'(?:\\.|[^'\\])*+(?:'|\\?\Z))|/\*.*?(?:\*/|\Z)|"""
    r"(?:(?<!\s)\s++)?([{};,])\s*+|(:)\s++|(?<!\s)(?=[^\S\n]*+\n)\s++",
    re.DOTALL,
)
TITLE = "$site-title"


def minified(sheet: bytes, title: str) -> bytes:
    """Return a style sheet that means the same, without what only its editors need.

    ``title`` is the site's: it stands where the sheet has ``$site-title`` in a string.
    """
    text = sheet.decode(errors="surrogateescape")
    kept = NEEDLESS.sub(_kept, NEEDLESS.sub(_without_comment, text))
    written = title.replace("\\", r"\\").replace('"', r"\"").replace("\n", " ")
    return kept.strip().replace(TITLE, written).encode(errors="surrogateescape")


def _without_comment(match: re.Match[str]) -> str:
    return " " if match.group().startswith("/*") else match.group()


def _kept(match: re.Match[str]) -> str:
    if match.group(1) or match.group().startswith("/*"):
        return match.group()
    return match.group(2) or match.group(3) or "\n"
