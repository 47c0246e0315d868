"""The whole site, built and checked in a process of its own while an editor goes on."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date as Date
from multiprocessing import get_context, parent_process
from pathlib import Path

from evidence.finished.site import FinishedSite
from evidence.problems import Place, Problem, ProblemsFoundError, listing
from evidence.prose.writer import STATIC
from evidence.run import build, summary
from evidence.saying import Say
from evidence.serve.live_site import FAILED, LiveSite, failed
from evidence.store import Store
from evidence.workers import Workers

KINDER = 10  # how much this process steps back behind the one that an editor waits for
PAUSE = 1.0  # seconds without a save, after which the whole site is checked
PATIENCE = 120.0  # seconds for which a browser waits for a file that only the whole site has


@dataclass(frozen=True)
class Checked:
    """What a build of the whole site found: its problems; or what it holds, in words."""

    problems: tuple[Problem, ...] = ()
    summary: str = ""
    coverage: str = ""


def tell(problems: Sequence[Problem], say: Say) -> None:
    """Print problems, if there are any, as a build prints them."""
    if problems:
        say(listing(problems, "The next save is looked at again."), aloud=False)


def check_whole(root: Path, today: Date, folder: Path, cores: int) -> Checked:
    """Build the site on ``cores`` and keep what is made of it in ``folder``; nothing is published."""
    try:
        with Workers(cores) as workers:
            store = Store(folder, workers)
            built = build(root, today, store)
            store.prune()
    except ProblemsFoundError as error:
        return Checked(error.problems)
    except Exception as error:  # noqa: BLE001 - told to the editor, who can mend what it was about
        return Checked((failed(error),))
    return Checked((), summary(built), str(built.site.coverage()))


class Whole:
    """Checks the whole site after each look of ``live`` at the sources, and has the files that are no page.

    ``cores`` are those that may be used for it.
    """

    def __init__(self, live: LiveSite, folder: Path, today: Callable[[], Date], cores: int) -> None:
        """Begin when there is something to check."""
        self._live = live
        self._folder = folder
        self._today = today
        self._cores = cores
        self._checked = threading.Condition()
        self._last = -1  # the version that was checked last
        self._pool: ProcessPoolExecutor | None = None
        self._site: tuple[int, FinishedSite] | None = None
        self._ended = False

    def go_on(self, say: Say) -> None:
        """Check what was saved, again and again, until the end; ``say`` what a sound site holds."""
        while not self._ended:
            version, sound = self._next()
            if sound and not self._ended:
                found = self._found()
                if found.summary:
                    say(found.summary)
                if version == self._live.version:
                    self._live.whole_was(found.problems, found.coverage)
                    tell(found.problems, say)
            with self._checked:
                self._last = version
                self._checked.notify_all()
            gc.collect()  # what is of no use any more refers to itself, and nobody waits now

    def _next(self) -> tuple[int, bool]:
        """Wait for something new to check, and until nobody saved for a while: an editor is not waited on."""
        live = self._live
        with live.changed:
            while live.version == self._last and not self._ended:
                live.changed.wait()
            version = -1
            while version != live.version and not self._ended:
                version = live.version
                live.changed.wait_for(lambda: self._ended or live.version != version, PAUSE)  # noqa: B023
            return version, live.is_sound

    def file(self, path: str, patience: float = PATIENCE) -> bytes | None:
        """Return a file that is no page, as the whole site had it when it was last sound; None without one.

        It waits for the first check, for ``patience`` seconds. A style or script may be asked for by its plain name.
        """
        with self._checked:
            self._checked.wait_for(lambda: self._last >= 0 or self._ended, patience)
        with self._live.changed:
            version = self._live.version
            if self._is_sound(version) and (self._site is None or self._site[0] != version):
                with contextlib.suppress(ProblemsFoundError):
                    store = Store(self._folder)
                    built = build(self._live.root, self._today(), store)
                    self._site = version, built.site
            if self._site is None:
                return None
            site = self._site[1]
            return site.files.get(site.lasting.get(path.removeprefix(STATIC), path))

    def end(self) -> None:
        """Stop checking; a build that goes on is dropped."""
        self._ended = True
        with self._live.changed:
            self._live.changed.notify_all()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _is_sound(self, version: int) -> bool:
        return self._last == version and not self._live.problems()

    def _found(self) -> Checked:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin)
        job = (self._live.root, self._today(), self._folder, self._cores)
        try:
            return self._pool.submit(check_whole, *job).result()
        except (BrokenProcessPool, OSError, RuntimeError) as error:
            self._pool = None  # another one is started for the next save
            if self._ended:
                return Checked()
            message = f"the process that builds the whole site ended: {error}"
            hint = "It is started anew with the next save."
            return Checked((Problem(Place("build.py"), FAILED, message, hint),))


def _begin() -> None:
    """Step back behind the process that an editor waits for, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(AttributeError, OSError):  # Windows has no such thing
        os.nice(KINDER)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
