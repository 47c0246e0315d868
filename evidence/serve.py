"""Show the site on this machine, and build it again whenever a source file is saved."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from evidence.read.sources import TEXT_FOLDERS

PAUSE = 0.4  # seconds between two looks at the files
PATIENCE = 20  # seconds for which a connection may say nothing
LAST_BUILD = 60  # seconds that the end waits for a build that goes on
HERE = ("localhost", "127.0.0.1", "[::1]")


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files, always fresh, and prints only what was not found.

    It answers to the names of this machine alone: a page elsewhere that gives its own name to this
    address reads nothing.
    """

    timeout = PATIENCE

    def parse_request(self) -> bool:
        """Refuse a request that asks for another host."""
        if not super().parse_request():
            return False
        host = self.headers.get("Host", "")
        name, _, port = host.rpartition(":")
        if (name if port.isdecimal() else host).lower() in HERE:
            return True
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "Only localhost is served here")
        return False

    def send_head(self) -> Any:
        """Answer with a file of the site; what leads out of it, and a folder, is not there."""
        path = self.translate_path(self.path)
        inside = Path(self.directory).resolve()
        file = None if "\0" in path else Path(os.path.realpath(path))
        if file is None or (file != inside and inside not in file.parents):
            self.send_error(HTTPStatus.NOT_FOUND, "File not found")
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:  # noqa: ARG002 - the argument is http.server's
        """Say that a folder without a page is not there; no host lists one."""
        self.send_error(HTTPStatus.NOT_FOUND, "File not found")

    def end_headers(self) -> None:
        """Tell the browser to ask again each time."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *values: Any) -> None:  # noqa: A002 - the name is http.server's
        """Print requests that failed."""
        if len(values) > 1 and str(values[1]).startswith(("4", "5")):
            super().log_message(format, *values)


class QuietServer(ThreadingHTTPServer):
    """Says in one line what went wrong with a request."""

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Print one line, and nothing when the browser went away."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError):
            print(f"A request could not be answered: {error!r}", file=sys.stderr)


def serve(root: Path, folder: Path, port: int, build: Callable[[], object]) -> int:
    """Serve ``folder`` on 127.0.0.1 until the author stops it; return the exit code.

    ``build`` is called after each change below content/, data/ and templates/ of ``root``.
    """
    handler = partial(QuietHandler, directory=str(folder))
    try:
        server = QuietServer(("127.0.0.1", port), handler)
    except OSError as error:
        print(f"Port {port} cannot be used ({error.strerror}): choose another one with --port.")
        return 2
    print(f"The site is at http://127.0.0.1:{port}/ (stop with Ctrl-C)")
    building = threading.Lock()
    watched = (root, state(root), build, building)
    threading.Thread(target=_watch, args=watched, daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()
        building.acquire(timeout=LAST_BUILD)  # a build that goes on ends first
    return 0


def _watch(
    root: Path,
    seen: dict[str, tuple[int, int]],
    build: Callable[[], object],
    building: threading.Lock,
) -> None:
    while True:
        time.sleep(PAUSE)
        now = state(root)
        if now != seen:
            seen = now
            with building:
                build()


def state(root: Path) -> dict[str, tuple[int, int]]:
    """Return the size and modification time of every source file: enough to see a save."""
    stamps = {}
    for name in TEXT_FOLDERS:
        for path in (root / name).rglob("*"):
            try:
                status = path.stat()
            except OSError:  # gone between the listing and the look
                continue
            stamps[str(path)] = (status.st_size, status.st_mtime_ns)
    return stamps
