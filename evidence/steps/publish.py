"""Step 6, publish: the only step that writes. A reader never meets a half-written site."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from evidence.finished.site import Site
from evidence.problems import Place, Problem, ProblemsFoundError

MANIFEST = "site-manifest.json"


@dataclass(frozen=True)
class Published:
    """What publishing did: paths written, removed, and how many stayed as they were."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def publish(site: Site, folder: Path) -> Published:
    """Bring ``folder`` to the state of ``site``: changed files in, stale files out.

    New files are first written beside the folder in full, then renamed into place: first what
    pages need, then the pages, then the manifest; stale files go last. Raises
    ProblemsFoundError when the folder holds something that this generator did not make.
    """
    known = _known(folder)
    files = {**site.files, MANIFEST: _manifest(site)}
    changed = [path for path, raw in files.items() if _differs(folder / path, raw)]
    removed = [path for path in known if path not in files and (folder / path).is_file()]
    if changed:
        _write({path: files[path] for path in sorted(changed, key=_order)}, folder)
    for path in removed:
        (folder / path).unlink(missing_ok=True)
        _remove_empty(folder, (folder / path).parent)
    return Published(tuple(sorted(changed)), tuple(sorted(removed)), len(files) - len(changed))


def _known(folder: Path) -> list[str]:
    if not folder.exists():
        return []
    try:
        return list(json.loads((folder / MANIFEST).read_text("utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        if folder.is_dir() and not any(folder.iterdir()):
            return []
    message = f"'{folder.name}' holds something that this generator did not make"
    hint = "Empty the folder, or choose another one with --output."
    raise ProblemsFoundError([Problem(Place(str(folder)), "output-folder", message, hint)])


def _manifest(site: Site) -> bytes:
    """Return every path with the SHA-256 of its bytes, so that anyone can verify a copy."""
    hashes = {path: hashlib.sha256(raw).hexdigest() for path, raw in sorted(site.files.items())}
    return (json.dumps({"files": hashes}, indent=1) + "\n").encode()


def _differs(path: Path, raw: bytes) -> bool:
    try:
        return path.stat().st_size != len(raw) or path.read_bytes() != raw
    except OSError:
        return True


def _order(path: str) -> tuple[int, str]:
    """Sort what pages need before pages, the home page after the others, the manifest last."""
    if path == MANIFEST:
        return 3, path
    if path.endswith(".html"):
        return (2 if path == "index.html" else 1), path
    return 0, path


def _write(files: dict[str, bytes], folder: Path) -> None:
    staging = folder.with_name(f".{folder.name}-{os.getpid()}")
    try:
        for path, raw in files.items():
            target = staging / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(raw)
        for path in files:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _remove_empty(folder: Path, parent: Path) -> None:
    while parent != folder and not any(parent.iterdir()):
        parent.rmdir()
        parent = parent.parent
