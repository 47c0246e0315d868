"""The sources of the project as an editor in a browser changes them: pages and data, and nothing else."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence.steps.in_place import ChangedMeanwhileError, write_together

FOLDERS = ("content", "data")
ENDINGS = (".md", ".yaml")
LONGEST = 10_000_000  # bytes of a file


class NotASourceError(Exception):
    """Raised for a path that is not that of a page or a file of data of this project."""


@dataclass(frozen=True)
class WorkingCopy:
    """The pages and the files of data below ``root``. No path leads out of it, and no link is followed."""

    root: Path

    def files(self) -> list[str]:
        """Return the path of every file that can be edited, in order."""
        return sorted(path for folder in FOLDERS for path in self._below(folder))

    def texts(self) -> dict[str, tuple[str, str]]:
        """Return digest and text of every file that can be edited; one that is no text or is gone by now is left out."""
        texts = {}
        for name in self.files():
            with contextlib.suppress(OSError, UnicodeDecodeError):
                raw = self.read(name)
                texts[name] = digest(raw), raw.decode("utf-8")
        return texts

    def read(self, name: str) -> bytes:
        """Return what stands in a file; raises NotASourceError, and OSError where it cannot be read."""
        return self._path(name).read_bytes()

    def write(self, name: str, raw: bytes, before: str) -> str:
        """Put a file in place of the one with the digest ``before``, or where there was none; return its digest.

        Raises NotASourceError, ChangedMeanwhileError where the file is another by now, and OSError.
        """
        path = self._path(name)
        was = path.read_bytes() if path.is_file() else None
        if ("" if was is None else digest(was)) != before:
            raise ChangedMeanwhileError
        if len(raw) > LONGEST:
            raise NotASourceError(name)
        raw.decode("utf-8")
        write_together(self.root, {name: was}, {name: raw})
        return digest(raw)

    def delete(self, name: str, before: str) -> None:
        """Take a file with the digest ``before`` away; raises as ``write`` does."""
        was = self.read(name)
        if digest(was) != before:
            raise ChangedMeanwhileError
        write_together(self.root, {name: was}, {name: None})

    def _below(self, folder: str) -> Iterator[str]:
        if (self.root / folder).is_symlink():
            return
        for at, folders, names in os.walk(self.root / folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = Path(at) / name
                if name.endswith(ENDINGS) and name[0] != "." and not path.is_symlink():
                    yield path.relative_to(self.root).as_posix()

    def _path(self, name: str) -> Path:
        """Return the file of a name; raises NotASourceError where it is none that may be edited."""
        parts = name.split("/")
        plain = all(part and part[0] != "." and not set(part) & set('\\:\0"') for part in parts)
        if not plain or len(parts) < 2 or parts[0] not in FOLDERS or not name.endswith(ENDINGS):
            raise NotASourceError(name)
        path = self.root
        for part in parts:
            path = path / part
            if path.is_symlink():
                raise NotASourceError(name)
        return path


def digest(raw: bytes) -> str:
    """Return by what a file is known to be as it was read."""
    return hashlib.sha256(raw).hexdigest()
