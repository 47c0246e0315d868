"""HTML in Markdown: a few elements in a line of text, tables, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.prose.construct import Construct, Draft, Example, Stray

TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?P<attributes>[^<>]*+)>")
ATTRIBUTE = re.compile(r"([A-Za-z_:@][\w:.-]*)\s*(?:=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
WITHOUT_END = {"br", "hr", "wbr"}
IN_LINES = {
    "abbr", "b", "br", "code", "em", "i", "kbd", "q", "s", "small", "strong", "sub", "sup",
}  # fmt: skip
IN_BLOCKS = {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"abbr": {"title"}, "th": {"align"}, "td": {"align"}}
INSTEAD = {
    "a": "Write [words](address).",
    "img": "Write ![what is to be seen](its-name.jpg): a picture of data/pictures.",
    "p": "Leave an empty line between paragraphs.",
    "ul": "Write '- ' in front of each item.",
    "ol": "Write '1. ' in front of each item.",
    "details": "Nothing can be folded here: write a heading, or put it on a page of its own.",
    "summary": "Nothing can be folded here: write a heading, or put it on a page of its own.",
    "blockquote": "Write '> ' in front of each line.",
    "del": "Write ~~words~~.",
    "strike": "Write ~~words~~.",
    "u": "Write *words* or **words**: what is underlined looks like a link.",
    "mark": "Write **words**.",
    "video": "Link to it with [words](address).",
    "iframe": "Nothing of other sites is shown inside this one: link to it with [words](address).",
    "script": "A page has no script of its own.",
    "style": "How pages look stands in templates/static.",
    **{f"h{level}": "Write ## in front of a heading." for level in range(1, 7)},
}
OTHERWISE = "Leave the element out, and keep its words; to print the sign itself, write &lt;."
MARKS = re.compile(r"\*\*\w|\]\(|(?<!`)`\w")


def _strays(draft: Draft) -> Iterator[Stray]:
    opened: list[tuple[int, str]] = []
    block = -1
    for start, written, line in _html(draft):
        if line != block:
            yield from _unclosed(opened)
            opened, block = [], line
        for tag in TAG.finditer(written):
            yield from _tag(tag, start, in_line=line >= 0)
            _count(tag, start, opened)
    yield from _unclosed(opened)


def _html(draft: Draft) -> Iterator[tuple[int, str, int]]:
    """Yield each piece of HTML with its offset, and the paragraph that it stands in, or -1 for a block."""
    for token in draft.tokens:
        if token.type == "html_block" and token.map is not None:
            start = draft.line_start(token.map[0])
            yield start, draft.readable[start : draft.line_start(token.map[1]) or None], -1
    for token, start in draft.marks:
        if token.type == "html_inline":
            yield start, token.content, token.meta.get("block", 0)


def _tag(tag: re.Match[str], start: int, *, in_line: bool) -> Iterator[Stray]:
    name, known = tag["name"].lower(), IN_LINES | (set() if in_line else IN_BLOCKS)
    where = start + tag.start()
    if name not in known and not tag["close"]:
        message = f"the HTML element <{name}> would not be shown as one"
        yield Stray(where, tag[0], "markdown-known", message, INSTEAD.get(name, OTHERWISE))
        return
    for written in ATTRIBUTE.findall(tag["attributes"].rstrip("/ ")) if not tag["close"] else ():
        if written.lower() not in ATTRIBUTES.get(name, set()):
            message = f"the attribute '{written}' of <{name}> would have no effect"
            yield Stray(where, tag[0], "markdown-known", message, f"Write <{name}> alone.")


def _count(tag: re.Match[str], start: int, opened: list[tuple[int, str]]) -> None:
    name = tag["name"].lower()
    if name not in IN_LINES - WITHOUT_END or tag["attributes"].endswith("/"):
        return
    if tag["close"] and opened and opened[-1][1] == name:
        opened.pop()
    else:
        opened.append((start + tag.start(), f"/{name}" if tag["close"] else name))


def _unclosed(opened: list[tuple[int, str]]) -> Iterator[Stray]:
    for start, name in opened[:1]:
        message = f"<{name}> has no partner in its paragraph"
        hint = f"Write <{name.lstrip('/')}>words</{name.lstrip('/')}>."
        yield Stray(start, f"<{name}>", "markdown-closed", message, hint)


CONSTRUCT = Construct(
    "HTML",
    '`<br>`, `<sub>`, `<sup>`, `<abbr title="...">`, `<kbd>`, `<q>`, `<small>` in a line of text, and a `<table>` where '
    "Markdown has none for it. No other element, class or style.",
    (
        Example("CO<sub>2</sub> and<br>more", '<p>CO<sub class="plain">2</sub> and<br>more</p>'),
        Example("<div>\nWords.\n</div>", rule="markdown-known", said="keep its words"),
        Example(
            "<details><summary>More</summary>Words.</details>",
            rule="markdown-known",
            said="a heading",
        ),
        Example(
            'Words <span style="color:red">red</span>.',
            rule="markdown-known",
            said="Leave the element out",
        ),
        Example('Words <sup class="x">a</sup>.', rule="markdown-known", said="Write <sup> alone"),
        Example("The <your name> group.", rule="markdown-known", said="write &lt;"),
        Example('<img src="a.png">', rule="markdown-known", said="a picture of data/pictures"),
        Example("<u>so</u>", rule="markdown-known", said="looks like a link"),
        Example(
            '<iframe src="https://example.org"></iframe>', rule="markdown-known", said="link to it"
        ),
        Example("H<sub>2O is wet.", rule="markdown-closed", said="has no partner"),
    ),
    strays=_strays,
)
