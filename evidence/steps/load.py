"""Step 1, load: find and read every source file once. No meaning yet."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from evidence.model.guide import GUIDE_FILES, GUIDE_FOLDER
from evidence.problems import Place, Problem
from evidence.read.limits import MOST_BYTES, MOST_STATIC_BYTES, beyond
from evidence.read.sources import STATIC, TEXT_FOLDERS, Sources, is_binary, misplaced, same_tables
from evidence.read.text_file import text_of

ASIDE = (".", "~$")  # what is hidden, and what an office program keeps beside a file that is open
# What an editor keeps of a file before, and Windows of a folder
BEHIND = ("~", "Thumbs.db", "desktop.ini")


Decode = Callable[[str, bytes], str | Problem]


def load(root: Path, *, drafts: bool = True, decode: Decode = text_of) -> Sources:
    """Read content/, data/, templates/ and the guide below ``root``; without ``drafts`` what readers are to see.

    ``decode`` makes text of the name and the bytes of a file, as ``text_of`` does.
    """
    sources = sorted_out(_files(root), decode)
    return sources if drafts else sources.published()


def sorted_out(
    files: Iterable[tuple[str, bytes, Problem | None]], decode: Decode = text_of
) -> Sources:
    """Return files, each with its bytes or what is wrong with it, as texts and what is published."""
    texts: dict[str, str] = {}
    static: dict[str, bytes] = {}
    binaries: dict[str, bytes] = {}
    unreadable: dict[str, Problem] = {}
    guide: dict[str, str] = {}
    for name, raw, reported in files:
        problem = reported or misplaced(name)
        if problem is None and name.startswith(STATIC):
            static[name.removeprefix(STATIC)] = raw
            continue
        if problem is None and is_binary(name):
            binaries[name] = raw
            continue
        text = problem or decode(name, raw)
        if isinstance(text, Problem):
            unreadable[name] = text
        elif name in GUIDE_FILES:
            guide[name.removeprefix(GUIDE_FOLDER).removesuffix(".md")] = text
        else:
            texts[name] = text
    for name, first in same_tables([*texts, *unreadable]).items():
        texts.pop(name, None)
        message = f"this is the table of {first} a second time, by its name"
        hint = "Delete one of the two, or give it another name."
        unreadable[name] = Problem(Place(name), "table-single", message, hint)
    sources = Sources(texts, static, binaries, unreadable, guide=guide)
    for meant, name in sources.strayed.items():
        if meant in texts and name in unreadable:
            hint = f"{meant} stands there too: delete one of the two, or give it another name."
            unreadable[name] = replace(unreadable[name], hint=hint)
    return sources


def source_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path below ``root`` and the bytes of each source file, in order.

    What is hidden, and what an editor keeps beside a file, is left out. A file that cannot be read
    has what is said of it in place of bytes.
    """
    for name, raw, problem in _files(root):
        yield name, str(problem).encode() if problem else raw


def _files(root: Path) -> Iterator[tuple[str, bytes, Problem | None]]:
    """Yield path, bytes and problem of each file.

    Names stay text here: to make a Path of each of ten thousand files takes longer than to read
    them.
    """
    names = [name for folder in TEXT_FOLDERS for name in _names(str(root), folder)]
    names += [(name, None) for name in GUIDE_FILES if os.path.isfile(f"{root}/{name}")]  # noqa: PTH113
    for name, problem in sorted(names, key=lambda named: named[0].split("/")):
        if problem:
            yield problem.place.file, b"", problem
        else:
            yield name, *_read(root, name)


def _read(root: Path, name: str) -> tuple[bytes, Problem | None]:
    most = MOST_STATIC_BYTES if name.startswith(STATIC) or is_binary(name) else MOST_BYTES
    try:
        with open(f"{root}/{name}", "rb") as file:  # noqa: PTH123
            size = os.fstat(file.fileno()).st_size
            if size <= most:
                return file.read(), None
    except OSError as error:
        return b"", _unopened(name, error)
    hint = "Spread it over several files, or keep it elsewhere and link to it."
    return b"", Problem(Place(name), "file-limits", beyond("this file", size, "bytes", most), hint)


def _names(root: str, folder: str) -> Iterator[tuple[str, Problem | None]]:
    """Yield the path of each file, with a problem where it cannot be opened."""
    try:
        entries = list(os.scandir(f"{root}/{folder}"))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        yield folder, _unopened(folder, error)
        return
    for entry in entries:
        if entry.name.startswith(ASIDE) or entry.name.endswith(BEHIND):
            continue
        name = f"{folder}/{entry.name}"
        if not _is_text(entry.name):
            hint = "Rename it: letters, digits and hyphens."
            printable = name.encode("utf-8", "backslashreplace").decode()
            message = "the name of this file is not text in UTF-8"
            yield name, Problem(Place(printable), "file-readable", message, hint)
        elif entry.is_dir(follow_symlinks=False):
            yield from _names(root, name)
        elif entry.is_symlink():
            yield name, _astray(root, name)
        elif entry.is_file():
            yield name, None
        else:
            message, hint = "this is neither a file nor a folder", "Delete it."
            yield name, Problem(Place(name), "file-readable", message, hint)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unopened(name: str, error: OSError) -> Problem:
    reason = (error.strerror or "the reason is not known").lower()
    hint = "Close other programs that use it, and look at who may read it."
    return Problem(Place(name), "file-readable", f"this cannot be opened: {reason}", hint)


def _astray(root: str, name: str) -> Problem | None:
    """Return a problem for a symbolic link, unless it leads to a file that is read here anyway.

    Whatever is below the static folder is published: a link may not fetch what lies elsewhere.
    """
    target, inside = "", list[str]()
    try:
        target = os.path.realpath(f"{root}/{name}", strict=True)
        inside = os.path.relpath(target, os.path.realpath(root)).replace(os.sep, "/").split("/")
    except (OSError, ValueError):  # a loop, nothing at its end, or another drive
        pass
    known = inside[:1] and inside[0] in TEXT_FOLDERS
    if known and os.path.isfile(target) and not any(part[:1] == "." for part in inside):  # noqa: PTH113
        return None
    message = "this symbolic link does not lead to a file in content/, data/ or templates/"
    hint = "Put the file itself here."
    return Problem(Place(name), "file-readable", message, hint)
