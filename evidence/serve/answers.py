"""What a browser on this machine is answered: pages as the sources make them now, and what changed since."""

from __future__ import annotations

import html
import json
import mimetypes
import sys
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from evidence.finished.headers import CACHE, EDITOR, LASTING, TRANSPORT, TYPES, headers_of
from evidence.finished.site import NOT_FOUND
from evidence.problems import Problem, elsewhere, grouped
from evidence.prose.writer import STATIC
from evidence.search.files import ASKING
from evidence.serve.editing import FILE, FILES, OWN, EditingHandler
from evidence.serve.live_site import LiveSite, ServedPage
from evidence.serve.whole import Whole
from evidence.serve.working_copy import WorkingCopy

SILENCE = 20  # seconds for which a connection may say nothing
BEAT = 15  # seconds after which a browser that waits is told that nothing changed
HERE = ("localhost", "127.0.0.1", "[::1]")
EVENTS, SCRIPT = f"{OWN}events", f"{OWN}client.js"
MOST_SHOWN = 50  # problems in a page
LONGEST_SHOWN = 300  # characters of a line of a source


@dataclass(frozen=True)
class PageNews:
    """What a browser that shows a page is told: what the page is now, its styles, and what is wrong."""

    digest: str
    styles: dict[str, str]
    problems: list[dict[str, Any]]
    count: int

    @property
    def event(self) -> bytes:
        """Return it as an event of a stream that a browser listens to."""
        return f"data: {json.dumps(vars(self))}\n\n".encode()


