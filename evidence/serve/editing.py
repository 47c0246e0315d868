"""What the editor in a browser is answered: its own files, and those of the working copy, which it reads and writes.

A page from elsewhere can neither read nor write here. Its requests name it (``Origin``), a browser asks before it sends
the kind of text that is asked for here, and nothing answers that; and the server knows no host but this computer.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote, urlsplit

from evidence.serve.working_copy import LONGEST, NotASourceError, WorkingCopy, digest
from evidence.steps.in_place import ChangedMeanwhileError

OWN = ".serve/"  # what only this server has
FILES, FILE = f"{OWN}files", f"{OWN}file/"
KIND = "application/x-evidence-source"
NEW = "*"  # of a file that must not be there yet


class EditingHandler(BaseHTTPRequestHandler):
    """Answers what the editor asks of the working copy."""

    @property
    def copy(self) -> WorkingCopy | None:
        """The sources that may be edited; None where the site has no editor."""
        raise NotImplementedError

    def do_PUT(self) -> None:
        """Write a file."""
        self._change()

    def do_DELETE(self) -> None:
        """Take a file away."""
        self._change()

    def listed(self) -> None:
        """Answer with the path, the digest and the text of all files that can be edited: one request for a thousand."""
        copy = self.copy
        if copy is None:
            self._said(HTTPStatus.NOT_FOUND, "This site has no editor")
        else:
            told = json.dumps({"files": copy.texts()}).encode()
            self._sent(HTTPStatus.OK, "application/json", told, "")

    def shown(self, name: str) -> None:
        """Answer with a file of the working copy."""
        copy = self.copy
        try:
            raw = None if copy is None else copy.read(name)
        except (NotASourceError, OSError):
            raw = None
        if raw is None:
            self._said(HTTPStatus.NOT_FOUND, "There is no such page or file of data")
        else:
            self._sent(HTTPStatus.OK, "text/plain; charset=utf-8", raw, digest(raw))

    def _change(self) -> None:
        """Write or delete the file that a request names, if it comes from a page of this server."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        copy = self.copy
        size = self.headers.get("Content-Length", "0")
        if not size.isdecimal() or int(size) > LONGEST:
            self.close_connection = True
            self._said(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is too long for a page or a file of data"
            )
            return
        raw = self.rfile.read(int(size))
        if copy is None or not path.startswith(FILE):
            self._said(HTTPStatus.NOT_FOUND, "Nothing can be changed here")
        elif not self._is_ours():
            self._said(HTTPStatus.FORBIDDEN, "Only the editor of this preview may change files")
        else:
            self._put(copy, path.removeprefix(FILE), raw)

    def _is_ours(self) -> bool:
        """Tell whether a page of this very server asks, and not one that a browser shows beside it."""
        own = f"http://{self.headers.get('Host', '')}"
        return self.headers.get("Origin") == own and self.headers.get("Content-Type") == KIND

    def _put(self, copy: WorkingCopy, name: str, raw: bytes) -> None:
        before = (self.headers.get("If-Match") or "").strip('"')
        if not before and self.headers.get("If-None-Match") != NEW:
            self._said(HTTPStatus.PRECONDITION_REQUIRED, "Say which text of the file is meant")
            return
        try:
            if self.command == "DELETE":
                copy.delete(name, before)
                self._sent(HTTPStatus.OK, "text/plain; charset=utf-8", b"", "")
            else:
                self._sent(
                    HTTPStatus.OK, "text/plain; charset=utf-8", b"", copy.write(name, raw, before)
                )
        except ChangedMeanwhileError:
            said = f"{name} was changed by somebody else. Load the editor again to see it as it is now."
            self._said(HTTPStatus.CONFLICT, said)
        except (NotASourceError, UnicodeDecodeError, FileNotFoundError):
            self._said(HTTPStatus.NOT_FOUND, "There is no such page or file of data")
        except OSError as error:
            self._said(HTTPStatus.INTERNAL_SERVER_ERROR, f"{name} could not be written: {error}")

    def _said(self, status: HTTPStatus, words: str) -> None:
        self.log_request(status)
        self._sent(status, "text/plain; charset=utf-8", words.encode(), "")

    def _sent(self, status: HTTPStatus, kind: str, raw: bytes, tag: str) -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        if tag:
            self.send_header("ETag", f'"{tag}"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(raw)
