"""The references that an editor types in prose, found with their offsets.

``[[study/finding|form]]`` a bound number, ``[[study]]``, ``[[trial:...]]``, ``[[page:...]]`` and
``[[claim:...]]`` links, ``[[site:repository|words]]`` one to an address of the site's own, ``[[figure:...]]`` and
``[[table:...]]`` what the same page shows, by its number, ``[[=12]]`` a number without evidence, ``![[figure]]`` a figure, ``![[outcome:...]]`` the table of
an outcome, ``![[table:...]]`` one of data/tables, ``![[searches]]`` that of all searches, ``![[summary]]`` the summary of findings of a page,
``![[figure|results]]`` what the studies of a figure show together in words, ``[@source, locator]`` a citation, ``![what is to be seen](its-name.jpg "caption")``
a picture of data/pictures. Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

ReferenceKind = Literal[
    "number",
    "study",
    "trial",
    "page",
    "claim",
    "site",
    "numbered",
    "plain",
    "figure",
    "outcome",
    "searches",
    "summary",
    "table",
    "citation",
    "picture",
]

# More than nine marks in a row begin no code in a line: each number of marks costs a look to the end
# No reference, and nothing else that means something, stands in code or in a comment
UNREAD = re.compile(r"(?ms)^(```|~~~).*?^\1[^\n]*$|(`{1,9})(?!`).+?(?<!`)\2(?!`)|<!--.*?(?:-->|\Z)")
EMBEDDING = {
    "figure",
    "outcome",
    "picture",
    "searches",
    "summary",
    "table",
}  # what puts something in its place
WIKI = re.compile(r"(!?)\[\[(?=[^\[\]|]*\w)([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
CITATION = re.compile(r"\[(@[a-z0-9][^\[\]]*)\]")
# Its alternative text, the name of its file, and a caption in which references may stand
PICTURE = re.compile(
    r"!\[(?P<alt>(?:(?!\n[ \t]*\n)[^\[\]])*)\]\((?P<file>[^\s()<>/\\:?#%\"]+\.\w+)"
    r"(?:[ \t]*+(?:\n[ \t]*+)?\"(?P<caption>(?:(?!\n[ \t]*\n)[^\"])*)\"[ \t]*)?\)"
)
UNCLOSED = re.compile(r"\[\[")
MOST_TEXTS = 10_000  # of which the references are remembered: several checks and pages ask for them


@dataclass(frozen=True)
class Reference:
    """One reference: ``target`` is what it names, ``form`` what stands after the bar."""

    kind: ReferenceKind
    target: str
    form: str
    written: str
    start: int
    end: int

    @property
    def study(self) -> str:
        """Return the study part of ``study/finding``."""
        return self.target.partition("/")[0]


def blank(text: str, pattern: re.Pattern[str]) -> str:
    """Return ``text`` with every match replaced by spaces, so that offsets stay."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


@lru_cache(MOST_TEXTS)
def find_references(text: str) -> tuple[tuple[Reference, ...], tuple[tuple[int, str], ...]]:
    """Return the references in ``text`` in order, and (offset, text) of those left open."""
    if "[" not in text:
        return (), ()
    readable = blank(text, UNREAD)
    references = [_wiki(match) for match in WIKI.finditer(readable)]
    for match in CITATION.finditer(readable):
        references += _citations(match)
    references += [_picture(match) for match in PICTURE.finditer(readable)]
    rest = blank(readable, WIKI)
    broken = tuple(
        (match.start(), _until_line_end(text, match.start())) for match in UNCLOSED.finditer(rest)
    )
    return tuple(sorted(references, key=lambda reference: reference.start)), broken


def outermost(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """Return references in their order without those in the caption of a picture, which is a text of its own."""
    found: list[Reference] = []
    end = -1
    for reference in references:
        if reference.start >= end:
            found.append(reference)
        if reference.kind == "picture":
            end = reference.end
    return tuple(found)


@dataclass(frozen=True)
class PictureWords:
    """What is written of a picture where it is shown, each with its offset in the reference."""

    alternative: str
    alternative_start: int
    caption: str
    caption_start: int


def picture_words(reference: Reference) -> PictureWords:
    """Return the words of a reference of the kind ``picture``."""
    match = PICTURE.fullmatch(reference.written)
    if match is None:
        raise ValueError(reference.written)
    return PictureWords(
        match["alt"], match.start("alt"), match["caption"] or "", max(0, match.start("caption"))
    )


def without_comments(text: str) -> str:
    """Return a text without what is written for those who edit it."""
    if "<!--" not in text:
        return text
    return UNREAD.sub(lambda match: "" if match[0].startswith("<!--") else match[0], text)


def comments_blanked(text: str) -> str:
    """Return a text with spaces in place of its comments, so that offsets stay."""
    if "<!--" not in text:
        return text
    return UNREAD.sub(
        lambda match: re.sub(r"[^\n]", " ", match[0]) if match[0].startswith("<!--") else match[0],
        text,
    )


def trials_in(text: str) -> set[str]:
    """Return the ids of trials to which a reference may stand in the text of a file, code or not."""
    if "trial:" not in text:
        return set()
    references = map(_wiki, WIKI.finditer(text))
    return {reference.target for reference in references if reference.kind == "trial"}


def _until_line_end(text: str, start: int) -> str:
    return text[start : start + 40].split("\n", maxsplit=1)[0]


def _wiki(match: re.Match[str]) -> Reference:
    target = " ".join(match.group(2).split()).rstrip("\\")  # tables may escape the bar
    form = " ".join((match.group(3) or "").split())
    kind: ReferenceKind = "number" if "/" in target else "study"
    if match.group(1) and target.startswith("outcome:"):
        kind, target = "outcome", target.removeprefix("outcome:").strip()
    elif match.group(1) and target.startswith("table:"):
        kind, target = "table", target.removeprefix("table:").strip()
    elif match.group(1):
        kind = cast("ReferenceKind", target) if target in {"searches", "summary"} else "figure"
    elif target.startswith("="):
        kind, target = "plain", target[1:].strip()
    elif target.startswith(("page:", "claim:", "trial:", "site:")):
        named, _, target = (part.strip() for part in target.partition(":"))
        kind = cast("ReferenceKind", named)
    elif target.startswith(("figure:", "table:")):
        kind, target = "numbered", ":".join(part.strip() for part in target.split(":", 1))
    return Reference(kind, target, form, match.group(), match.start(), match.end())


def _picture(match: re.Match[str]) -> Reference:
    return Reference("picture", match["file"], "", match.group(), match.start(), match.end())


def _citations(match: re.Match[str]) -> list[Reference]:
    references = []
    for part in match.group(1).split(";"):
        name, _, locator = part.strip().removeprefix("@").partition(",")
        references.append(
            Reference(
                "citation",
                name.strip(),
                " ".join(locator.split()),
                match.group(),
                match.start(),
                match.end(),
            )
        )
    return references
