"""Style sheets as readers get them: without the comments and indents that their editors need."""

from __future__ import annotations

import re

STRING_OR_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
BETWEEN_LINES = re.compile(r"\s*\n\s*")


def lean(sheet: bytes) -> bytes:
    """Return a style sheet without comments, indents and empty lines; strings stay as they are."""
    text = STRING_OR_COMMENT.sub(
        lambda found: found.group(1) or "", sheet.decode(errors="surrogateescape")
    )
    return BETWEEN_LINES.sub("\n", text).strip().encode(errors="surrogateescape")
