"""Files of an author, put in place whole: one, or several as one. A reader finds the old or the new, never a part."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

Contents = Mapping[str, bytes | None]  # by path below the project; None is no file


class ChangedMeanwhileError(Exception):
    """Raised where somebody else wrote a file while this run made its next text."""


def write_whole(file: Path, text: str, before: bytes | None) -> None:
    """Put a file in place of the one that was read.

    Raises ChangedMeanwhileError where the file is not ``before`` any more.
    """
    write_together(file.parent, {file.name: before}, {file.name: text.encode()})


def write_together(root: Path, before: Contents, after: Contents) -> None:
    """Bring files from what they were ``before`` to what they are ``after``.

    All new texts lie beside their files before the first is put in place. Whatever happens then, what was put in
    place is taken back. Raises ChangedMeanwhileError where a file is not as it was before, and OSError.
    """
    made: dict[Path, Path] = {}
    done: list[str] = []
    try:
        for name, raw in after.items():
            if raw is not None:
                made[root / name] = _beside(root / name, raw)
        _refuse_changed(root, before, after)
        for name, raw in after.items():
            done.append(name)
            if raw is None:
                (root / name).unlink()
            else:
                made[root / name].replace(root / name)
    except BaseException:
        for name in done:
            _put_back(root / name, before[name])
        raise
    finally:
        for beside in made.values():
            beside.unlink(missing_ok=True)
        for name in after:  # of no use when nothing is in them
            with contextlib.suppress(OSError):
                (root / name).parent.rmdir()


def _refuse_changed(root: Path, before: Contents, after: Contents) -> None:
    if any(_read(root / name) != before[name] for name in after):
        raise ChangedMeanwhileError


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _beside(path: Path, raw: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with beside.open("xb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _put_back(path: Path, raw: bytes | None) -> None:
    if raw is None:
        path.unlink(missing_ok=True)
    elif _read(path) != raw:
        path.parent.mkdir(parents=True, exist_ok=True)
        _beside(path, raw).replace(path)
