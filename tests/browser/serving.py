"""A small server that serves a folder below a path, with the headers that a host is asked to send."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from evidence.finished.headers import headers_of

PACKED = {".html", ".css", ".js", ".json", ".svg"}  # what hosts compress
LEVEL = 6  # of compression, as most hosts have it
Headers = Callable[[str], Mapping[str, str]]


def no_headers(_path: str) -> Mapping[str, str]:
    """Return what a host sends that cannot send headers."""
    return {}


class _Handler(SimpleHTTPRequestHandler):
    def __init__(
        self,
        *arguments: Any,
        folder: Path,
        path: str,
        headers: Headers,
        compressed: bool,
    ) -> None:
        self.mount, self.more_headers, self.compressed = path, headers, compressed
        super().__init__(*arguments, directory=str(folder))

    def do_GET(self) -> None:
        address = urlsplit(self.path).path
        if not address.startswith(self.mount):
            self._missing()
            return
        self.path = "/" + address.removeprefix(self.mount)
        if not Path(self.translate_path(self.path)).exists():
            self._missing()
            return
        file = Path(self.translate_path(self.path))
        if self.compressed and file.suffix in PACKED:
            self._pack(file)
            return
        super().do_GET()

    def _pack(self, file: Path) -> None:
        raw = gzip.compress(file.read_bytes(), LEVEL)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _missing(self) -> None:
        page = Path(self.directory) / "404.html"
        raw = page.read_bytes() if page.is_file() else b"not found"
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def end_headers(self) -> None:
        path = self.path.removeprefix("/")
        for name, value in self.more_headers(path).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Stay quiet."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # a page asks for many files at once; a refused one waits for seconds


@contextmanager
def serving(
    folder: Path, path: str, headers: Headers = headers_of, *, compressed: bool = False
) -> Iterator[str]:
    """Serve ``folder`` at ``path`` of a free port, and give the address, which ends in a slash.

    ``headers`` says what is sent with the file at a path. With ``compressed``, texts are compressed on the way, as common hosts do it.
    """
    handler = partial(_Handler, folder=folder, path=path, headers=headers, compressed=compressed)
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{path}"
    finally:
        server.shutdown()
        server.server_close()
