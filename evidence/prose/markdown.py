"""Markdown to safe HTML, with references kept as placeholders.

The conversion knows no findings, so its result depends on the text alone and can be cached.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.prose.references import CODE, Reference, blank
from evidence.prose.typesetting import dress_tables

OPEN, CLOSE = "\ue000", "\ue001"
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "dl", "dt", "em", "h2", "h3", "h4", "hr",
    "i", "kbd", "li", "ol", "p", "pre", "q", "small", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "th": {"align"},
              "td": {"align"}, "abbr": {"title"}, "ol": {"start"}}  # fmt: skip
# What is not prose in Markdown source: addresses of links, HTML tags, list numbers, rules of tables
NOT_PROSE = re.compile(
    r"(?m)\]\((?:[^)\s\]]|\](?!\())++\)|</?[A-Za-z](?:[^<>\n]|<(?!/?[A-Za-z]))*+>|"
    r"\{#[^{}\n]*+\}|^[^\S\n]*+\d++[.)]\s|^(?:[^\S\n]|[:|-])++$|^\[[^\[\]]+\]:.*$|<https?://[^<>]+>"
)

# Parts of a page that its style and its printed summary know, by how their heading begins. They
# end at the next heading, or at a figure.
PARTS = {"In short": "in-short", "What this cannot tell you": "cannot-tell"}
PART = re.compile(
    rf"<h2[^<>]*>({'|'.join(PARTS)}).*?(?=<h2[ >]|<p>{OPEN}\d+{CLOSE}</p>|\Z)", re.DOTALL
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


def prose_of(text: str, references: Sequence[Reference]) -> str:
    """Return Markdown ``text`` with everything blanked that is not prose; offsets stay."""
    readable = blank(text, CODE)
    characters = list(readable)
    for reference in references:
        for offset in range(reference.start, reference.end):
            if characters[offset] != "\n":
                characters[offset] = " "
    return blank("".join(characters), NOT_PROSE)


def convert(text: str, shown: Sequence[str] = ()) -> Skeleton:
    """Convert Markdown (tables, definition lists, sane lists) to sanitised HTML.

    ``shown`` is the plain text of each placeholder: it decides how a table is laid out.
    """
    import markdown  # noqa: PLC0415 - loaded only when a page's text has changed
    import nh3  # noqa: PLC0415

    converter = markdown.Markdown(
        extensions=["tables", "sane_lists", "def_list", "toc"],
        extension_configs={
            "toc": {"toc_depth": "2-3"},
            "tables": {"use_align_attribute": True},  # styles do not pass the policy
        },
        output_format="html",
    )
    html = converter.convert(text)
    safe = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None)
    tokens = getattr(converter, "toc_tokens", [])
    headings = tuple((str(token["id"]), str(token["name"])) for token in tokens)
    return Skeleton(PART.sub(_part, dress_tables(safe, shown)), headings)


def _part(match: re.Match[str]) -> str:
    return f'<section class="{PARTS[match.group(1)]}">\n{match.group().rstrip()}\n</section>\n'
