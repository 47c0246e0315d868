"""Files that are watched while an editor works: sources, and the program itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, watch

from evidence.model.guide import GUIDE_FOLDER
from evidence.read.sources import TEXT_FOLDERS

QUIET = 5  # milliseconds without another save, after which what was saved is looked at
LONGEST = 400  # milliseconds after which it is looked at even if saves go on
PROGRAM = Path(__file__).parents[1]


@dataclass(frozen=True)
class Saved:
    """What was saved, deleted or renamed together: whether ``sources`` are among it, and the ``program``."""

    sources: bool
    program: bool


def is_watched(change: Change, path: str) -> bool:  # noqa: ARG001 - watchfiles hands both
    """Tell whether a file is a source or part of the program, not what editors and Python keep beside it."""
    name = Path(path).name
    return not name.startswith(".") and not name.endswith(("~", ".pyc", ".tmp", ".swp"))


def saves(root: Path, stop: threading.Event) -> Iterator[Saved]:
    """Yield what is saved below content/, data/, templates/ and docs/ of ``root`` and in the program, until ``stop``."""
    watched = (*TEXT_FOLDERS, GUIDE_FOLDER)
    folders = [root / name for name in watched if (root / name).is_dir()]
    program = str(PROGRAM)
    for changes in watch(
        *folders,
        PROGRAM,
        watch_filter=is_watched,
        debounce=LONGEST,
        step=QUIET,
        stop_event=stop,
        rust_timeout=500,
        raise_interrupt=False,
    ):
        of_program = {path for _, path in changes if path.startswith(program)}
        yield Saved(len(of_program) < len(changes), bool(of_program))
