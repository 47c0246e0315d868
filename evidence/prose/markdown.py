"""Markdown to safe HTML, with references kept as placeholders.

The conversion knows no findings, so its result depends on the text alone and can be cached.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evidence.prose.construct import EMBEDDED, HELD, USED, Draft
from evidence.prose.constructs import callouts, formulas, parser
from evidence.prose.drafting import settled
from evidence.prose.references import Reference, without_comments
from evidence.prose.typesetting import dress_tables

OPEN, CLOSE = "\ue000", "\ue001"
# The number of an item, and one that is set higher or lower behind a letter: CO₂, CD34⁺
LIST_NUMBER = re.compile(r"(?m)^[ \t>]*+\d{1,9}[.)](?=[ \tA-Za-z])")
OF_A_NAME = re.compile(r"(?<=[A-Za-z])(?:[~^]\d{1,3}[+−-]?[~^]|<su[bp]>\d{1,3}[+−-]?</su[bp]>)")
SET_BEHIND_A_LETTER = re.compile(r"(?<=[A-Za-z])<(su[bp])>(?=\d{1,3}[+−-]?</)")
HELD_SIGNS = re.compile(f"[{HELD}{EMBEDDED}]")
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h2", "h3", "h4", "hr",
    "i", "kbd", "li", "ol", "p", "pre", "q", "s", "section", "small", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul", *formulas.TAGS,
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "id", "title"}, "div": {"role"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "li": {"id"},
    "th": {"align"}, "td": {"align"}, "abbr": {"title"}, "ol": {"start", "type"}, **formulas.ATTRIBUTES,
}  # fmt: skip
CLASSES = {
    "a": {"footmark", "note-back"},
    "div": {"callout", *callouts.KINDS},
    "p": {"callout-title"},
    "section": {"footnotes"},
}
# Parts of a page that its style and its printed summary know, by how their heading begins. They
# end at the next heading, or at a figure.
PARTS = {"In short": "in-short", "What this cannot tell you": "cannot-tell"}
PART = re.compile(
    rf"<h2[^<>]*>({'|'.join(PARTS)}).*?(?=<h2[ >]|<p>{OPEN}\d+{CLOSE}</p>|<section class=|\Z)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Skeleton:
    """Safe ``html`` in which reference ``i`` stands as a placeholder; ``headings`` as (id, text)."""

    html: str
    headings: tuple[tuple[str, str], ...]


def with_placeholders(text: str, references: Sequence[Reference]) -> str:
    """Return ``text`` with each reference replaced by its placeholder.

    Citations that stand in one pair of brackets share a span and become neighbours.
    """
    parts: list[str] = []
    position = 0
    for number, reference in enumerate(references):
        if reference.start >= position:
            parts.append(text[position : reference.start])
        parts.append(f"{OPEN}{number}{CLOSE}")
        position = reference.end
    parts.append(text[position:])
    return "".join(parts)


def prose_of(draft: Draft) -> str:
    """Return the words of a text with everything blanked that is no prose; offsets stay.

    A blank stands for what was a reference, ``USED`` for what Markdown has read.
    """
    prose = list(HELD_SIGNS.sub(" ", LIST_NUMBER.sub(_blanked, draft.bare)))
    for match in OF_A_NAME.finditer(draft.readable):
        prose[match.start() : match.end()] = USED * len(match[0])
    return "".join(prose)


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def convert(text: str, shown: Sequence[str] = ()) -> Skeleton:
    """Convert Markdown, with every construct of the list in ``constructs/``, to sanitised HTML.

    ``shown`` is the plain text of each placeholder: it decides how a table is laid out.
    """
    import nh3  # noqa: PLC0415 - loaded only when a page's text has changed

    found: dict[str, Any] = {}
    html = parser().render(without_comments(settled(text)), found)
    safe = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, allowed_classes=CLASSES, link_rel=None
    ).rstrip("\n")
    safe = SET_BEHIND_A_LETTER.sub(r'<\1 class="plain">', safe)
    headings = tuple(found.get("contents", ()))
    return Skeleton(PART.sub(_part, dress_tables(safe, shown)), headings)


def _part(match: re.Match[str]) -> str:
    return f'<section class="{PARTS[match.group(1)]}">\n{match.group().rstrip()}\n</section>\n'
