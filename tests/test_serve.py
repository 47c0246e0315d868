"""The built site on this machine, built again after each save."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from evidence.serve import QuietHandler, QuietServer, serve, state
from tests.projects import write


def test_a_save_is_seen(minimal: Path) -> None:
    before = state(minimal)
    write(minimal, {"content/about.md": "---\ntitle: About\nkind: plain\n---\nAnother text.\n"})
    assert state(minimal) != before


def test_a_new_file_and_a_deleted_one_are_seen(minimal: Path) -> None:
    before = state(minimal)
    write(minimal, {"data/glossary.yaml": "a: {term: a, definition: b}\n"})
    assert state(minimal) != before
    (minimal / "data/glossary.yaml").unlink()
    assert state(minimal).keys() == before.keys()


def test_what_the_build_writes_is_no_save(minimal: Path) -> None:
    before = state(minimal)
    write(minimal, {"site/index.html": "built", ".cache/a": "kept"})
    assert state(minimal) == before


def test_a_port_that_is_taken_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code = serve(tmp_path, tmp_path, taken.getsockname()[1], lambda: None)
    assert code == 2
    assert "choose another one with --port" in capsys.readouterr().out


def test_the_site_is_built_again_after_a_save(
    minimal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built = threading.Event()

    def save_and_wait(_server: object) -> None:
        write(minimal, {"content/new.md": "new"})
        built.wait(5)

    monkeypatch.setattr("evidence.serve.PAUSE", 0.01)
    monkeypatch.setattr("evidence.serve.QuietServer.serve_forever", save_and_wait)
    assert serve(minimal, minimal, 0, built.set) == 0
    assert built.is_set()
    assert "Ctrl-C" in capsys.readouterr().out


@pytest.fixture
def server(tmp_path: Path) -> Iterator[QuietServer]:
    """A server of a small site, beside a file that is none of its business."""
    write(
        tmp_path,
        {"site/index.html": "home", "site/a/b.html": "b", "site/empty/c.css": "c", "secret": "key"},
    )
    (tmp_path / "site/out.html").symlink_to(tmp_path / "secret")
    (tmp_path / "site/away").symlink_to(tmp_path)
    server = QuietServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(tmp_path / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def answer(server: QuietServer, path: str, host: str = "localhost") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    connection.putrequest("GET", path, skip_host=True)
    if host:
        connection.putheader("Host", host)
    connection.endheaders()
    response = connection.getresponse()
    raw = response.read()
    connection.close()
    return response.status, raw


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:80", "[::1]:1", "[::1]"]
)
def test_the_names_of_this_machine_are_answered(server: QuietServer, host: str) -> None:
    assert answer(server, "/", host) == (200, b"home")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "10.0.0.1", "", "a:b"]
)
def test_no_other_name_is_answered(server: QuietServer, host: str) -> None:
    status, raw = answer(server, "/", host)
    assert status == 421
    assert b"home" not in raw


@pytest.mark.parametrize(
    "path",
    [
        "/out.html", "/away/secret", "/away/", "/../secret", "/%2e%2e/secret", "/a/..%2f../secret",
        "/%00", "/index.html%00", "/empty/", "/a/", "/missing", "/%ff", "/" + "a" * 5000,
    ],
)  # fmt: skip
def test_only_files_of_the_site_are_there(
    server: QuietServer, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    status, raw = answer(server, path)
    assert status == 404
    assert b"key" not in raw
    assert capfd.readouterr().err.count("\n") == 1


def test_a_connection_that_says_nothing_is_closed(
    server: QuietServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuietHandler, "timeout", 0.1)
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=5) as idle:
        assert idle.recv(1) == b""


def test_a_request_that_fails_costs_one_line(
    server: QuietServer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_handler: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(QuietHandler, "send_head", fail)
    with pytest.raises(http.client.HTTPException):
        answer(server, "/")
    assert capfd.readouterr().err == "A request could not be answered: RuntimeError('broken')\n"
