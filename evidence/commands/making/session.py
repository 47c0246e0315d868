"""What is asked of an author, and how a new file is put in its place."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from pathlib import Path

from evidence.commands.making.questions import OPTIONS, Names, answers_of, name_fault
from evidence.commands.verb import Surroundings
from evidence.steps.in_place import ChangedMeanwhileError, write_whole


class NothingWrittenError(Exception):
    """Raised where a new thing cannot be written; says why."""


def ask_name(what: str, surroundings: Surroundings) -> str:
    """Return the name of a new thing, which was not typed."""
    if surroundings.ask is None:
        message = f"say its name: build.py new {what} NAME"
        raise NothingWrittenError(message)
    name = surroundings.ask("Its id (small letters, digits and hyphens): ").strip()
    fault = name_fault(what, name)
    if fault:
        raise NothingWrittenError(fault)
    return name


def ask_answers(
    asked: argparse.Namespace,
    names: Names,
    surroundings: Surroundings,
    passed: Collection[str] = (),
) -> dict[str, str]:
    """Return an answer to every question, typed or asked for, but for those ``passed`` over."""
    given = {name: getattr(asked, name.replace("-", "_")) for name in OPTIONS}
    try:
        answers = answers_of(asked.what, given, names, surroundings.ask, passed)
    except ValueError as error:
        raise NothingWrittenError(str(error)) from error
    return answers | {"id": asked.name or ""}


def put(root: Path, file: str, text: str, *, new: bool = False) -> str:
    """Write a file whole; a ``new`` one never over another."""
    path = root / file
    if new and (path.exists() or path.is_symlink()):
        message = f"{file} stands there already"
        raise NothingWrittenError(message)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text, path.read_bytes() if path.is_file() else None)
    except (OSError, ChangedMeanwhileError) as error:
        reason = str(getattr(error, "strerror", "") or "somebody else changed it").lower()
        message = f"{file} cannot be written: {reason}"
        raise NothingWrittenError(message) from error
    return file
