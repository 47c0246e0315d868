"""The server as an editor starts it: in a process of its own, whatever state the sources are in."""

from __future__ import annotations

import contextlib
import http.client
import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.projects import MINIMAL, ROOT, TODAY, change, make_project, write

SECONDS = 60.0  # that a busy machine may take
posix = pytest.mark.skipif(
    os.name == "nt", reason="Windows stops and replaces processes in other ways"
)


class Serving:
    """A server in a process of its own, and what it printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._waiting: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.port = int(self.says(r"http://127\.0\.0\.1:(\d+)/"))

    def _read(self) -> None:
        assert self.process.stdout
        with contextlib.suppress(ValueError):  # it is closed when the server is ended
            for line in self.process.stdout:
                self._waiting.put(line)

    def says(self, pattern: str) -> str:
        """Wait for a line; return its first group."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            try:
                line = self._waiting.get(timeout=1)
            except queue.Empty:
                continue
            self.lines.append(line)
            found = re.search(pattern, line)
            if found:
                return found[1] if found.groups() else found[0]
        raise AssertionError("".join(self.lines))

    def page(self, path: str = "/") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.request("GET", path)
        response = connection.getresponse()
        raw = response.read()
        connection.close()
        return response.status, raw

    def wait_for(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            try:
                if holds():
                    return
            except OSError:  # the server is being replaced
                pass
            time.sleep(0.05)
        raise AssertionError("".join(self.lines))


@contextlib.contextmanager
def serving(root: Path, program: Path = ROOT, port: int = 0) -> Iterator[Serving]:
    given = [
        "serve",
        "--root",
        str(root),
        "--today",
        TODAY.isoformat(),
        "--port",
        str(port),
        "--no-browser",
    ]
    process = subprocess.Popen(
        [sys.executable, "-u", "build.py", *given],
        cwd=program,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(program)},
    )
    try:
        yield Serving(process)
    finally:
        process.kill()
        process.wait(10)
        assert process.stdout
        process.stdout.close()


def test_what_is_saved_is_shown_checked_and_never_published(minimal: Path) -> None:
    with serving(minimal) as server:
        assert server.page()[0] == 200
        server.says(r"pages from 1 sources")  # the whole site was checked beside
        change(minimal, "content/index.md", "improved.", "got well.")
        server.wait_for(lambda: b"got well." in server.page()[1])
        (minimal / "content/methods.md").unlink()
        server.wait_for(lambda: server.page("/methods.html")[0] == 404)
        write(minimal, {"content/new/page.md": "---\ntitle: New\nkind: plain\n---\nA new page.\n"})
        server.wait_for(lambda: b"A new page." in server.page("/new/page.html")[1])
    assert not (minimal / "site").exists()


def test_it_starts_with_broken_sources_and_shows_the_site_when_they_are_mended(
    minimal: Path,
) -> None:
    text = (minimal / "content/index.md").read_text("utf-8")
    write(minimal, {"content/index.md": "no front matter"})
    with serving(minimal) as server:
        server.says(r"content/index\.md:1:1: the page has no front matter")
        assert server.page()[0] == 500
        write(minimal, {"content/index.md": text})
        server.wait_for(lambda: server.page()[0] == 200)


def test_what_only_the_whole_site_shows_to_be_wrong_is_told_too(minimal: Path) -> None:
    with serving(minimal) as server:
        server.says(r"pages from 1 sources")
        change(minimal, "content/methods.md", "How it was made.", "See [it](nothing.html).")
        server.says(r"content/methods\.md:5.*nothing\.html")


def test_the_next_port_that_is_free_is_taken(minimal: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(minimal, port=port) as server:
            assert server.port > port
            assert any(f"Port {port} is taken" in line for line in server.lines)
            assert server.page()[0] == 200


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_its_author_says_so(minimal: Path, number: signal.Signals) -> None:
    with serving(minimal) as server:
        assert server.page()[0] == 200
        server.process.send_signal(number)
        assert server.process.wait(10) in {0, 128 + number}
        with pytest.raises(OSError, match="refused"):
            server.page()


@posix
def test_an_edited_program_takes_over_when_it_can_start(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", MINIMAL)
    program = tmp_path / "program"
    shutil.copytree(
        ROOT / "evidence", program / "evidence", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "build.py", program)
    with serving(root, program) as server:
        assert b"<h1>Methods</h1>" in server.page("/methods.html")[1]
        file = program / "evidence/pages/written.py"
        text = file.read_text("utf-8")
        file.write_text(text + "\ndef broken(:\n", "utf-8")
        server.says(r"the program was edited and cannot start: SyntaxError")
        assert server.page()[0] == 200
        file.write_text(
            text.replace("title = writer.inline(front.title)", 'title = writer.inline("Edited")'),
            "utf-8",
        )
        server.wait_for(lambda: b"<h1>Edited</h1>" in server.page("/methods.html")[1])
