"""Step 1, load: find and read every source file once. No meaning yet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from evidence.problems import Place, Problem
from evidence.read.sources import STATIC, TEXT_FOLDERS, Sources

TEXT_ENDINGS = {".md", ".yaml", ".csv", ".html", ".txt", ".xml"}


def load(root: Path) -> Sources:
    """Read content/, data/ and templates/ below ``root``."""
    texts: dict[str, str] = {}
    static: dict[str, bytes] = {}
    unreadable: dict[str, Problem] = {}
    for name, raw in source_files(root):
        if name.startswith(STATIC):
            static[name.removeprefix(STATIC)] = raw
        elif os.path.splitext(name)[1] in TEXT_ENDINGS:  # noqa: PTH122 - see source_files
            problem = _problem(name, raw)
            if problem:
                unreadable[name] = problem
            else:
                texts[name] = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return Sources(texts, static, unreadable)


def source_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path below ``root`` and the bytes of each source file, in order.

    What is hidden, and what an editor keeps beside a file, is left out. Names stay text here: to
    make a Path of each of ten thousand files takes longer than to read them.
    """
    names = (name for folder in TEXT_FOLDERS for name in _names(str(root), folder))
    for name in sorted(names, key=lambda name: name.split("/")):
        with open(f"{root}/{name}", "rb") as file:  # noqa: PTH123
            yield name, file.read()


def _names(root: str, folder: str) -> Iterator[str]:
    try:
        entries = list(os.scandir(f"{root}/{folder}"))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    for entry in entries:
        name = f"{folder}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _names(root, name)
        elif entry.is_file() and not entry.name.endswith("~"):
            yield name


def _problem(name: str, raw: bytes) -> Problem | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        shown = f"byte 0x{raw[error.start]:02x}"
        message = f"this file is not text in UTF-8: {shown} cannot be read"
        hint = "Save the file again with the encoding UTF-8."
        return Problem(Place(name, line, column), "file-encoding", message, hint)
    if not text.strip():
        hint = "Fill it, or delete it."
        return Problem(Place(name, 1, 1), "file-not-empty", "this file is empty", hint)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        hint = "Save the file again as plain text in UTF-8."
        return Problem(Place(name, line, 1), "file-encoding", "this file is not plain text", hint)
    return None
