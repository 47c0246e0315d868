"""Scripts as readers get them: without the comments and indents that their editors need.

Only what is sure without reading the language is taken: lines keep their ends and what stands in
them. A script with a text in backquotes that may go on over lines stays as it is.
"""

from __future__ import annotations

import re

# A comment of lines of its own, or at the end of a line after a mark that ends something there.
# What is left open runs to the end.
COMMENT = re.compile(
    r"^[ \t]*+/\*(?:[^*]|\*(?!/))*+(?:\*/[ \t]*+$|\Z)|^[ \t]*+//.*$|"
    r"""(?<=[;,{}])[ \t]++/\*[^*\n"'`]*+\*/[ \t]*+$""",
    re.MULTILINE,
)
INDENT = re.compile(r"^\s+", re.MULTILINE)
QUOTE = "`"


def minified(script: bytes) -> bytes:
    """Return a script that does the same, without what only its editors need."""
    text = script.decode(errors="surrogateescape")
    if any(line.count(QUOTE) % 2 or line.endswith(("\\", "\\\r")) for line in text.split("\n")):
        return script
    return INDENT.sub("", COMMENT.sub("", text)).encode(errors="surrogateescape")
