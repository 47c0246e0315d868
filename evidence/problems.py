"""Problems as values: what is wrong, where, under which rule, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """A position in a source file. Lines and columns count from 1; 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``file:line:column``, leaving out what is not known."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """Something an author can mend: ``place``, the ``rule`` it breaks, ``message`` and ``hint``."""

    place: Place
    rule: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return the problem as it is printed for an author."""
        lines = [f"{self.place}: {self.message} [{self.rule}]"]
        if self.hint:
            lines.append(f"    {self.hint}")
        return "\n".join(lines)


class ProblemsFoundError(Exception):
    """Raised by a step that cannot give its result; carries every problem it found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, sorted by place, each once."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


MOST_PLACES = 4


def listed(problems: Iterable[Problem]) -> list[str]:
    """Return problems as they are printed: those that say the same stand together.

    One cause gives one entry, with the other places where it shows.
    """
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in sorted(problems):
        groups.setdefault((problem.rule, problem.message, problem.hint), []).append(problem)
    return [_entry(group) for group in groups.values()]


def _entry(group: list[Problem]) -> str:
    entry = str(group[0])
    if len(group) == 1:
        return entry
    others = ", ".join(str(problem.place) for problem in group[1 : MOST_PLACES + 1])
    more = len(group) - 1 - MOST_PLACES
    return f"{entry}\n    Also at {others}{f' and {more} more places' if more > 0 else ''}."


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the known name that is nearest to ``name``, or None when none is near."""
    import difflib  # noqa: PLC0415 - needed only when something is wrong

    known = sorted(names)
    found = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if not found:
        found = [each for each in known if each.endswith(f"/{name}")][:1]
    return found[0] if found else None


def did_you_mean(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """Return a hint with the nearest name, or ``otherwise``."""
    near = nearest(name, names)
    return f"Did you mean '{near}'?" if near else otherwise