class Handler(EditingHandler, BaseHTTPRequestHandler):
    """Answers with pages, and tells browsers that wait when theirs changed.

    It answers to the names of this machine alone: a page elsewhere that gives its own name to this
    address reads nothing. It reads no file by a name that a browser gives, but for pages and data where the site
    has an editor.
    """

    server: LiveServer
    protocol_version = "HTTP/1.1"
    timeout = SILENCE

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

    def do_GET(self) -> None:
        """Answer with a page, a file, or what changed."""
        path = self._path()
        if path == EVENTS:
            self._stream()
        elif path == SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", script())
        elif path == FILES:
            self.listed()
        elif path is not None and path.startswith(FILE):
            self.shown(path.removeprefix(FILE))
        elif path is None or path.startswith(OWN):
            self._not_found()
        else:
            self._answer(path)

    def do_HEAD(self) -> None:
        """Answer as to GET, without what is asked for."""
        self.do_GET()

    def log_message(self, format: str, *values: Any) -> None:  # noqa: A002 - the name is http.server's
        """Print requests that failed."""
        if len(values) > 1 and str(values[1]).startswith(("4", "5")):
            super().log_message(format, *values)

    def _path(self) -> str | None:
        """Return the path in the site that is asked for; None when it can be none."""
        try:
            path = unquote(urlsplit(self.path).path, errors="strict").lstrip("/")
        except ValueError:
            return None
        if "\0" in path or "\\" in path or ".." in path.split("/"):
            return None
        return f"{path}index.html" if not path or path.endswith("/") else path

    @property
    def copy(self) -> WorkingCopy | None:
        """The sources that may be edited, where the site has an editor."""
        live = self.server.live
        return WorkingCopy(live.root) if live.editor() else None

    def _answer(self, path: str) -> None:
        live, whole = self.server.live, self.server.whole
        of_editor = live.editor().get(path) if path.startswith(EDITOR) else None
        if of_editor is not None:
            self._answer_editor(path, of_editor)
            return
        if path.endswith(".html") or live.is_nothing:
            self._answer_page(path)
            return
        raw = live.static(path)
        if path == live.styles().get(ASKING.removeprefix(STATIC)):
            raw = whole.file(ASKING, 0) or raw  # with what the whole site is searched for
        elif raw is None and "." in path.rpartition("/")[2]:
            raw = whole.file(path)
        if raw is not None:
            self._send(HTTPStatus.OK, type_of(path), raw, path)
        elif live.has(f"{path}/index.html"):
            self._lead(f"/{path}/")
        else:
            self._not_found()

    def _answer_editor(self, path: str, raw: bytes) -> None:
        if path.endswith(".html"):  # what is wrong is shown where it is mended
            self._send_page(HTTPStatus.OK, path, ServedPage(raw, ""))
        else:
            self._send(HTTPStatus.OK, type_of(path), raw, path)

    def _answer_page(self, path: str) -> None:
        live = self.server.live
        page = live.page(path)
        if page is not None:
            self._send_page(HTTPStatus.OK, path, page)
        elif live.is_nothing or live.has(path):  # it could not be made once
            self._send_page(HTTPStatus.INTERNAL_SERVER_ERROR, path, bare_page())
        else:
            self._not_found()

    def _not_found(self) -> None:
        page = self.server.live.page(NOT_FOUND)
        self.log_request(HTTPStatus.NOT_FOUND)
        if page is None:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"Not found\n")
        else:
            self._send_page(HTTPStatus.NOT_FOUND, NOT_FOUND, page)

    def _lead(self, address: str) -> None:
        self.send_response_only(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_page(self, status: HTTPStatus, path: str, page: ServedPage) -> None:
        """Send a page with the script that tells of changes at its end."""
        styles = json.dumps(self.server.live.styles())
        edit = self.server.live.edited_at(path)
        given = {"address": path, "digest": page.digest, "styles": styles} | (
            {"edit": edit} if edit else {}
        )
        attributes = "".join(f' data-{name}="{html.escape(it)}"' for name, it in given.items())
        tag = f'<script src="/{SCRIPT}"{attributes}></script>'.encode()
        body, end, rest = page.body.rpartition(b"</body>")
        whole = body + tag + end + rest if end else page.body + tag
        self._send(status, "text/html; charset=utf-8", whole, path)

    def _send(self, status: HTTPStatus, kind: str, raw: bytes, path: str = "") -> None:
        self.send_response_only(status)
        headers = {**headers_of(path), **({} if path.startswith(LASTING) else {CACHE: "no-store"})}
        for name, value in headers.items():
            if name != TRANSPORT:
                self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(raw)

    def _stream(self) -> None:
        """Tell a browser what its page is, and again whenever that changed, until it goes away."""
        asked = parse_qs(urlsplit(self.path).query)
        address = asked.get("page", [""])[0]
        self.send_response_only(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header(CACHE, "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        before: PageNews | None = None
        while not self.server.is_ended:
            with self.server.live.changed:
                now = news_of(self.server.live, address)
                if now == before:
                    self.server.live.changed.wait(BEAT)
                    now = news_of(self.server.live, address)
            self.wfile.write(now.event if now != before else b": nothing changed\n\n")
            self.wfile.flush()
            before = now


class LiveServer(ThreadingHTTPServer):
    """Listens on this machine alone; says in one line what went wrong with a request."""

    daemon_threads = True

    def __init__(self, port: int, live: LiveSite, whole: Whole) -> None:
        """Listen at a port; raises OSError when something else does."""
        super().__init__(("127.0.0.1", port), Handler)
        self.live = live
        self.whole = whole
        self.is_ended = False

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Print one line, and nothing when the browser went away."""
        error = sys.exc_info()[1]
        if not isinstance(error, (ConnectionError, TimeoutError)):
            print(f"A request could not be answered: {error!r}", file=sys.stderr)


def news_of(live: LiveSite, address: str) -> PageNews:
    """Return what a browser that shows the page at ``address`` is told now."""
    page = live.page(address)
    groups = grouped(live.problems())
    entries = [_entry(live.root, group) for group in groups[:MOST_SHOWN]]
    digest = "" if page is None else page.digest
    return PageNews(digest, live.styles(), entries, len(groups))


def _entry(root: Path, group: list[Problem]) -> dict[str, Any]:
    """Return problems that say the same, with the line of the source that the first is about, as it is now."""
    problem = group[0]
    place = problem.place
    line = ""
    try:
        lines = (root / place.file).read_text("utf-8-sig").splitlines() if place.line else []
        line = lines[place.line - 1] if place.line <= len(lines) else ""
    except (OSError, ValueError):
        pass
    return {
        "place": str(place),
        "message": problem.message,
        "hint": problem.hint,
        "rule": problem.rule,
        "also": elsewhere(group),
        "line": line[:LONGEST_SHOWN],
        "column": place.column if len(line) <= LONGEST_SHOWN else 0,
    }


def bare_page() -> ServedPage:
    """Return a page with nothing but what is wrong, for as long as no other can be made."""
    words = "The site cannot be shown yet: something in its sources has to be mended first."
    text = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Something is to be mended</title>'
        '<meta name="viewport" content="width=device-width"></head>'
        f"<body><main><p>{words}</p></main></body></html>"
    )
    return ServedPage(text.encode(), "")


def type_of(path: str) -> str:
    """Return the type of a file by its ending, as hosts send it."""
    ending = path.rpartition(".")[2]
    known = TYPES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = known.startswith("text/") or known.endswith(("json", "javascript", "xml"))
    return f"{known}; charset=utf-8" if is_text and "charset" not in known else known


@cache
def script() -> bytes:
    """Return the script that listens for changes in each page."""
    return (Path(__file__).parent / "client.js").read_bytes()
