"""Figures and tables of a text: each has a number by where it stands, and prose can name it.

Whatever shows one leaves a mark where its number goes, and so does a reference to it. The numbers are put
in when the text is whole, in the order of the marks: no list can disagree with what is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from evidence.prose.references import UNREAD, Reference, blank, find_references

# Marks are written as tags that no browser knows and that no author can type, for those are taken out:
# whoever looks for words in HTML leaves what stands in a tag alone
SHOWN = re.compile(r"<shown ([^ <>]+) ([^ <>]+)>")  # its name and anchor, in front of its caption
NAMED = re.compile(
    r"<named ([^ <>]+) ([^<>]*)>"
)  # a reference to it, with the words for it if there are some

# A paragraph below a table of Markdown: "Table: What it shows {#its-id}"
CAPTION = re.compile(r"(?m)^Table:(?P<words>[^\n]*(?:\n(?![ \t]*$)[^\n]+)*)")
CAPTION_ID = re.compile(r"\{#([^{}]*)\}\s*\Z")
# What a reference to a figure or table stands for where nothing is numbered, as in a title
UNNUMBERED = {"figure": "the figure", "table": "the table"}


def mark_of(target: str, anchor: str) -> Markup:
    """Return the mark of what is shown at ``anchor``: its number goes there, such as "Figure 2."."""
    return Markup(f"<shown {escape(target)} {escape(anchor)}>")  # noqa: S704 - escaped


def mention_of(target: str, words: str = "") -> Markup:
    """Return the mark of a reference: a link with ``words`` goes there, or with the number of what it names."""
    return Markup(f"<named {escape(target)} {escape(words)}>")  # noqa: S704 - escaped


def with_numbers(html: str) -> str:
    """Return the HTML of a text with every mark replaced by the number that follows from its order."""
    counts: Counter[str] = Counter()
    numbers: dict[str, str] = {}
    anchors: dict[str, str] = {}

    def numbered(match: re.Match[str]) -> str:
        target, anchors[match[1]] = match[1], match[2]
        kind = target.partition(":")[0]
        counts[kind] += 1
        numbers[target] = f"{kind.capitalize()} {counts[kind]}"
        return f'<span class="numbered plain">{numbers[target]}.</span> '

    def linked(match: re.Match[str]) -> str:
        target, words = match.groups()
        return f'<a href="#{anchors[target]}"><span class="plain">{words or numbers[target]}</span></a>'

    return NAMED.sub(linked, SHOWN.sub(numbered, html))


@dataclass(frozen=True)
class Caption:
    """What is written of the caption of a table: where it begins, its words, and its id, which may be missing."""

    start: int
    words: str
    id: str | None


def captions(text: str) -> list[Caption]:
    """Return the captions of tables in a Markdown text, in order."""
    found = []
    for match in CAPTION.finditer(blank(text, UNREAD)):
        id_written = CAPTION_ID.search(match["words"])
        words = match["words"][: id_written.start() if id_written else None]
        found.append(Caption(match.start(), words.strip(), id_written and id_written[1]))
    return found


def shown_by(text: str) -> list[str]:
    """Return what the Markdown ``text`` of a page shows with a number, each as ``kind:name``."""
    captioned = (f"table:{caption.id}" for caption in captions(text) if caption.id)
    return [*_embedded(find_references(text)[0]), *captioned]


def _embedded(references: tuple[Reference, ...]) -> Iterator[str]:
    for reference in references:
        if reference.kind == "figure" and not reference.form:
            yield f"figure:{reference.target}"
        elif reference.kind in {"outcome", "table"}:
            yield f"table:{reference.target}"
        elif reference.kind in {"summary", "searches"}:
            yield f"table:{reference.kind}"
