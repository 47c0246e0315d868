"""A store of bytes by content key. It knows nothing of what the bytes mean."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

MOST = 2000  # entries kept at one seam


def content_key(*parts: Any) -> str:
    """Return the SHA-256 of all ``parts``: text, bytes, or anything that JSON can write."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, bytes):
            raw = part
        elif isinstance(part, str):
            raw = part.encode()
        else:
            raw = json.dumps(part, sort_keys=True, default=str).encode()
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()


class Cache:
    """Bytes on disk below ``folder``, or nothing kept when ``folder`` is None."""

    def __init__(self, folder: Path | None) -> None:
        """Remember the folder; it is made when something is first kept."""
        self._folder = folder
        self._used: set[Path] = set()

    def fetch(self, seam: str, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the bytes kept for ``key``, or make them and keep them."""
        if self._folder is None:
            return make()
        path = self._folder / seam / key
        self._used.add(path)
        try:
            return path.read_bytes()
        except OSError:
            made = make()
        if made:
            self._write(path, made)
        return made

    def keep(self, seam: str, key: str, made: bytes) -> None:
        """Keep bytes that were made elsewhere."""
        if self._folder is not None:
            self._used.add(self._folder / seam / key)
            self._write(self._folder / seam / key, made)

    def prune(self, seam: str, most: int = MOST) -> None:
        """Forget the oldest of what this run did not use at ``seam``, down to ``most`` entries.

        What was not used may be needed again: a page that is kept whole needs its figures only
        when it changes.
        """
        if self._folder is None or not (self._folder / seam).is_dir():
            return
        entries = list((self._folder / seam).iterdir())
        if len(entries) <= most:
            return
        unused = [path for path in entries if path not in self._used]
        unused.sort(key=lambda path: (path.stat().st_mtime_ns, path.name))
        for path in unused[: len(entries) - most]:
            with contextlib.suppress(OSError):
                path.unlink()

    @staticmethod
    def _write(path: Path, made: bytes) -> None:
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(made)
            temporary.replace(path)
        except OSError:  # a cache that cannot be written is only slower
            with contextlib.suppress(OSError):
                temporary.unlink()
