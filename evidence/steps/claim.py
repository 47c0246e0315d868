"""One build at a time for an output folder, and the end of a publish that was stopped.

The lock is a file in a folder beside the output folder, or inside it where nothing can be made
beside it. The system lets go of it when its process ends, however that ends.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from evidence.problems import Problem, ProblemsFoundError
from evidence.steps import exchange, journal
from evidence.steps.output import as_problems, problem
from evidence.steps.planning import INSIDE

LOCK = "lock"
PATIENCE = 120.0  # seconds to wait for another build before giving up
PAUSE = 0.05  # seconds between two looks at the lock
SAID_AFTER = 0.5  # seconds of waiting before it is said
Say = Callable[[str], object]
BUSY = {errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK}
# Reasons why nothing can be made beside the output folder, though perhaps inside it
CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True)
class OutputClaim:
    """An output folder that this process alone may change.

    ``folder`` is its real path, ``work`` the folder for what is being made, and ``beside`` tells
    whether that one lies beside it.
    """

    folder: str
    work: str
    beside: bool


_held: dict[
    str, tuple[int, OutputClaim]
] = {}  # what this process holds, by folder, with the thread


def quiet(_sentence: str) -> None:
    """Say nothing."""


@contextlib.contextmanager
def claimed(output: Path, say: Say = quiet, patience: float = PATIENCE) -> Iterator[OutputClaim]:
    """Hold the output folder; whoever holds it already in this thread goes on.

    A publish that was stopped is finished, or its remains removed, and ``say`` is told so. While
    another process builds into the folder, this one waits, and ``say`` is told for whom. Raises
    ProblemsFoundError after ``patience`` seconds.
    """
    folder = os.path.realpath(output)
    thread, claim = _held.get(folder, (0, None))
    if claim is not None and thread == threading.get_ident():
        yield claim
        return
    new_folders = _make(os.path.dirname(folder))
    try:
        with _locked(folder, say, patience) as claim:
            _held[folder] = (threading.get_ident(), claim)
            try:
                yield claim
            finally:
                del _held[folder]
    finally:
        for name in new_folders:  # of no use when nothing was published
            with contextlib.suppress(OSError):
                os.rmdir(name)


def heal(output: Path, say: Say = quiet) -> None:
    """Finish a publish into ``output`` that was stopped, or remove its remains, and say so.

    A build that is at work is left alone. Raises ProblemsFoundError when healing fails.
    """
    folder = os.path.realpath(output)
    if any(os.path.isdir(work) for work in (_beside(folder), f"{folder}/{INSIDE}")):
        with contextlib.suppress(_BusyError), claimed(output, say, -1):
            pass


class _BusyError(ProblemsFoundError):
    """Raised when another process goes on building."""


def _beside(folder: str) -> str:
    parent, name = os.path.split(folder)
    return os.path.join(parent, f".{name}-publishing")


def _make(folder: str) -> list[str]:
    """Make a folder with those that it lies in; return what was made, the innermost first."""
    missing = []
    while not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for name in reversed(missing):
        with as_problems(name), contextlib.suppress(FileExistsError):
            os.mkdir(name)
    return missing


@contextlib.contextmanager
def _locked(folder: str, say: Say, patience: float) -> Iterator[OutputClaim]:
    with as_problems(folder):
        lock, claim = _acquired(folder, say, patience)
    try:
        stale = lock.read()
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()).encode())
        lock.flush()
        with as_problems(folder):
            _heal(claim, say, stopped=bool(stale))
        yield claim
    finally:
        _release(lock, claim, say)


def _acquired(folder: str, say: Say, patience: float) -> tuple[FileIO, OutputClaim]:
    waited, said = 0.0, False
    while True:
        claim = _place(folder)
        with contextlib.suppress(FileNotFoundError):  # whoever held it took its folder away
            lock = FileIO(f"{claim.work}/{LOCK}", "a+")
            lock.seek(0)
            if _hold(lock):
                if _is_at(lock, f"{claim.work}/{LOCK}"):
                    return lock, claim
                lock.close()
                continue
            holder = lock.read().decode("ascii", "replace")
            lock.close()
            if waited >= patience:
                raise _BusyError([_busy(folder, holder)])
            if waited >= SAID_AFTER and not said:
                say(f"Process {holder} is building into '{os.path.basename(folder)}': waiting.")
                said = True
            time.sleep(PAUSE)
            waited += PAUSE


def _place(folder: str) -> OutputClaim:
    """Make the folder of the lock: beside the output folder, or inside it."""
    work, beside = _beside(folder), True
    try:
        os.mkdir(work)
    except FileExistsError:
        pass
    except OSError as error:
        if error.errno not in CLOSED or not os.path.isdir(folder):
            raise
        work, beside = f"{folder}/{INSIDE}", False
        with contextlib.suppress(FileExistsError):
            os.mkdir(work)
    if os.path.islink(work):
        message = f"'{work}' is a link, and a publish makes a folder of that name"
        raise ProblemsFoundError([problem(folder, message, "Remove the link.")])
    return OutputClaim(folder, work, beside)


def _hold(lock: FileIO) -> bool:
    """Take the lock when nobody holds it; where a file cannot be locked, go on without."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            lock.seek(1 << 20)  # a part that nobody reads: what is locked cannot be read there
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            lock.seek(0)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in BUSY
    return True


def _is_at(lock: FileIO, path: str) -> bool:
    """Tell whether the file that is locked is still the one that others would lock."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), os.stat(path))
    except OSError:
        return False


def _release(lock: FileIO, claim: OutputClaim, say: Say) -> None:
    if sys.platform == "win32":
        lock.close()  # an open file cannot be removed there
    with contextlib.suppress(OSError):
        exchange.clear(claim.work)
    with contextlib.suppress(OSError):
        os.unlink(f"{claim.work}/{LOCK}")
    lock.close()
    with contextlib.suppress(OSError):
        os.rmdir(claim.work)
    if os.path.isdir(f"{claim.work}/{exchange.TREE}"):
        say(f"What is left of the old site could not be removed from '{claim.work}'.")


def _heal(claim: OutputClaim, say: Say, *, stopped: bool) -> None:
    name = os.path.basename(claim.folder)
    if journal.begun(claim.folder):
        journal.finish(claim.folder)
        say(f"A build was stopped while it published: '{name}' now holds its site whole.")
    elif stopped or journal.left_in(claim.folder) or os.path.isdir(f"{claim.work}/{exchange.TREE}"):
        journal.forget(claim.folder)
        exchange.clear(claim.work)
        say(f"A build was stopped: what it left beside '{name}' is removed, and '{name}' is whole.")


def _busy(folder: str, holder: str) -> Problem:
    message = f"process {holder} is building into '{os.path.basename(folder)}'"
    hint = f"Wait until it ends, or stop process {holder}; then build again."
    return problem(folder, message, hint)
