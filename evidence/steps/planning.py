"""What stands in the output folder, what of it stays, and what a publish has to change.

Only what was found below the folder, without following a link, is ever kept, replaced or removed.
The manifest in the folder says which of that this generator made; a path that it names and that was
not found is of no consequence, wherever it points.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence.finished.file import File
from evidence.problems import Place, Problem, ProblemsFoundError

MANIFEST = "site-manifest.json"
INSIDE = ".publishing"  # the journal's folder, in the output folder while a publish goes on
READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
PIECE = 1 << 16  # bytes asked for at once: most pages come in one piece


@dataclass(frozen=True)
class Found:
    """What stands in a folder, by path below it.

    ``files`` is everything that is no folder, with True for a plain file and False for a link or a
    device. ``folders`` has parents before their children. ``mounted`` tells whether some folder
    lies on another file system.
    """

    files: dict[str, bool]
    folders: list[str]
    mounted: bool = False


@dataclass(frozen=True)
class Plan:
    """How ``folder`` becomes the new site.

    ``written`` are the files with other bytes than before, ``kept`` those that stay, files of
    others among them, ``removed`` those that go; ``folders`` are all folders of the new tree,
    parents first. ``unchanged`` counts the site's own files among the kept.
    """

    folder: str
    found: Found
    written: dict[str, File]
    kept: list[str]
    removed: list[str]
    folders: list[str]
    unchanged: int


def planned(files: Mapping[str, File], folder: str) -> Plan:
    """Compare what stands in ``folder``, byte by byte, with ``files`` and their manifest.

    Raises ProblemsFoundError when something in the folder is in the way.
    """
    contents = found_in(folder)
    digests = published(folder)
    if digests is None and (contents.files or contents.folders):
        message = f"'{os.path.basename(folder)}' holds something that this generator did not make"
        hint = "Empty the folder, or choose another one with --output."
        raise ProblemsFoundError([Problem(Place(folder), "output-folder", message, hint)])
    before = {MANIFEST: "", **(digests or {})}
    wanted = {**files, MANIFEST: manifest(files)}
    same = {path for path, file in wanted.items() if _stands(path, file, before, contents, folder)}
    others = [path for path in contents.files if path not in before and path not in same]
    problems = _in_the_way(wanted, others, before, contents, folder)
    if problems:
        raise ProblemsFoundError(problems)
    removed = [path for path in contents.files if path in before and path not in wanted]
    stay = _folders_of_others(others, before, contents) | parents(wanted)
    return Plan(
        folder,
        contents,
        {path: file for path, file in wanted.items() if path not in same},
        [*same, *others],
        removed,
        sorted(stay),
        len(same),
    )


def found_in(folder: str) -> Found:
    """Return what stands in ``folder``; nothing when there is no such folder."""
    contents = Found({}, [])
    if not os.path.isdir(folder):
        return contents
    device, mounted, waiting = os.stat(folder).st_dev, False, [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                path = below + entry.name
                if path == INSIDE:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    contents.folders.append(path)
                    waiting.append(f"{path}/")
                    mounted = mounted or os.lstat(entry.path).st_dev != device
                else:
                    contents.files[path] = entry.is_file(follow_symlinks=False)
    return Found(contents.files, contents.folders, mounted)


def published(folder: str) -> dict[str, str] | None:
    """Return path and SHA-256 of what the manifest in ``folder`` lists; None without a manifest."""
    try:
        with open(f"{folder}/{MANIFEST}", "rb") as file:
            listed = json.loads(file.read())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return listed if isinstance(listed, dict) else None


def manifest(files: Mapping[str, File]) -> File:
    """Return the list of every path with the SHA-256 of its bytes: anyone can verify a copy."""
    digests = {path: files[path].digest for path in sorted(files)}
    return File.of((json.dumps({"files": digests}, indent=1) + "\n").encode())


def digest_of(path: str) -> str | None:
    """Return the SHA-256 of a plain file's bytes; None when it cannot be read."""
    try:
        descriptor = os.open(path, READING)
    except OSError:
        return None
    try:
        digest = hashlib.sha256()
        while True:
            piece = os.read(descriptor, PIECE)
            digest.update(piece)
            if len(piece) < PIECE:
                return digest.hexdigest()
    except OSError:
        return None
    finally:
        os.close(descriptor)


def write(path: str, raw: bytes) -> None:
    """Write a file that was not there."""
    descriptor = os.open(path, WRITING, 0o666)
    try:
        rest = memoryview(raw)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def parents(paths: Iterable[str]) -> set[str]:
    """Return every folder that ``paths`` lie in, the outer ones too."""
    known = set[str]()
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent and parent not in known:
            known.add(parent)
            parent = parent.rpartition("/")[0]
    return known


def _stands(path: str, file: File, before: dict[str, str], contents: Found, folder: str) -> bool:
    """Tell whether a file stands there already, by its bytes and not by what a list says."""
    if not contents.files.get(path) or before.get(path, "") not in {"", file.digest}:
        return False
    return digest_of(f"{folder}/{path}") == file.digest


def _folders_of_others(others: list[str], before: dict[str, str], contents: Found) -> set[str]:
    """Return the folders that others made, and those that their files lie in."""
    own_folders = parents(before)
    empty = [name for name in contents.folders if name not in own_folders]
    return {*empty, *parents(empty), *parents(others)}


def _in_the_way(
    wanted: dict[str, File], others: list[str], before: dict[str, str], contents: Found, folder: str
) -> list[Problem]:
    name = os.path.basename(folder)
    theirs, stay = set(others), _folders_of_others(others, before, contents)
    hint = f"Move it out of '{name}', or choose another folder with --output."
    messages = []
    for path in wanted:
        if path in stay:
            messages.append(f"a folder stands in '{name}' where the file '{path}' goes")
        elif path in theirs:
            messages.append(f"'{path}' in '{name}' is not a file that this generator made")
    for path in parents(wanted) & theirs:
        kind = "a file" if contents.files[path] else "a link"
        messages.append(f"{kind} stands in '{name}' where the folder '{path}' goes")
    return [Problem(Place(folder), "output-folder", message, hint) for message in messages]
