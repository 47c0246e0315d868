"""A server on this machine that plays ClinicalTrials.gov's interface, version 2, faults and all."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.registry.exporting import api

Fault = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers one request: with the fault that is due, or with a page."""

    server: Registry

    def do_GET(self) -> None:
        query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        self.server.asked.append(query)
        self.server.agents.append(self.headers["User-Agent"])
        fault = self.server.faults.pop(len(self.server.asked), self.server.always)
        if fault is None:
            self.answer(200, self.server.page(query))
        else:
            fault(self)

    def answer(self, status: int, body: str, **headers: str) -> None:
        raw = self.start(status, body, headers)
        self.wfile.write(raw)

    def start(
        self, status: int, body: str, headers: dict[str, str], *, is_announced: bool = True
    ) -> bytes:
        """Send everything before the body, and return the body as it travels."""
        raw = body.encode()
        if self.server.is_packed:
            raw, headers = gzip.compress(raw), {**headers, "Content-Encoding": "gzip"}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if is_announced:
            self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        return raw

    def log_message(self, *_: Any) -> None:
        """Say nothing among the results of tests."""


class Registry(ThreadingHTTPServer):
    """Six studies in pages of two. ``faults`` are due at the request of their number, from 1.

    ``always`` answers every request for which no fault is due. ``asked`` holds the queries.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.studies = [{**api(number), "hasResults": False} for number in range(1, 7)]
        self.of_a_page = 2
        self.total: int | None = None
        self.is_packed = False
        self.faults: dict[int, Fault] = {}
        self.always: Fault | None = None
        self.asked: list[dict[str, str]] = []
        self.agents: list[str] = []

    def handle_error(self, *_: Any) -> None:
        """Let a client hang up in the middle of an answer."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/api/v2/studies"

    @property
    def tokens(self) -> list[str | None]:
        return [query.get("pageToken") for query in self.asked]

    def page(self, query: dict[str, str]) -> str:
        """Return a page as the registry does: a full last page names another, which is empty."""
        start = int(query.get("pageToken", "token-0").removeprefix("token-"))
        end = start + self.of_a_page
        page: dict[str, Any] = {"studies": self.studies[start:end]}
        if query.get("countTotal") == "true" and start == 0:
            page["totalCount"] = len(self.studies) if self.total is None else self.total
        if len(page["studies"]) == self.of_a_page:
            page["nextPageToken"] = f"token-{end}"
        return json.dumps(page)


@contextmanager
def playing() -> Iterator[Registry]:
    """Run a registry in a thread."""
    with Registry() as registry:
        thread = threading.Thread(target=registry.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield registry
        finally:
            registry.shutdown()
            thread.join()


def status(code: int, body: str = "", **headers: str) -> Fault:
    """Return the fault that answers with a status."""
    return lambda handler: handler.answer(code, body, **headers)


def says(content: Any) -> Fault:
    """Return the fault that answers with other JSON, or with text that is none."""
    body = content if isinstance(content, str) else json.dumps(content)
    return lambda handler: handler.answer(200, body)


def breaks_off(handler: Handler) -> None:
    """Send a page without its end, and close the connection.

    What comes unpacked would be sound JSON by itself, and what comes packed names no length: only
    the length that was announced, or the end of what was packed, tells that it is cut off.
    """
    page = handler.server.page(handler.server.asked[-1])
    raw = handler.start(200, page + " " * 500, {}, is_announced=not handler.server.is_packed)
    handler.wfile.write(raw[:-4])
    handler.close_connection = True


def hangs_up(handler: Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True
    handler.connection.close()
