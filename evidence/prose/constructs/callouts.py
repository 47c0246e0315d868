"""Callouts: remarks set apart, as GitHub, Obsidian, MkDocs, Quarto and MyST write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from evidence.prose.construct import Construct, Draft, Example, Stray

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

KINDS = ("note", "tip", "important", "warning", "caution")
COLONS = re.compile(
    r"\s*(?:\{\.callout-(?P<quarto>[a-z]++)[^{}]*+\}|\{(?P<myst>[a-z]+)\}|(?P<plain>[a-z]+))\s*"
)
ALERT = re.compile(r"\[!([^\[\]\n]*)\][^\n]*")
WRITTEN = re.compile(r"(?m)^[ \t>]*(?:!!!|\?\?\?\+?)[^\n]*|:{3,}[^\n]*")
HINT = "Write '> [!NOTE]' and '> Words.' below it; the kinds are NOTE, TIP, IMPORTANT, WARNING and CAUTION."


def kind_of(colons: str) -> str:
    """Return the kind of callout that stands behind three colons, or nothing where it is none."""
    match = COLONS.fullmatch(colons)
    kind = next((part for part in match.groups() if part), "") if match else ""
    return kind if kind in KINDS else ""


def _read(parser: MarkdownIt) -> None:
    from mdit_py_plugins.admon import admon_plugin  # noqa: PLC0415 - only where text is read
    from mdit_py_plugins.container import container_plugin  # noqa: PLC0415

    parser.options["alerts"] = True
    parser.use(admon_plugin)
    parser.use(container_plugin, "callout", validate=lambda words, _marks: bool(kind_of(words)))
    for name, rule in RENDERED.items():
        parser.add_render_rule(name, rule)


def _opened(kind: str, title: str) -> str:
    return f'<div class="callout {kind}" role="note">\n{title}'


def _titled(kind: str) -> str:
    return _opened(kind, f'<p class="callout-title">{kind.capitalize()}</p>\n')


def _alert(_renderer: Any, tokens: Sequence[Token], position: int, *_rest: Any) -> str:
    return _opened(str(tokens[position].info).lower(), "")


def _admonition(_renderer: Any, tokens: Sequence[Token], position: int, *_rest: Any) -> str:
    kind = str(tokens[position].meta["tag"])
    return _opened(kind, "") if tokens[position].content else _titled(kind)


def _container(_renderer: Any, tokens: Sequence[Token], position: int, *_rest: Any) -> str:
    return "</div>\n" if tokens[position].nesting < 0 else _titled(kind_of(tokens[position].info))


RENDERED = {
    "alert_open": _alert,
    "alert_title_open": lambda *_: '<p class="callout-title">',
    "admonition_open": _admonition,
    "admonition_title_open": lambda *_: '<p class="callout-title">',
    "container_callout_open": _container,
    "container_callout_close": _container,
}


def _strays(draft: Draft) -> Iterator[Stray]:
    for token in draft.tokens:
        if token.map is None:
            continue
        start, written = draft.line_at(token.map[0])
        if token.type == "container_callout_open":
            last = draft.line_at(token.map[1])[1].lstrip("> ")
            if not last.startswith(":::") or last.strip(": "):
                message, hint = (
                    "the callout that begins here has no end",
                    "Write ::: on a line of its own below it.",
                )
                yield Stray(start, written, "markdown-closed", message, hint)
        elif token.type == "admonition_open":
            if token.meta["tag"] not in KINDS or token.markup != "!!!":
                yield _unknown(start, written)
            elif not _is_filled(draft, token):
                message = "this callout is empty: what belongs to it stands four blanks in"
                yield Stray(start, written, "markdown-known", message, HINT)
    for match in ALERT.finditer(draft.bare):
        yield _unknown(match.start(), draft.text[match.start() : match.end()])
    for match in WRITTEN.finditer(draft.bare):
        yield _unknown(match.start(), match[0].strip())


def _is_filled(draft: Draft, opened: Token) -> bool:
    return any(
        token.type == "inline"
        and token.map
        and opened.map
        and opened.map[0] < token.map[0] < opened.map[1]
        for token in draft.tokens
    )


def _unknown(start: int, written: str) -> Stray:
    message = f"'{written[:40]}' makes no callout that is known here"
    return Stray(start, written, "markdown-known", message, HINT, "callout")


SHOWN = '<div class="callout note" role="note">\n<p class="callout-title">Note</p>\n<p>Words.</p>\n</div>'
CONSTRUCT = Construct(
    "Callouts",
    "`> [!NOTE]` with `> Words.` below it, as on GitHub; also `!!! note`, `:::note` and `::: {.callout-note}`. The kinds are "
    "note, tip, important, warning and caution.",
    (
        Example("> [!NOTE]\n> Words.", SHOWN),
        Example("!!! note\n    Words.", SHOWN),
        Example(
            '!!! warning "Mind"\n    Words.',
            SHOWN.replace(' note"', ' warning"').replace(">Note", ">Mind"),
        ),
        Example(":::note\nWords.\n:::", SHOWN),
        Example("::: {.callout-note}\nWords.\n:::", SHOWN),
        Example(":::{note}\nWords.\n:::", SHOWN),
        Example("> [!info] About this\n> Words.", rule="markdown-known", said="the kinds are NOTE"),
        Example("!!! danger\n    Words.", rule="markdown-known", said="the kinds are NOTE"),
        Example("??? note\n    Words.", rule="markdown-known", said="the kinds are NOTE"),
        Example("!!! note\nWords.", rule="markdown-known", said="four blanks in"),
        Example(
            "::: {.column-margin}\nWords.\n:::", rule="markdown-known", said="the kinds are NOTE"
        ),
        Example(":::note\nWords.", rule="markdown-closed", said="Write ::: on a line of its own"),
    ),
    _read,
    _strays,
)
