"""Publishing by a journal, where two folders cannot change places: file after file, to be resumed.

Everything is first written into a folder inside the output folder, then the list of what is to be
moved and removed; from that moment on the publish can only go forward. Whatever stops it, the next
command finishes it. Until then a reader may meet some files of the old site and some of the new.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import posixpath
import shutil
from dataclasses import dataclass

from evidence.steps.planning import INSIDE, MANIFEST, Plan, parents, write

JOURNAL = "journal"
NEW = "new"  # the folder of files that are to be moved


class NotOursError(Exception):
    """Raised for a journal that this generator did not write."""


@dataclass(frozen=True)
class _Journal:
    """What is to be done: paths to remove first, paths to fill in order, paths to remove last."""

    first: list[str]
    moves: list[str]
    last: list[str]


def journalled(plan: Plan) -> None:
    """Bring the plan's folder to its new state.

    Raises OSError. Until ``begun`` the folder is as it was, and what was prepared is removed again;
    after it the next command finishes.
    """
    is_new = not os.path.isdir(plan.folder)
    os.makedirs(f"{plan.folder}/{INSIDE}/{NEW}")
    moves = sorted(plan.written, key=_order)
    try:
        for number, path in enumerate(moves):
            write(f"{plan.folder}/{INSIDE}/{NEW}/{number}", plan.written[path].read())
        wanted = {*moves, *plan.kept}
        first = sorted(set(plan.removed) & parents(moves) | set(_below(plan.removed, wanted)))
        last = sorted(set(plan.removed) - set(first))
        listed = json.dumps({"first": first, "moves": moves, "last": last}).encode()
        write(f"{plan.folder}/{INSIDE}/{JOURNAL}.new", listed)
        os.replace(f"{plan.folder}/{INSIDE}/{JOURNAL}.new", f"{plan.folder}/{INSIDE}/{JOURNAL}")
    except BaseException:
        if not begun(plan.folder):
            with contextlib.suppress(OSError):
                forget(plan.folder)
                if is_new:
                    os.rmdir(plan.folder)
        raise
    finish(plan.folder)


def begun(folder: str) -> bool:
    """Tell whether a publish into ``folder`` can only go forward."""
    return os.path.isfile(f"{folder}/{INSIDE}/{JOURNAL}")


def left_in(folder: str) -> bool:
    """Tell whether a publish into ``folder`` left something of its work there."""
    return begun(folder) or os.path.isdir(f"{folder}/{INSIDE}/{NEW}")


def finish(folder: str) -> None:
    """Do what the journal in ``folder`` says, or what is left of it.

    Raises OSError, and NotOursError for a journal that leads out of the folder.
    """
    journal = _read(folder)
    for path in journal.first:
        _remove(folder, path)
    for number, path in enumerate(journal.moves):
        prepared = f"{folder}/{INSIDE}/{NEW}/{number}"
        if os.path.lexists(prepared):  # else it was moved before the publish was stopped
            os.makedirs(os.path.dirname(f"{folder}/{path}"), exist_ok=True)
            _move(prepared, f"{folder}/{path}")
    for path in journal.last:
        _remove(folder, path)
    forget(folder)


def forget(folder: str) -> None:
    """Remove the journal and what was prepared."""
    for name in (JOURNAL, f"{JOURNAL}.new"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{folder}/{INSIDE}/{name}")
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(f"{folder}/{INSIDE}/{NEW}")
    with contextlib.suppress(OSError):  # the lock may lie there too
        os.rmdir(f"{folder}/{INSIDE}")


def _move(prepared: str, target: str) -> None:
    """Put a file in its place in one step, also where the place is on another file system."""
    try:
        os.replace(prepared, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copyfile(prepared, f"{target}{INSIDE}")
        os.replace(f"{target}{INSIDE}", target)
        os.unlink(prepared)


def _order(path: str) -> tuple[int, str]:
    """Sort what pages need before pages, the home page after the others, the manifest last."""
    if path == MANIFEST:
        return 3, path
    if path.endswith(".html"):
        return (2 if path == "index.html" else 1), path
    return 0, path


def _below(paths: list[str], files: set[str]) -> list[str]:
    """Return those of ``paths`` that lie below what is to be a file."""
    return [path for path in paths if parents([path]) & files]


def _read(folder: str) -> _Journal:
    try:
        with open(f"{folder}/{INSIDE}/{JOURNAL}", "rb") as file:
            listed = json.loads(file.read())
        journal = _Journal(listed["first"], listed["moves"], listed["last"])
        paths = [*journal.first, *journal.moves, *journal.last]
        if not all(_inside(folder, path) for path in paths):
            raise NotOursError
    except (ValueError, KeyError, TypeError) as error:
        raise NotOursError from error
    return journal


def _inside(folder: str, path: str) -> bool:
    """Tell whether a path is a plain one below ``folder``, with no link on the way to it."""
    plain = path == posixpath.normpath(path) and "\\" not in path and "\0" not in path
    inside = (
        plain and not os.path.isabs(path) and path.partition("/")[0] not in {"", ".", "..", INSIDE}
    )
    return inside and not any(os.path.islink(f"{folder}/{name}") for name in parents([path]))


def _remove(folder: str, path: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        if not os.path.isdir(f"{folder}/{path}") or os.path.islink(f"{folder}/{path}"):
            os.unlink(f"{folder}/{path}")
    parent = path.rpartition("/")[0]
    with contextlib.suppress(OSError):
        while parent:
            os.rmdir(f"{folder}/{parent}")
            parent = parent.rpartition("/")[0]
