"""Show the site on this machine, and every change as soon as it is saved."""

from __future__ import annotations

import contextlib
import gc
import os
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from evidence.problems import Place, Problem
from evidence.saying import Say
from evidence.serve.answers import LiveServer
from evidence.serve.live_site import FAILED, LiveSite
from evidence.serve.watching import PROGRAM, saves
from evidence.serve.whole import Whole, tell
from evidence.store import Store

PORTS = 20  # that are tried, one after the other, when the first is taken
# What has to be there for a page to be made: a program in which that cannot be imported cannot start
STARTS = "import evidence.serve.server, evidence.run, evidence.steps.render, evidence.steps.check"


@dataclass(frozen=True)
class Wish:
    """What an editor asks of the server: the project's ``root``, where it keeps what it makes (``folder``), at which ``port``."""

    root: Path
    folder: Path
    port: int
    browser: bool
    cores: int


def serve(wish: Wish, today: Callable[[], Date], say: Say) -> int:
    """Show the site until its author stops it; return the exit code.

    It starts whatever state the sources are in. When the program itself was edited, this process is
    replaced by the new one, which shows the pages that are open again.
    """
    live = LiveSite(wish.root, Store(wish.folder), today)
    whole = Whole(live, wish.folder, today, max(1, wish.cores - 1))
    server = _listening(wish.port, live, whole)
    if server is None:
        say(
            f"No port from {wish.port} to {wish.port + PORTS - 1} can be used: choose one with --port."
        )
        return 2
    address = f"http://127.0.0.1:{server.server_port}/"
    if wish.port not in {0, server.server_port}:
        say(f"Port {wish.port} is taken, by another preview perhaps.")
    say(f"The site is at {address} (stop with Ctrl-C)")
    live.look()
    # What the program and all records have become stays to the end: to look through it for cycles after each save
    # would take a fifth of the time in which a page changes
    gc.collect()
    gc.freeze()
    tell(live.problems(), say)
    stop, again = threading.Event(), threading.Event()
    work = (
        lambda: _watch(live, stop, again, server, say),
        lambda: whole.go_on(say),
    )
    threads = [threading.Thread(target=part, daemon=True) for part in work]
    for thread in threads:
        thread.start()
    if wish.browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever(poll_interval=0.1)
    _end(server, whole, stop)
    if again.is_set():
        _become_new(server.server_port)
    return 0


def _listening(port: int, live: LiveSite, whole: Whole) -> LiveServer | None:
    """Return a server at the port, or at the next one that nobody listens at."""
    for free in range(port, port + PORTS):
        with contextlib.suppress(OSError, OverflowError):  # the last port there is may be passed
            return LiveServer(free, live, whole)
    return None


def _watch(
    live: LiveSite,
    stop: threading.Event,
    again: threading.Event,
    server: LiveServer,
    say: Say,
) -> None:
    """Look again after each save; end the server when the program was edited and can start."""
    for saved in saves(live.root, stop):
        if saved.program:
            problem = _cannot_start()
            if problem is None:
                again.set()
                server.shutdown()
                return
            live.whole_was([problem])
            say(str(problem), aloud=False)
        if saved.sources:
            live.look()
            tell(live.problems(), say)


def _cannot_start() -> Problem | None:
    """Return what keeps the edited program from starting; None when it can."""
    tried = subprocess.run(  # noqa: S603 - this program itself
        [sys.executable, "-c", STARTS],
        cwd=PROGRAM.parent,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if tried.returncode == 0:
        return None
    last = tried.stderr.strip().splitlines()[-1:] or ["it ended without a word"]
    message = f"the program was edited and cannot start: {last[0]}"
    hint = "Until it can, the program as it was before goes on."
    return Problem(Place("evidence"), FAILED, message, hint)


def _end(server: LiveServer, whole: Whole, stop: threading.Event) -> None:
    stop.set()
    server.is_ended = True
    whole.end()
    server.server_close()


def _become_new(port: int) -> None:
    """Let the edited program take the place of this process, at the same port and without another window."""
    given = [word for word in sys.argv if word != "--no-browser"]
    if "--port" in given:
        at = given.index("--port")
        del given[at : at + 2]
    arguments = [sys.executable, *given, "--port", str(port), "--no-browser"]
    sys.stdout.flush()
    os.execv(sys.executable, arguments)  # noqa: S606 - this program itself
