"""Prose as a reader would speak it, with its references resolved to words."""

from __future__ import annotations

import re

from evidence.model.report import Report
from evidence.numbers.quantity import printed
from evidence.numbers.results import Computed
from evidence.prose.constructs import parser
from evidence.prose.constructs.headings import words_of
from evidence.prose.numbering import UNNUMBERED
from evidence.prose.references import Reference, find_references, outermost, without_comments

OPEN, CLOSE = "\ue000", "\ue001"
PLACEHOLDER = re.compile(f"{OPEN}(\\d+){CLOSE}")
MARKS = re.compile(
    r"[*_`~<\[^\\$]|&\w"
)  # without one of them there is none of Markdown in a line of text


def plain_text(prose: str, report: Report, computed: dict[str, Computed]) -> str:
    """Return ``prose`` as a reader would speak it: numbers printed, links as words."""
    prose = without_comments(prose)
    references = outermost(find_references(prose)[0])
    parts: list[str] = []
    position = 0
    for place, reference in enumerate(references):
        before = prose[position : reference.start]
        parts.append(before.rstrip() if reference.kind == "citation" else before)
        parts.append(f"{OPEN}{place}{CLOSE}")
        position = max(position, reference.end)
    parts.append(prose[position:])
    words = PLACEHOLDER.sub(
        lambda match: reference_text(references[int(match[1])], report, computed),
        _without_marks("".join(parts)),
    )
    return " ".join(words.split())


def _without_marks(text: str) -> str:
    """Return the words of a text without the marks of Markdown, where it holds any."""
    if not MARKS.search(text):
        return text
    return " ".join(words_of(token) for token in parser().parse(text) if token.type == "inline")


def reference_text(reference: Reference, report: Report, computed: dict[str, Computed]) -> str:
    """Return the words that stand for one reference in plain text."""
    target = reference.target
    if reference.kind == "number":
        finding = report.findings[target]
        return printed(finding, reference.form, computed.get(target)).text
    if reference.kind == "plain":
        return target
    if reference.kind == "study":
        return reference.form or report.studies[target].short
    if reference.kind == "page":
        return reference.form or report.pages[target].front.title
    if reference.kind in {"claim", "site"}:
        return reference.form or (target if reference.kind == "site" else "claim")
    if reference.kind == "numbered":
        return reference.form or UNNUMBERED[target.partition(":")[0]]
    return ""
