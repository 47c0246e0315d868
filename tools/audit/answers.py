"""What a host answers: headers as the table of the program has them, "not modified", packed texts."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from evidence.finished.headers import FRAMES, LASTING, POLICY, TRANSPORT, headers_of
from tools.audit.table import Row

SECONDS = 30
MISSING = ("no-such-page.html", "no/such/folder/page.html")
KINDS = {"html": "text/html", "css": "text/css", "csv": "text/csv", "json": "application/json", "svg": "image/svg+xml", "png": "image/png", "js": "javascript"}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One answer: its status, its headers by their names in small letters, and its bytes as they came."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> bytes:
        """Return the bytes unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if packed else self.body


class Host:
    """A host at an address on this machine, asked over one connection."""

    def __init__(self, address: str) -> None:
        """Remember where it is."""
        parts = urlsplit(address)
        self.mount = parts.path
        self._connection = http.client.HTTPConnection(parts.netloc, timeout=SECONDS)

    def ask(self, path: str, **headers: str) -> Answer:
        """Return what is answered for ``path`` of the site; ``headers`` have _ for - in their names."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            return self._asked(path, named)
        except (http.client.HTTPException, ConnectionError):  # it was closed meanwhile
            self._connection.close()
            return self._asked(path, named)

    def _asked(self, path: str, headers: Mapping[str, str]) -> Answer:
        self._connection.request("GET", self.mount + path, headers=dict(headers))
        came = self._connection.getresponse()
        named = {name.lower(): value for name, value in came.getheaders()}
        return Answer(came.status, named, came.read())

    def close(self) -> None:
        """End the connection."""
        self._connection.close()


def samples(site: Path) -> list[str]:
    """Return a file of each kind: a page, a figure's page and files, a style, a script, tables."""
    patterns = ("index.html", "studies/*.html", "figures/*.html", f"{LASTING}*.css", f"{LASTING}*.js",
                "figures/*.svg", "figures/*.png", "figures/*.json", "downloads/*.csv",
                "downloads/*.json", "trials/*.js", "search/*.js", "registry/**/*.csv")  # fmt: skip
    found = [next(iter(sorted(site.glob(pattern))), None) for pattern in patterns]
    return [file.relative_to(site).as_posix() for file in found if file is not None]


def differences(answer: Answer, path: str, mount: str) -> Iterator[str]:
    """Yield what the headers of an answer say otherwise than the program's table."""
    wanted = headers_of(path)
    if mount != "/":
        wanted.pop(TRANSPORT, None)
    for name, value in wanted.items():
        came = answer.headers.get(name.lower(), "nothing")
        if came != value:
            yield f"{path}: {name} is {came}"
    if FRAMES not in wanted and FRAMES.lower() in answer.headers:
        yield f"{path}: {FRAMES} is {answer.headers[FRAMES.lower()]}"


def rows(host: Host, where: str, site: Path, *, told: bool) -> Iterator[Row]:
    """Yield what a host answers; ``told`` says that it follows a recipe of ours for headers and packing."""
    paths = samples(site)
    of = f"{len(paths)} files"
    if told:
        wrong = [each for path in paths for each in differences(host.ask(path), path, host.mount)]
        yield Row.count("headers other than the table's", where, wrong, of)
        yield Row.count("texts sent unpacked", where, list(_unpacked(host, paths, site)), of)
    else:
        without = [
            path
            for path in paths
            if path.endswith(".html") and POLICY.encode() not in host.ask(path).text
        ]
        yield Row.count("pages without a policy of their own", where, without, of)
    yield Row.count("types that say what a file is not", where, list(_mistyped(host, paths)), of)
    yield Row.count("not answered 'not modified'", where, list(_modified(host, paths)), of)
    yield Row.count("files that came otherwise", where, list(_otherwise(host, paths, site)), of)


def missing_rows(host: Host, where: str) -> Iterator[Row]:
    """Yield whether addresses that do not exist get the page for them, and are not kept."""
    wrong = []
    for path in (*MISSING, f"{LASTING}no-such.css"):
        answer = host.ask(path)
        if answer.status != 404 or b"kind-not-found" not in answer.text:
            wrong.append(f"{path}: {answer.status}")
        elif "immutable" in answer.headers.get("cache-control", ""):
            wrong.append(f"{path}: kept for a year")
    yield Row.count(
        "missing addresses without our page", where, wrong, f"{len(MISSING) + 1} addresses"
    )


def _unpacked(host: Host, paths: list[str], site: Path) -> Iterator[str]:
    for path in paths:
        answer = host.ask(path, Accept_Encoding="gzip")
        small = (site / path).stat().st_size < 500
        if (
            not path.endswith(".png")
            and not small
            and answer.headers.get("content-encoding") != "gzip"
        ):
            yield path


def _mistyped(host: Host, paths: list[str]) -> Iterator[str]:
    for path in paths:
        kind = host.ask(path).headers.get("content-type", "nothing")
        if KINDS[path.rpartition(".")[2]] not in kind:
            yield f"{path}: {kind}"


def _modified(host: Host, paths: list[str]) -> Iterator[str]:
    """Yield each file that is sent again to somebody who has it, packed or not."""
    for path in paths:
        for packed in ("gzip", "identity"):
            first = host.ask(path, Accept_Encoding=packed).headers
            asked = {}
            if "etag" in first:
                asked["If_None_Match"] = first["etag"]
            if "last-modified" in first:
                asked["If_Modified_Since"] = first["last-modified"]
            again = host.ask(path, Accept_Encoding=packed, **asked)
            if again.status != 304:
                yield f"{path} ({packed}): {again.status}"


def _otherwise(host: Host, paths: list[str], site: Path) -> Iterator[str]:
    for path in paths:
        answer = host.ask(path, Accept_Encoding="gzip")
        if answer.status != 200 or answer.text != (site / path).read_bytes():
            yield f"{path}: {answer.status}"
