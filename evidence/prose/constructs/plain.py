"""What Markdown reads in any case: quotations, lines across the page, breaks of lines, signs written out."""

from __future__ import annotations

from evidence.prose.construct import Construct, Example

CONSTRUCT = Construct(
    "Quotations, lines, breaks, signs",
    "`> ` in front of a quotation; `---` between two empty lines for a line across the page; a backslash, or two blanks, at "
    "the end of a line to begin a new one; a backslash in front of a sign to print it.",
    (
        Example("> So he said.", "<blockquote>\n<p>So he said.</p>\n</blockquote>"),
        Example("One.\n\n---\n\nTwo.", "<p>One.</p>\n<hr>\n<p>Two.</p>"),
        Example("One\\\ntwo", "<p>One<br>\ntwo</p>"),
        Example("One  \ntwo", "<p>One<br>\ntwo</p>"),
        Example("A \\*star\\* &amp; &copy;", "<p>A *star* &amp; ©</p>"),
    ),
)
