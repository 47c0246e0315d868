"""Letters set higher or lower: m^2^, H~2~O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.prose.construct import Construct, Draft, Example, Stray

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LEFT = re.compile(r"\^(?=[\w+\-−{(])|(?<=[A-Za-z])~(?=\w)")


def _read(parser: MarkdownIt) -> None:
    from mdit_py_plugins.subscript import sub_plugin  # noqa: PLC0415 - only where text is read
    from mdit_py_plugins.superscript import superscript_plugin  # noqa: PLC0415

    parser.use(superscript_plugin)
    parser.use(sub_plugin)


def _strays(draft: Draft) -> Iterator[Stray]:
    for match in LEFT.finditer(draft.bare):
        sign = match[0]
        message = f"the '{sign}' here sets nothing higher or lower: it has no partner, or a blank before it"
        hint = (
            f"Write {sign} on both sides, as in m^2^ and H~2~O; to print the sign, write \\{sign}."
        )
        yield Stray(match.start(), sign, "markdown-closed", message, hint)


CONSTRUCT = Construct(
    "Higher and lower",
    "`CD34^+^` and `H~2~O`, without blanks inside; or `<sup>` and `<sub>`.",
    (
        Example("CD34^+^ cells", "<p>CD34<sup>+</sup> cells</p>"),
        Example("H~2~O", '<p>H<sub class="plain">2</sub>O</p>'),
        Example("CD34^+ cells", rule="markdown-closed", said="on both sides"),
    ),
    _read,
    _strays,
)
