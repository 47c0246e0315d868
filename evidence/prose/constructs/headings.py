"""Headings: ## to ####, with an anchor from their words alone, or one of the author's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.prose.construct import Construct, Draft, Example, Stray

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

OWN = re.compile(r"\{#([A-Za-z][\w-]*+)\}\s*+\Z")
PLACEHOLDER = re.compile("\ue000\\d+\ue001")
CLOSE = re.compile(r"(?m)^[ >]{0,9}(#{1,6})(?=[^\s#\ue000-\ue004])[^\n]*")
IN_CONTENTS = "h2"
HINT = (
    "Write ## for a heading, ### and #### for those below it; the title of the page is its only #."
)


def _read(parser: MarkdownIt) -> None:
    parser.core.ruler.after("inline", "anchors", _anchor_all)


def _anchor_all(state: StateCore) -> None:
    """Give each heading its anchor, and keep what the contents of a page say of it."""
    taken: set[str] = set()
    contents = state.env.setdefault("contents", [])
    for opened, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opened.type != "heading_open":
            continue
        own = _own_anchor(inline)
        words = words_of(inline)
        anchor = _unused(own or slug(PLACEHOLDER.sub(" ", words)), taken)
        taken.add(anchor)
        opened.attrSet("id", anchor)
        if opened.tag == IN_CONTENTS:
            contents.append((anchor, words))


def words_of(inline: Token) -> str:
    """Return the words of a line of text, without marks."""
    parts = [
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in inline.children or ()
        if child.type != "html_inline"
    ]
    return " ".join("".join(parts).split())


def _own_anchor(inline: Token) -> str:
    """Return the anchor at the end of a heading, and take it out of its words."""
    last = inline.children[-1] if inline.children else None
    own = OWN.search(last.content) if last is not None and last.type == "text" else None
    if last is None or own is None:
        return ""
    last.content = last.content[: own.start()].rstrip()
    return own[1]


def slug(words: str) -> str:
    """Return words as an anchor: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower()).strip("-")


def _unused(anchor: str, taken: set[str]) -> str:
    wanted, count = anchor or "part", 0
    while (wanted if not count else f"{wanted}_{count}") in taken:
        count += 1
    return wanted if not count else f"{wanted}_{count}"


def _strays(draft: Draft) -> Iterator[Stray]:
    above = 1
    for token in draft.tokens:
        if token.type == "heading_open" and token.map is not None:
            start, written = draft.line_at(token.map[0])
            level = int(token.tag[1:])
            left_out, above = level > above + 1, level
            if token.markup in {"-", "="}:
                message = f"the line of '{token.markup}' makes a heading of the text above it"
                hint = "For a heading, write ## in front of the text; for a line across the page, leave an empty line."
                yield Stray(start, written, "heading-level", message, hint)
            elif token.tag in {"h1", "h5", "h6"}:
                message = f"a heading with {token.markup} is none of those that a text has"
                yield Stray(start, written, "heading-level", message, HINT)
            elif left_out:
                message = f"a heading with {token.markup} stands below none with {token.markup[1:]}"
                hint = f"Write {token.markup[1:]} in front of it: who listens to a page takes it for a part of the one above."
                yield Stray(start, written, "heading-level", message, hint)
    for match in CLOSE.finditer(draft.bare):
        message = f"a blank is missing between '{match[1]}' and the words of the heading"
        written = draft.text[match.start() : match.end()]
        hint = f"Write '{match[1]} {written.strip().lstrip('#')}'; where no heading is meant, write \\# for the sign."
        yield Stray(match.start(), written, "heading-level", message, hint)


CONSTRUCT = Construct(
    "Headings",
    "`##`, `###` and `####` with a blank behind; the title of the page is its only `#`. The anchor follows "
    "from the words, or is the one that you write: `## Words {#anchor}`.",
    (
        Example("## How it was made", '<h2 id="how-it-was-made">How it was made</h2>'),
        Example("## Small ##", '<h2 id="small">Small</h2>'),
        Example("## How it was made {#how}", '<h2 id="how">How it was made</h2>'),
        Example("# Results", rule="heading-level", said="Write ## for a heading"),
        Example(
            "Words.\n\n##### Deep", rule="heading-level", line=3, said="Write ## for a heading"
        ),
        Example(
            "## Part\n\n#### Deep", rule="heading-level", line=3, said="Write ### in front of it"
        ),
        Example("##Heading", rule="heading-level", said="Write '## Heading'"),
        Example("Heading\n=======", rule="heading-level", said="write ## in front of the text"),
        Example("Heading\n---", rule="heading-level", said="leave an empty line"),
    ),
    _read,
    _strays,
)
