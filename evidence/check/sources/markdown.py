"""Is everything in a text shown as it was meant: its Markdown, and names that stand without their brackets?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.check.sources.known import Known, ProseCheck
from evidence.problems import Problem
from evidence.prose.construct import Draft
from evidence.prose.drafting import strays

FINDING = re.compile(
    r"(?<![\w/.\[\ue002-])[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*(?![\w/-])"
)
NAME = re.compile(
    r"(?<![\w\]])\[@?([a-z0-9]+(?:-[a-z0-9]+)+)\](?![\[(])|(?<![\w.])@([a-z0-9]+(?:-[a-z0-9]+)+)\b"
)


def check_markdown(prose: ProseCheck, draft: Draft) -> Iterator[Problem]:
    """Yield what of a text would not be shown as it was meant."""
    for stray in strays(draft):
        place = prose.place(stray.start, stray.written)
        yield Problem(place, stray.rule, stray.message, stray.hint)


def check_names(prose: ProseCheck, draft: Draft, known: Known) -> Iterator[Problem]:
    """Yield the names of findings, studies and sources that stand in a text without their brackets."""
    for match in FINDING.finditer(draft.bare) if "/" in draft.bare else ():
        if match[0] in known.findings:
            yield _bare(prose, match, f"[[{match[0]}]]")
    for match in NAME.finditer(draft.bare):
        name = match[1] or match[2]
        if match[1] and name in known.studies and not match[0].startswith("[@"):
            yield _bare(prose, match, f"[[{name}]] for the study, [@{name}] for its paper")
        elif name in known.sources:
            yield _bare(prose, match, f"[@{name}]")


def _bare(prose: ProseCheck, match: re.Match[str], meant: str) -> Problem:
    message = f"'{match[0]}' would be printed as it stands"
    place = prose.place(match.start(), match[0])
    return Problem(place, "reference-readable", message, f"Did you mean {meant}?")
