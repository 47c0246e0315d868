"""Publishing by one exchange: the new tree is made beside the old one, then the two change places.

Whoever opens a file of the site finds it in the old tree or in the new one, and there is no moment
when the folder is missing or holds a part of each. Unchanged files are hard links: they are not
written again, and a file that others put into the folder stays the same file.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Callable

from evidence.steps.planning import Plan, found_in, write

TREE = "tree"  # the new tree until the exchange, the old one after it
Exchange = Callable[[str, str], None]
# The disk, and nothing about the way, is the reason: another way would fail as well
HOPELESS = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.ENOENT, errno.EMFILE}
AT_WORKING_FOLDER = -100  # AT_FDCWD
LINUX_EXCHANGE = 2  # RENAME_EXCHANGE
MACOS_SWAP = 2  # RENAME_SWAP
LINUX_CALLS = {"x86_64": 316, "aarch64": 276, "riscv64": 276}  # where the C library has no name


def system_exchange() -> Exchange | None:
    """Return how this system lets two folders change places in one step; None when it cannot."""
    if sys.platform == "win32":
        return None
    import ctypes  # noqa: PLC0415 - not needed by a run that changes nothing

    library = ctypes.CDLL(None, use_errno=True)
    call: Callable[[bytes, bytes], int]
    if sys.platform == "darwin":

        def call(folder: bytes, other_folder: bytes) -> int:
            return int(library.renamex_np(folder, other_folder, MACOS_SWAP))
    elif hasattr(library, "renameat2"):

        def call(folder: bytes, other_folder: bytes) -> int:
            here = AT_WORKING_FOLDER
            return int(library.renameat2(here, folder, here, other_folder, LINUX_EXCHANGE))
    elif os.uname().machine in LINUX_CALLS:
        number = LINUX_CALLS[os.uname().machine]

        def call(folder: bytes, other_folder: bytes) -> int:
            here = AT_WORKING_FOLDER
            return int(library.syscall(number, here, folder, here, other_folder, LINUX_EXCHANGE))
    else:
        return None

    def exchange(folder: str, other_folder: str) -> None:
        if call(os.fsencode(folder), os.fsencode(other_folder)):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), other_folder)

    return exchange


def swap(plan: Plan, work: str, exchange: Exchange) -> bool:
    """Bring the plan's folder to its new state in one step, with ``work``, a folder beside it.

    Returns False when that cannot be had here, and raises OSError when the disk fails. In both
    cases nothing has changed.
    """
    tree = f"{work}/{TREE}"
    try:
        _build(plan, tree)
        if plan.found.files or plan.found.folders:
            exchange(tree, plan.folder)
        else:
            os.rename(tree, plan.folder)  # in place of nothing, or of an empty folder
        _bring_newcomers(plan, tree)
    except OSError as error:
        if error.errno in HOPELESS:
            raise
        return False
    finally:
        with contextlib.suppress(OSError):  # whoever holds the folder says what could not go
            clear(work)
    return True


def clear(work: str) -> None:
    """Remove the tree that an exchange, or a stopped publish, left in ``work``."""
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(f"{work}/{TREE}")


def _build(plan: Plan, tree: str) -> None:
    before = {"", *plan.found.folders} if os.path.isdir(plan.folder) else set[str]()
    for name in ("", *plan.folders):
        os.mkdir(f"{tree}/{name}")
        if name in before:
            _make_alike(f"{plan.folder}/{name}", f"{tree}/{name}")
    for path in plan.kept:
        old, new = f"{plan.folder}/{path}", f"{tree}/{path}"
        if plan.found.files[path] or not os.path.islink(old):
            os.link(old, new)
        else:
            os.symlink(os.readlink(old), new)
    for path, file in plan.written.items():
        write(f"{tree}/{path}", file.read())


def _make_alike(old: str, new: str) -> None:
    """Give a folder of the new tree the rights and the owner of the old one."""
    shutil.copystat(old, new)
    wanted, given = os.stat(old), os.stat(new)
    if (wanted.st_uid, wanted.st_gid) != (given.st_uid, given.st_gid):
        os.chown(new, wanted.st_uid, wanted.st_gid)
        shutil.copymode(old, new)  # to change the owner takes the special bits away


def _bring_newcomers(plan: Plan, tree: str) -> None:
    """Move what others put into the old tree while the new one was made."""
    for path in found_in(tree).files:
        if path not in plan.found.files and not os.path.lexists(f"{plan.folder}/{path}"):
            with contextlib.suppress(OSError):
                os.makedirs(os.path.dirname(f"{plan.folder}/{path}"), exist_ok=True)
                os.rename(f"{tree}/{path}", f"{plan.folder}/{path}")
