"""Style sheets as readers get them: without the comments and blanks that their editors need."""

from __future__ import annotations

import posixpath
import re

# A string stays as it is; a comment, and blanks beside a mark or a line's end, go. What is left open
# runs to the end, and blanks are looked at from where they begin.
NEEDLESS = re.compile(
    r"""("(?:\\.|[^"\\])*+(?:"|\\?\Z)|'(?:\\.|[^'\\])*+(?:'|\\?\Z))|/\*.*?(?:\*/|\Z)|"""
    r"(?:(?<!\s)\s++)?([{};,])\s*+|(:)\s++|(?<!\s)(?=[^\S\n]*+\n)\s++",
    re.DOTALL,
)
TITLE = "$site-title"
DEPTHS = (
    5  # folders at which the page for missing addresses finds its way: two more than pages have
)
DEPTH = b"$depth"
COLOURS = re.compile(rb":root\s*\{[^}]*\}")
# The address of something that lies beside the sheet
BESIDE = re.compile(r"""(url\(\s*+["']?+)(?![a-z][a-z0-9+.-]*+:|[/#])""", re.IGNORECASE)


def minified(sheet: bytes, title: str) -> bytes:
    """Return a style sheet that means the same, without what only its editors need.

    ``title`` is the site's: it stands where the sheet has ``$site-title`` in a string.
    """
    text = sheet.decode(errors="surrogateescape")
    kept = NEEDLESS.sub(_kept, NEEDLESS.sub(_without_comment, text))
    written = title.replace("\\", r"\\").replace('"', r"\"").replace("\n", " ")
    return kept.strip().replace(TITLE, written).encode(errors="surrogateescape")


def moved(sheet: bytes, path: str, folder: str) -> bytes:
    """Return a style sheet that finds what lies beside it at ``path`` when it is served from ``folder``.

    ``path`` begins with another folder of the site; below that the sheet keeps its place.
    """
    home = posixpath.dirname(path)
    there = posixpath.join(folder, *home.split("/")[1:])
    way = posixpath.relpath(home, there)
    text = sheet.decode(errors="surrogateescape")
    return BESIDE.sub(rf"\g<1>{way}/", text).encode(errors="surrogateescape")


def by_depth(sheet: bytes, light: bytes, dark: bytes) -> list[bytes]:
    """Return the sheet of the page for missing addresses for each depth, the top of the site first.

    Before it stand the colours: what ``light`` and ``dark`` sheets say of ``:root``.
    """
    colours = [found.group() if (found := COLOURS.search(each)) else b"" for each in (light, dark)]
    opening = colours[0] + b"@media (prefers-color-scheme:dark){" + colours[1] + b"}"
    return [opening + sheet.replace(DEPTH, str(depth).encode()) for depth in range(DEPTHS)]


def _without_comment(match: re.Match[str]) -> str:
    return " " if match.group().startswith("/*") else match.group()


def _kept(match: re.Match[str]) -> str:
    if match.group(1) or match.group().startswith("/*"):
        return match.group()
    return match.group(2) or match.group(3) or "\n"
