"""Is everything in a text shown as it was meant: its Markdown, and names that stand without their brackets?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evidence.check.sources.known import Known
from evidence.problems import Place, Problem
from evidence.prose.construct import Draft, Stray
from evidence.prose.drafting import drafted, strays
from evidence.prose.numbers import FoundNumber, unbound_numbers
from evidence.prose.references import MOST_TEXTS

FINDING = re.compile(
    r"(?<![\w/.\[\ue002-])[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*(?![\w/-])"
)
NAME = re.compile(
    r"(?<![\w\]])\[([a-z0-9]+(?:-[a-z0-9]+)+)\](?![\[(])|(?<![\w.])@([a-z0-9]+(?:-[a-z0-9]+)+)\b"
)


@lru_cache(MOST_TEXTS)
def read(text: str, *, whole: bool) -> tuple[Draft, tuple[Stray, ...]]:
    """Return a text as Markdown reads it, and what is not read as it was meant.

    A process that stays asks for each text again and again.
    """
    draft = drafted(text, whole=whole)
    return draft, tuple(strays(draft))


@lru_cache(MOST_TEXTS)
def unbound(readable: str) -> tuple[FoundNumber, ...]:
    """Return the numbers of a text that are not bound; see ``read``."""
    return tuple(unbound_numbers(readable))


def not_bound(number: FoundNumber, place: Place) -> Problem:
    """Return the problem of a number in prose that nobody bound."""
    message = f"the number '{number.text}' is not bound to a finding"
    hint = (
        f"Name its finding as [[study/finding]]; if it carries no evidence, write "
        f"[[={number.text}]]."
    )
    return Problem(place, "number-bound", message, hint)


def unshown(draft: Draft, strayed: tuple[Stray, ...], known: Known) -> list[Stray]:
    """Return what of a text would not be shown as it was meant; a name that is known says most."""
    names = list(_names(draft, known))
    taken = [(name.start, name.start + len(name.written)) for name in names]
    others = (
        stray for stray in strayed if not any(first <= stray.start < last for first, last in taken)
    )
    return [*names, *others]


def _names(draft: Draft, known: Known) -> Iterator[Stray]:
    """Yield the names of findings, studies and sources that stand in a text without their brackets."""
    for match in FINDING.finditer(draft.bare) if "/" in draft.bare else ():
        if match[0] in known.findings:
            yield _bare(match, f"[[{match[0]}]]")
    for match in NAME.finditer(draft.bare):
        name = match[1] or match[2]
        if match[1] and name in known.studies:
            yield _bare(match, f"[[{name}]] for the study, [@{name}] for its paper")
        elif name in known.sources:
            yield _bare(match, f"[@{name}]")


def _bare(match: re.Match[str], meant: str) -> Stray:
    message = f"'{match[0]}' would be printed as it stands"
    return Stray(match.start(), match[0], "reference-readable", message, f"Did you mean {meant}?")
