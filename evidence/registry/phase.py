"""The phase of a trial, as a dozen registries write it."""

from __future__ import annotations

import re
from functools import lru_cache

from evidence.registry.vocabulary import NOT_STATED

ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
NONE = {"n/a", "na", "not applicable", "not_applicable", "other", "others", "none"}
UNSTATED = {"", "not specified", "not stated", "not selected", "null", "unknown", "not available"}
CLASSES = {
    frozenset("0"): "early-1",
    frozenset("1"): "1",
    frozenset("12"): "1/2",
    frozenset("2"): "2",
    frozenset("23"): "2/3",
    frozenset("3"): "3",
    frozenset("4"): "4",
    frozenset("n"): "not-applicable",
}
# The European register answers for each phase whether the trial is of it
ANSWERS = re.compile(r"\(phase (i{1,3}|iv)\)\s*:\s*(yes|no)")
EARLY = re.compile(r"early[ _-]*phase[ _-]*(?:1|i)\b|phase[ _-]*0\b")
STEP = re.compile(r"(?:phase)?[ _-]*(0|[1-4]|iv|i{1,3})[ _-]*[abc]?(?:/[abc])?")
BETWEEN = re.compile(r"(?:(?<!\s)\s++)?(?:[|/,;&+]|\band\b|\bto\b)\s*+|(?<=[1-4iabv])\s*+-\s*+")


@lru_cache(maxsize=4096)
def phase_of(written: str) -> str | None:
    """Return the class of phase that ``written`` means; None when it is none of the classes."""
    text = " ".join(written.casefold().split())
    if text in UNSTATED:
        return NOT_STATED
    answers = ANSWERS.findall(text)
    if answers:
        named = frozenset(ROMAN[step] for step, answer in answers if answer == "yes")
        return CLASSES.get(named) if named else NOT_STATED
    return CLASSES.get(frozenset(_steps(text)))


def _steps(text: str) -> list[str]:
    if text in NONE:
        return ["n"]
    steps = []
    text = EARLY.sub("0", text)
    for part in BETWEEN.split(text):
        found = STEP.fullmatch(part.strip())
        if not found:
            return []
        steps.append(ROMAN.get(found.group(1), found.group(1)))
    return steps
