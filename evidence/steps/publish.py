"""Step 6, publish: the only step that writes. A reader finds the old site or the new, never both."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidence.finished.file import File
from evidence.steps.claim import OutputClaim, Say, claimed, quiet
from evidence.steps.exchange import Exchange, swap, system_exchange
from evidence.steps.journal import journalled
from evidence.steps.output import as_problems, lies_in, refuse_closed
from evidence.steps.planning import MANIFEST, digest_of, planned, published

__all__ = ["MANIFEST", "Published", "intact", "publish"]


@dataclass(frozen=True)
class Published:
    """What publishing did: paths written, removed, and how many stayed as they were."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def publish(
    files: Mapping[str, File],
    output: Path,
    find_exchange: Callable[[], Exchange | None] = system_exchange,
    say: Say = quiet,
) -> Published:
    """Bring the folder ``output`` to the state of ``files``, by path, and of their manifest.

    Only files whose published bytes have another digest are read and written. Where two folders
    can change places, that is one step; where they cannot (``find_exchange`` returns None, or
    the exchange is refused), a journal makes sure that the publish is finished by the next
    command. What others put into the folder stays.

    Raises ProblemsFoundError when something is in the way or the disk fails; the folder is then as
    it was, or the error says otherwise.
    """
    with claimed(output, say) as claim, as_problems(claim.folder):
        plan = planned(files, claim.folder)
        if plan.written or plan.removed:
            refuse_closed(plan.folder, plan.found.folders)
            movable = not plan.found.mounted and _can_be_moved(output, claim)
            exchange = find_exchange() if movable else None
            if exchange is None or not swap(plan, claim.work, exchange):
                journalled(planned(files, claim.folder))
        return Published(tuple(sorted(plan.written)), tuple(sorted(plan.removed)), plan.unchanged)


def intact(output: Path, digest: str) -> bool:
    """Tell whether the manifest has this SHA-256, and every file has the bytes that it lists."""
    folder = os.path.realpath(output)
    digests = published(folder)
    if digests is None or digest_of(f"{folder}/{MANIFEST}") != digest:
        return False
    return all(digest_of(f"{folder}/{path}") == listed for path, listed in digests.items())


def _can_be_moved(output: Path, claim: OutputClaim) -> bool:
    """Tell whether another folder may take the place: a link, a mount and where we are may not."""
    return (
        claim.beside
        and not os.path.islink(output)
        and not os.path.ismount(claim.folder)
        and not lies_in(os.path.realpath("."), claim.folder)
    )
