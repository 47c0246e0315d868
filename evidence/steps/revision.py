"""The sources of a project as they were at a revision: out of git, without touching a file."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from evidence.model.guide import GUIDE_FILES
from evidence.read.sources import TEXT_FOLDERS, Sources
from evidence.steps.load import load, sorted_out

LINK = "120000"  # the mode by which git tells a symbolic link


class NoRevisionError(Exception):
    """Raised where a revision cannot be read; its text says why."""


def sources_at(root: Path, revision: str) -> Sources:
    """Return the sources of the project at ``root`` as they were at a revision of git.

    A revision is whatever git takes for one: a commit, a branch, a tag, "main~3". It may also be the
    folder of another copy of the project, and "" means the files as they stand now. Raises NoRevisionError.
    """
    if not revision:
        return load(root)
    other = Path(revision)
    if (other / "content").is_dir() and (other / "data").is_dir():
        return load(other)
    files = list(_files(root, revision))
    if not files:
        message = f"'{revision}' has no file in {', '.join(TEXT_FOLDERS)}"
        raise NoRevisionError(message)
    return sorted_out((name, raw, None) for name, raw in files)


def _files(root: Path, revision: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each source file, in the order of a load."""
    if revision.startswith("-"):
        message = f"'{revision}' is no revision"
        raise NoRevisionError(message)
    listed = _git(root, b"", "ls-tree", "-r", "-z", revision)
    names = {}
    for line in listed.decode("utf-8", "replace").split("\0"):
        about, _, name = line.partition("\t")
        folder, *inner = name.split("/")
        known = folder in TEXT_FOLDERS or name in GUIDE_FILES
        left_out = any(part.startswith(".") or part.endswith("~") for part in inner)
        if known and not left_out and about.partition(" ")[0] != LINK:
            names[name] = about.split()[2]
    wanted = sorted(names, key=lambda name: name.split("/"))
    rest = _git(root, "\n".join(names[name] for name in wanted).encode(), "cat-file", "--batch")
    for name in wanted:
        head, _, rest = rest.partition(b"\n")
        size = int(head.split()[2])
        yield name, rest[:size]
        rest = rest[size + 1 :]


def _git(root: Path, given: bytes, *words: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a revision cannot be taken for an option
            ["git", "-C", str(root), *words],  # noqa: S607 - the git of whoever calls
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        message = "git is not there: name folders instead of revisions"
        raise NoRevisionError(message) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason is given"]
        raise NoRevisionError(said[0].removeprefix("fatal: "))
    return done.stdout
