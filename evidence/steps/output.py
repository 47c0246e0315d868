"""Which folders a site cannot be published into, and what a disk refuses, as problems."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.steps import journal
from evidence.steps.planning import INSIDE

ELSEWHERE = "Choose another folder with --output, such as 'site'."
SOURCES = ("content", "data", "templates", ".cache", ".git")
PROGRAM = ("evidence", "benchmarks", "docs", "tests", "tools", ".git", ".github")
HINTS = {
    errno.ENOSPC: "Free some space on the disk, and build again.",
    errno.EDQUOT: "Free some space on the disk, and build again.",
    errno.EROFS: "Choose a folder that can be written with --output.",
    errno.EACCES: "Give yourself the right to write there, or choose another folder with --output.",
    errno.EPERM: "Give yourself the right to write there, or choose another folder with --output.",
}


class HalfPublishedError(ProblemsFoundError):
    """Raised when the disk fails after a publish by journal has begun."""

    aftermath = "The site is published in part: the next command goes on with it."


def problem(folder: str, message: str, hint: str) -> Problem:
    """Return a problem of an output folder."""
    return Problem(Place(folder), "output-folder", message, hint)


def refuse(root: Path, output: Path) -> None:
    """Raise ProblemsFoundError for a folder that would mix the site with what it is made from."""
    message = _reason(root, output)
    if message:
        raise ProblemsFoundError([problem(str(output), message, ELSEWHERE)])


def refuse_closed(folder: str, names: Sequence[str]) -> None:
    """Raise PermissionError when a folder that stands, or one below it, cannot be written."""
    for path in (folder, *(f"{folder}/{name}" for name in names)):
        if os.path.isdir(path) and not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)


@contextlib.contextmanager
def as_problems(folder: str) -> Iterator[None]:
    """Make a problem of what the disk refuses, and of a journal that is not this generator's."""
    try:
        yield
    except OSError as error:
        half = HalfPublishedError if journal.begun(folder) else ProblemsFoundError
        where = f" ('{error.filename}')" if error.filename else ""
        message = f"the site cannot be written: {error.strerror or error}{where}"
        hint = HINTS.get(error.errno or 0, "Mend that, and build again.")
        raise half([problem(folder, message, hint)]) from error
    except journal.NotOursError as error:
        message = f"'{INSIDE}' holds a journal that this generator did not write"
        hint = f"Remove '{folder}/{INSIDE}', and build again."
        raise ProblemsFoundError([problem(folder, message, hint)]) from error


def _reason(root: Path, output: Path) -> str:
    folder, project = os.path.realpath(output), os.path.realpath(root)
    written = str(output)
    if os.path.islink(output) and not os.path.exists(output):
        return f"'{written}' is a link that leads nowhere"
    standing = folder
    while not os.path.lexists(standing):
        standing = os.path.dirname(standing)
    if not os.path.isdir(standing):
        return f"'{os.path.relpath(standing, project)}' is a file where a folder has to be"
    if folder == os.path.realpath("."):
        return f"'{written}' is the folder that you are in"
    if lies_in(project, folder):
        return f"'{written}' is the project's own folder, or one that it lies in"
    program = os.path.realpath(f"{__file__}/../../..")
    for place, names in ((project, SOURCES), (program, PROGRAM)):
        for name in names:
            if lies_in(folder, os.path.realpath(f"{place}/{name}")):
                return f"'{written}' lies in '{name}', which is no place for a site"
            if lies_in(os.path.realpath(f"{place}/{name}"), folder):
                return f"'{written}' holds '{name}', which the site is made from"
    return ""


def lies_in(path: str, folder: str) -> bool:
    """Tell whether a real path is a folder, or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
