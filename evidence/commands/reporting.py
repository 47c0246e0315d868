"""Problems, said to an author instead of a traceback, or to a program that shows them in place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import PurePath

from evidence.commands.verb import EXIT_PROBLEMS
from evidence.problems import Problem, ProblemsFoundError, listing
from evidence.saying import Say

FORMATS = ("text", "json", "github")
# What GitHub reads as a sign of its own in a workflow command, and how it is written there
ESCAPES: dict[str, str] = {"%": "%25", "\r": "%0D", "\n": "%0A"}
ESCAPES_OF_VALUES: dict[str, str] = {**ESCAPES, ":": "%3A", ",": "%2C"}


def reported(
    action: Callable[[], int],
    say: Say,
    left: str | None = None,
    form: str = "text",
    folder: PurePath | None = None,
) -> int:
    """Do something and return its exit code; print the problems that it finds in a ``form``.

    ``left`` says after them what was left as it was, None means what the problems say themselves.
    ``folder`` is that of the project as it was typed: for GitHub a file is named from where one stands.
    """
    try:
        return action()
    except ProblemsFoundError as error:
        ending = error.aftermath if left is None else left
        if form == "json":
            say(as_json(error.problems, ending))
        elif form == "github":
            say("\n".join(as_annotations(error.problems, folder or PurePath())))
        else:
            say(listing(error.problems, ending), aloud=False)
        return EXIT_PROBLEMS


def as_json(problems: Iterable[Problem], summary: str) -> str:
    """Return problems as JSON: ``{"problems": [...], "summary": "..."}``.

    A problem has ``file`` (below the project), ``line`` and ``column`` (from 1; 0 means the whole file), ``rule``,
    ``message`` and ``hint``. Without problems the summary is what is printed otherwise.
    """
    names = ("file", "line", "column", "rule", "message", "hint")
    entries = [dict(zip(names, problem.fields, strict=True)) for problem in problems]
    return json.dumps({"problems": entries, "summary": summary}, indent=1)


def as_annotations(problems: Iterable[Problem], folder: PurePath) -> Iterable[str]:
    """Yield a workflow command of GitHub for each problem, which shows it at its line."""
    for problem in problems:
        place = problem.place
        values = {"file": (folder / place.file).as_posix()}
        if place.line:
            values |= {"line": str(place.line), "col": str(place.column)}
        values["title"] = problem.rule
        named = ",".join(
            f"{key}={_escaped(value, ESCAPES_OF_VALUES)}" for key, value in values.items()
        )
        words = _escaped(f"{problem.message}\n{problem.hint}".strip(), ESCAPES)
        yield f"::error {named}::{words}"


def _escaped(words: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(letter, letter) for letter in words)
