"""Show the site on this machine, and build it again whenever a source file is saved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from evidence.read.sources import TEXT_FOLDERS

PAUSE = 0.4  # seconds between two looks at the files


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files, always fresh, and prints only what was not found."""

    def end_headers(self) -> None:
        """Tell the browser to ask again each time."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *values: Any) -> None:  # noqa: A002 - the name is http.server's
        """Print requests that failed."""
        if len(values) > 1 and str(values[1]).startswith(("4", "5")):
            super().log_message(format, *values)


def serve(root: Path, folder: Path, port: int, build: Callable[[], object]) -> int:
    """Serve ``folder`` on 127.0.0.1 until the author stops it; return the exit code.

    ``build`` is called after each change below content/, data/ and templates/ of ``root``.
    """
    handler = partial(QuietHandler, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        print(f"Port {port} cannot be used ({error.strerror}): choose another one with --port.")
        return 2
    print(f"The site is at http://127.0.0.1:{port}/ (stop with Ctrl-C)")
    threading.Thread(target=_watch, args=(root, state(root), build), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()
    return 0


def _watch(root: Path, seen: dict[str, tuple[int, int]], build: Callable[[], object]) -> None:
    while True:
        time.sleep(PAUSE)
        now = state(root)
        if now != seen:
            seen = now
            build()


def state(root: Path) -> dict[str, tuple[int, int]]:
    """Return the size and modification time of every source file: enough to see a save."""
    found = {}
    for name in TEXT_FOLDERS:
        for path in (root / name).rglob("*"):
            try:
                status = path.stat()
            except OSError:  # gone between the listing and the look
                continue
            found[str(path)] = (status.st_size, status.st_mtime_ns)
    return found
