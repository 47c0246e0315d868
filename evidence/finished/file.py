"""The files of a site: what they are known by, and a way to their bytes.

It is a module of its own because a run after which nothing changed needs it, and nothing heavier.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True)
class File:
    """One file of the site: the SHA-256 of its bytes, and the way to them."""

    digest: str
    read: Callable[[], bytes]

    @classmethod
    def of(cls, content: bytes) -> File:
        """Return a file whose bytes are at hand."""
        return cls(hashlib.sha256(content).hexdigest(), partial(_given, content))


def _given(content: bytes) -> bytes:
    return content


class Files(Mapping[str, bytes]):
    """The files of a site by path. Bytes are read when they are asked for, and not held."""

    def __init__(self, files: Mapping[str, File | bytes]) -> None:
        """Take files, or bytes that are at hand."""
        self._files = {
            path: file if isinstance(file, File) else File.of(file) for path, file in files.items()
        }

    def __getitem__(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return self._files[path].read()

    def __contains__(self, path: object) -> bool:
        """Tell whether there is such a file, without reading it."""
        return path in self._files

    def __iter__(self) -> Iterator[str]:
        """Yield the paths."""
        return iter(self._files)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._files)

    @property
    def by_path(self) -> Mapping[str, File]:
        """Return the files without reading one."""
        return self._files

    def digest(self, path: str) -> str:
        """Return the SHA-256 of a file without reading it."""
        return self._files[path].digest

    def __or__(self, more: Mapping[str, File | bytes]) -> Files:
        """Return these files and more."""
        return Files({**self._files, **more})
