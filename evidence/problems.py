"""Problems as values: what is wrong, where, under which rule, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MOST_PLACES = 4
MOST_OF_A_RULE = 100  # in one file: nobody mends more at a time
LONGEST = 800  # characters of a message


@dataclass(frozen=True, order=True)
class Place:
    """A position in a source file. Lines and columns count from 1; 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``file:line:column``, leaving out what is not known; of a workbook ``file:B7``."""
        if not self.line:
            return self.file
        if self.file.endswith(".xlsx"):
            return f"{self.file}:{column_letters(self.column)}{self.line}"
        return f"{self.file}:{self.line}:{self.column}"


def column_letters(column: int) -> str:
    """Return the name of a column of a spreadsheet: 2 is B, 28 is AB."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = f"{chr(ord('A') + letter)}{letters}"
    return letters or "A"


FindPlace = Callable[[], Place]  # the way to a place, for those who seldom need it


@dataclass(frozen=True, order=True)
class Problem:
    """Something an author can mend: ``place``, the ``rule`` it breaks, ``message`` and ``hint``."""

    place: Place
    rule: str
    message: str
    hint: str = ""

    @classmethod
    def of(cls, fields: Sequence[Any]) -> Problem:
        """Return the problem of which these are the ``fields``."""
        file, line, column, rule, message, hint = fields
        return cls(Place(file, line, column), rule, message, hint)

    @property
    def fields(self) -> tuple[str, int, int, str, str, str]:
        """Return the problem in plain parts, to be kept or handed to another process."""
        place = self.place
        return place.file, place.line, place.column, self.rule, self.message, self.hint

    def __str__(self) -> str:
        """Return the problem as it is printed for an author."""
        lines = [f"{shown(str(self.place))}: {shown(self.message)} [{self.rule}]"]
        if self.hint:
            lines.append(f"    {shown(self.hint)}")
        return "\n".join(lines)


def shown(words: str) -> str:
    """Return words of a message as a console can print them: in one line, and not without end.

    What an author wrote stands in them, and may hold anything.
    """
    if len(words) > LONGEST:
        words = f"{words[: LONGEST // 2]} … {words[-LONGEST // 4 :]}"
    if words.isprintable():
        return words
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in words)


class ProblemsFoundError(Exception):
    """Raised by a step that cannot give its result; carries every problem it found.

    ``aftermath`` says how the published site is left.
    """

    aftermath = "The published site is as it was."

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, sorted by place, each once; not hundreds of one kind in one file."""
        self.problems = tuple(sorted(limited(problems, MOST_OF_A_RULE)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def limited(problems: Iterable[Problem], most: int) -> list[Problem]:
    """Return the first problems of each rule and file; the last of them says how many more."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in sorted(set(problems)):
        groups.setdefault((problem.place.file, problem.rule), []).append(problem)
    kept: list[Problem] = []
    for group in groups.values():
        kept += group[:most]
        more = len(group) - most
        if more > 0:
            last = group[most]
            message = f"and {more} more of the same rule from here on"
            kept.append(Problem(last.place, last.rule, message, last.hint))
    return kept


def listed(problems: Iterable[Problem]) -> list[str]:
    """Return problems as they are printed: those that say the same stand together.

    One cause gives one entry, with the other places where it shows.
    """
    return [
        "\n    ".join(filter(None, (str(group[0]), elsewhere(group))))
        for group in grouped(problems)
    ]


def listing(problems: Iterable[Problem], ending: str) -> str:
    """Return problems as they are printed, with how many there are and an ``ending`` below them."""
    entries = listed(problems)
    count = len(entries)
    counted = f"{count} problem{'s' * (count != 1)}. {ending}".rstrip()
    return "\n".join([*entries, "", counted])


def grouped(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Return problems with those together that say the same: one cause, and the places where it shows."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in sorted(problems):
        groups.setdefault((problem.rule, problem.message, problem.hint), []).append(problem)
    return list(groups.values())


def elsewhere(group: Sequence[Problem]) -> str:
    """Return the places of all but the first of some problems that say the same, as a sentence; or nothing."""
    if len(group) == 1:
        return ""
    others = ", ".join(str(problem.place) for problem in group[1 : MOST_PLACES + 1])
    more = len(group) - 1 - MOST_PLACES
    counted = "1 more place" if more == 1 else f"{more} more places"
    return f"Also at {others}{f' and {counted}' if more > 0 else ''}."


def nearest(name: str, names: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known name that is nearest to ``name``, or None when none is near.

    Near are those that have at least the share ``cutoff`` of their letters in common; see ``plain``.
    """
    import difflib  # noqa: PLC0415 - needed only when something is wrong

    wanted = plain(name.strip())
    known = {plain(candidate): candidate for candidate in sorted(names, reverse=True)}
    near = difflib.get_close_matches(wanted, sorted(known), n=1, cutoff=cutoff)
    near += [candidate for candidate in sorted(known) if candidate.endswith(f"/{wanted}")]
    return known[near[0]] if near else None


def plain(name: str) -> str:
    """Return a name with small letters, and hyphens for blanks and underscores."""
    return name.lower().replace("_", "-").replace(" ", "-")


def did_you_mean(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """Return a hint with the nearest name, or ``otherwise``."""
    near = nearest(name, names)
    return f"Did you mean '{near}'?" if near else otherwise
