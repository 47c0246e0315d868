"""Pictures: those of data/pictures are shown; of everything else that looks like one it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from evidence.prose.construct import EMBEDDED, Construct, Draft, Example, Stray

HINT = (
    "A picture of data/pictures is ![what is to be seen](its-name.jpg), with a caption as "
    '![what is to be seen](its-name.jpg "A caption").'
)
OPEN = re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)?|\[[^\[\]\n]*\])?(?:\{[^{}\n]*\})?")
SIZED = re.compile(rf"(?<!{EMBEDDED}){EMBEDDED}++(?:\n{EMBEDDED}+)?[ \t]*(\{{[^{{}}\n]*\}})")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
EXAMPLE = "<p>\ue0000\ue001</p>"  # what stands for a picture until it is put in
NAME = re.compile(r"(?<![^/\\])([^/\\]+\.\w+)$")


def _strays(draft: Draft) -> Iterator[Stray]:
    for match in SIZED.finditer(draft.readable):
        if draft.text.startswith("![", match.start()) and draft.text[match.start() + 2] != "[":
            hint = f"Delete {match[1]}: a picture is as wide as the text, and less where it has fewer pixels."
            written = draft.text[match.start() : match.end()]
            message = "the size of a picture cannot be said"
            yield Stray(match.start(), written, "markdown-known", message, hint)
    for token, start in draft.marks:
        if token.type == "image":
            address = unquote(str(token.attrGet("src") or ""))
            message = f"the picture '{address}' would not be shown"
            whole = OPEN.match(draft.readable, start)
            written = whole[0] if whole else "!["
            yield Stray(start, written, "markdown-known", message, _meant(address, written))
    for match in OPEN.finditer(draft.bare):
        yield Stray(
            match.start(), match[0], "markdown-known", "this picture would not be shown", HINT
        )


def _meant(address: str, written: str) -> str:
    """Return what to do about a picture at an ``address`` that is none of data/pictures, as it is ``written``."""
    if address.startswith("data:"):
        return f"Save the picture as a file, and put it into data/pictures. {HINT}"
    if ELSEWHERE.match(address):
        return (
            "Nothing is asked of other hosts, which would learn who reads here: save the picture if its licence allows "
            "it, 'python build.py new picture FILE', or write a link, [words](address)."
        )
    name = NAME.search(address)
    plain = re.sub(r"[\s_%]+", "-", name[1].lower()) if name else ""
    if name and plain != name[1]:
        return f"The name of a picture has small letters, digits and hyphens: rename it to {plain}."
    if name and name[1] != address:
        return f"A picture goes by its name, without a folder: ![...]({plain})."
    if "'" in written or "((" in written:
        return f'A caption stands in double quotes: ![...]({plain} "A caption").'
    return HINT


CONSTRUCT = Construct(
    "Pictures",
    'A picture of data/pictures, alone in its paragraph: `![what is to be seen](knee.jpg "A caption")`. Whose it is stands beside '
    "it in data/pictures/knee.yaml; the caption may be left out, what is to be seen may not. Nothing is shown from other hosts. "
    "A chart is a figure, `![[figure-id]]`.",
    (
        Example("![A scan of a knee](knee.png)", shown=EXAMPLE),
        Example('![A knee from the side](knee.jpg "A *healthy* knee")', shown=EXAMPLE),
        Example(
            "![A scan](https://example.org/a.png)",
            rule="markdown-known",
            said="Nothing is asked of other hosts",
        ),
        Example("![A scan](../pictures/scan.png)", rule="markdown-known", said="without a folder"),
        Example(
            "![A scan of a knee](a.png){width=50%}",
            rule="markdown-known",
            said="as wide as the text",
        ),
        Example("![A scan](my scan.png)", rule="markdown-known", said="would not be shown"),
        Example("![A scan](<my scan.png>)", rule="markdown-known", said="my-scan.png"),
        Example("![A scan][scan]\n\n[scan]: scan.png", rule="markdown-known", said="its-name.jpg"),
        Example("![A scan](scan.png 'A caption')", rule="markdown-known", said="in double quotes"),
    ),
    strays=_strays,
)
