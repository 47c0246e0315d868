"""The references that an editor types in prose, found with their offsets.

``[[study/finding|form]]`` a bound number, ``[[study]]``, ``[[trial:...]]``, ``[[page:...]]`` and
``[[claim:...]]`` links, ``[[site:repository|words]]`` one to an address of the site's own, ``[[figure:...]]`` and
``[[table:...]]`` what the same page shows, by its number, ``[[=12]]`` a number without evidence, ``![[figure]]`` a figure, ``![[outcome:...]]`` the table of
an outcome, ``![[searches]]`` that of all searches, ``![[summary]]`` the summary of findings of a page,
``![[figure|results]]`` what the studies of a figure show together in words, ``[@source, locator]`` a citation. Code is left alone.
"""

from __future__ import annotations

import re
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
    "citation",
]

# More than nine marks in a row begin no code in a line: each number of marks costs a look to the end
# No reference, and nothing else that means something, stands in code or in a comment
UNREAD = re.compile(r"(?ms)^(```|~~~).*?^\1[^\n]*$|(`{1,9})(?!`).+?(?<!`)\2(?!`)|<!--.*?(?:-->|\Z)")
EMBEDDING = {"figure", "outcome", "searches", "summary"}  # what puts something in its place
WIKI = re.compile(r"(!?)\[\[(?=[^\[\]|]*\w)([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
CITATION = re.compile(r"\[(@[a-z0-9][^\[\]]*)\]")
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
    rest = blank(readable, WIKI)
    broken = tuple(
        (match.start(), _until_line_end(text, match.start())) for match in UNCLOSED.finditer(rest)
    )
    return tuple(sorted(references, key=lambda reference: reference.start)), broken


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
