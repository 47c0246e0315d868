"""Footnotes: [^name] in a text, [^name]: words below it. They have letters: notes of numbers have digits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from evidence.prose.construct import Construct, Draft, Example, Stray

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LEFT = re.compile(r"\[\^([^\[\]\s]+)\](:?)")
SECTION = '<section class="footnotes">\n<ol type="a">\n'
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _read(parser: MarkdownIt) -> None:
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415 - only where text is read

    parser.use(footnote_plugin)
    for name, rule in RENDERED.items():
        parser.add_render_rule(name, rule)


def letters(number: int) -> str:
    """Return the letters of the footnote ``number``, of which the first is 0: a to z, aa, ab."""
    before, last = divmod(number, len(LETTERS))
    return (letters(before - 1) if before else "") + LETTERS[last]


def _reference(_renderer: Any, tokens: Sequence[Token], position: int, *_rest: Any) -> str:
    name, use = _names(tokens[position])
    return f'<sup><a class="footmark" href="#footnote-{name}" id="{use}">{name}</a></sup>'


def _back(_renderer: Any, tokens: Sequence[Token], position: int, *_rest: Any) -> str:
    _, use = _names(tokens[position])
    return f' <a class="note-back" href="#{use}">back to the text</a>'


def _names(token: Token) -> tuple[str, str]:
    """Return the letters of a footnote, and the anchor of one place that refers to it."""
    name, again = letters(token.meta["id"]), token.meta.get("subId", 0)
    return name, f"footnote-use-{name}" + (f"-{again + 1}" if again > 0 else "")


def _open(_renderer: Any, tokens: Sequence[Token], position: int, *_rest: Any) -> str:
    return f'<li id="footnote-{letters(tokens[position].meta["id"])}">'


RENDERED = {
    "footnote_ref": _reference,
    "footnote_block_open": lambda *_: SECTION,
    "footnote_block_close": lambda *_: "</ol>\n</section>\n",
    "footnote_open": _open,
    "footnote_close": lambda *_: "</li>\n",
    "footnote_anchor": _back,
}


def _strays(draft: Draft) -> Iterator[Stray]:
    used = {
        token.meta["label"]
        for token, _ in draft.marks
        if token.type == "footnote_ref" and "label" in token.meta
    }
    written: Counter[str] = Counter()
    for token in draft.tokens:
        if token.type != "footnote_reference_open" or token.map is None:
            continue
        name = str(token.meta["label"])
        start, line = draft.line_at(token.map[0])
        written[name] += 1
        if written[name] > 1:
            message = (
                f"there is another footnote '{name}' above: only one of the two would be shown"
            )
            yield Stray(start, line, "footnote-complete", message, "Give one of them another name.")
        elif name not in used:
            message = f"nothing refers to the footnote '{name}', so that it would not be shown"
            hint = f"Write [^{name}] where it belongs, or delete it."
            yield Stray(start, line, "footnote-complete", message, hint)
    for match in LEFT.finditer(draft.bare):
        message = f"the footnote '{match[1]}' has no words"
        hint = f"Write [^{match[1]}]: and its words on a line of its own, with an empty line above."
        yield Stray(match.start(), match[0], "footnote-complete", message, hint)
    for token, start in draft.marks:
        if token.type == "footnote_ref" and not draft.whole:
            message = "footnotes stand in the text of a page, not in a field"
            yield Stray(
                start, "[^", "footnote-complete", message, "Put what it says into the sentence."
            )


CONSTRUCT = Construct(
    "Footnotes",
    "`[^name]` behind the words, and `[^name]: What it says.` on a line of its own; or `^[What it says.]` at once. They have "
    "letters on the page. Only in the text of a page; a number in one is bound like any other.",
    (
        Example(
            "A claim.[^1]\n\n[^1]: The note.",
            '<p>A claim.<sup><a class="footmark" href="#footnote-a" id="footnote-use-a">a</a></sup></p>\n'
            f'{SECTION}<li id="footnote-a"><p>The note. <a class="note-back" href="#footnote-use-a">back to the text</a></p>\n'
            "</li>\n</ol>\n</section>",
        ),
        Example("A claim.[^a]", rule="footnote-complete", said="[^a]: and its words"),
        Example(
            "A claim.\n\n[^a]: The note.", rule="footnote-complete", line=3, said="nothing refers"
        ),
        Example(
            "A.[^a]\n\n[^a]: One.\n\n[^a]: Two.",
            rule="footnote-complete",
            line=5,
            said="another name",
        ),
    ),
    _read,
    _strays,
)
