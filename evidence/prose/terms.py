"""The first use of each glossary term in a page's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from evidence.model.site import Term

TAG = re.compile(r"(<[^>]++(?:>|\Z))")
NAME = re.compile(r"</?([a-z0-9]+)")
NOT_INSIDE = {"a", "code", "pre", "h2", "h3", "h4", "th", "kbd"}


class TermFinder:
    """Finds glossary terms: lower-case ones in any case, names with capitals as written."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Prepare one pattern for all terms, longest first."""
        self._terms: dict[str, Term] = {}
        for term in terms:
            for spelling in (term.term, *term.also):
                self._terms[spelling if _has_capitals(spelling) else spelling.lower()] = term
        spellings = sorted(self._terms, key=lambda spelling: (-len(spelling), spelling))
        parts = [
            re.escape(spelling) if _has_capitals(spelling) else f"(?i:{re.escape(spelling)})"
            for spelling in spellings
        ]
        self._pattern = re.compile(rf"\b(?:{'|'.join(parts)})s?\b") if parts else None

    def mark(self, html: str, replace: Callable[[Term, str], str]) -> str:
        """Return ``html`` with ``replace(term, written)`` for each term in its text.

        Text inside links, headings and code is left alone.
        """
        if self._pattern is None:
            return html
        inside = 0
        parts = TAG.split(html)
        for position, part in enumerate(parts):
            if part.startswith("<"):
                found = NAME.match(part)
                if found and found.group(1) in NOT_INSIDE:
                    inside += -1 if part.startswith("</") else 1
            elif not inside:
                parts[position] = self._pattern.sub(
                    lambda found: self._replace(found.group(), replace), part
                )
        return "".join(parts)

    def _replace(self, written: str, replace: Callable[[Term, str], str]) -> str:
        for candidate in (written, written.lower(), written.removesuffix("s"),
                          written.lower().removesuffix("s")):  # fmt: skip
            if candidate in self._terms:
                return replace(self._terms[candidate], written)
        return written


def _has_capitals(spelling: str) -> bool:
    return any(letter.isupper() for letter in spelling[1:]) or (
        len(spelling) == 1 and spelling.isupper()
    )
