"""Several files that are made together, and kept one after the other."""

from __future__ import annotations

import hashlib
from functools import partial

from evidence.finished.file import File
from evidence.store import Kept, Made


def parts_of(kept: Kept) -> dict[str, File | bytes]:
    """Return the files that stand one after the other in what was kept."""
    return {
        path: File(digest, partial(_part, kept, start, end))
        for path, (start, end, digest) in kept.card.items()
    }


def _part(kept: Kept, start: int, end: int) -> bytes:
    return kept.body()[start:end]


def joined(files: dict[str, bytes]) -> Made:
    """Return files one after the other; the card says where each stands, and its SHA-256."""
    card, start = {}, 0
    for path, raw in files.items():
        card[path] = [start, start + len(raw), hashlib.sha256(raw).hexdigest()]
        start += len(raw)
    return Made(card, b"".join(files.values()))
